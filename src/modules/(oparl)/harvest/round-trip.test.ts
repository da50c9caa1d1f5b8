import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { VISITOR } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { forgetTowns } from '#kernel/towns.ts';
import { demonstrationDatabase } from '../../../../tests/support/demonstration.ts';
import { DUMP_LISTS } from '../dump/shape.ts';
import { writeDump } from '../dump/write.server.ts';
import { settleDues } from '../../(papers)/duties/settle.server.ts';
import { makeDocuments } from '../documents/make.server.ts';
import { tellAnew } from '../project/follow.server.ts';
import { folderSource } from './client/folder.server.ts';
import { harvest } from './run/harvest.server.ts';

const database = await demonstrationDatabase();
const { demonstration: town } = database;
const second = await database.addTown('Zweitstadt');
// Where a town offers its data under other terms, each object names those of its source.
second.settings.openData = { licence: town.settings.openData!.licence! };
await database.sql(`update kernel.town set settings = $1 where id = $2`, [JSON.stringify(second.settings), second.id]);
forgetTowns();
const folder = await mkdtemp(join(tmpdir(), 'mitrat-round-trip-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

type Json = Record<string, unknown> & { id: string };

/**
 * What a dump that was read says otherwise, and why (docs/oparl.md, "Dump and back"). Each has to differ somewhere, or it is needed no more.
 */
const EXCUSED: Record<string, string> = {
	body: 'the town that reads is another one',
	modified: 'the moment at which it was told here',
};

/** Properties of our own; each has to stand in the dump. */
const OWN = [
	'vote',
	'election',
	'resultNote',
	'reportingDuty',
	'opened',
	'closed',
	'attendance',
	'quorum',
	'seat',
	'advisory',
	'purpose',
	'addressee',
	'withdrawn',
	'plannedOn',
	'heldOn',
	'skipped',
	'result',
	'stationVote',
	'accessibility',
	'district',
].map((name) => `mitrat:${name}`);

/** Parts of them that not every one has. */
const INSIDE = ['majority', 'needed', 'voices', 'round', 'present', 'lot', 'elected', 'due', 'substituteFor', 'holder'];

/** Objects of all lists as they stand in the dump, by list and id, beginning with the same origin. */
async function toldIn(name: string, origin: string): Promise<Map<string, Json>> {
	const told = new Map<string, Json>();
	for (const list of Object.keys(DUMP_LISTS)) {
		const text = await readFile(join(folder, name, `${list}.json`), 'utf8');
		const here = text.replaceAll(origin, 'https://stadt.example');
		for (const one of JSON.parse(here) as Json[]) told.set(`${list} ${one.id}`, one);
	}
	return told;
}

/** Without what is excused; `met` gathers where that differs. */
function comparable(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(comparable);
	if (typeof value !== 'object' || value === null) return value;
	const kept = Object.entries(value).filter(([key]) => !(key in EXCUSED));
	return Object.fromEntries(kept.map(([key, inner]) => [key, comparable(inner)]));
}

/** Excuses that are not needed: both say the same everywhere. */
function needless(before: Map<string, Json>, after: Map<string, Json>): string[] {
	const differs = (property: string) =>
		[...before].some(([key, one]) => JSON.stringify(one[property]) !== JSON.stringify(after.get(key)?.[property]));
	return Object.keys(EXCUSED).filter((property) => !differs(property));
}

/** Another paper is withdrawn, and a station does not take place. */
async function putAside(tx: WriteCtx, other: string): Promise<void> {
	const station = await tx.db
		.selectFrom('papers.consultation as c')
		.innerJoin('papers.paper as p', 'p.id', 'c.paper_id')
		.select(['c.id', 'p.id as paper'])
		.where('p.published_at', 'is not', null)
		.where('c.public', '=', true)
		.where('c.role', '<>', 'approval')
		.where('c.state', '=', 'planned')
		.where('p.id', '<>', other)
		.executeTakeFirstOrThrow();
	await tx.db
		.updateTable('papers.consultation')
		.set({ state: 'skipped', skipped_reason: 'Der Antrag wurde zurückgezogen.' })
		.where('id', '=', station.id)
		.execute();
	await tx.db.updateTable('papers.paper').set({ state: 'withdrawn' }).where('id', '=', station.paper).execute();
	tx.touch('papers.paper', station.paper, { act: 'withdrawn' });
}

/** A duty to report that a paper and a resolution brought, reported once and let off once; and one in another rhythm since. */
async function recordDuties(tx: WriteCtx, papers: string[]): Promise<void> {
	const { rows } = await sql<{ resolution: string; recipient: string; meeting: string }>`select s.id as resolution,
			m.council_body_id as recipient, m.id as meeting from council.resolution s
		join council.agenda_item i on i.body_id = s.body_id and i.id = s.agenda_item_id
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		where s.body_id = ${tx.body.id} and i.public and m.public and m.published and s.vote_id is null limit 1`.execute(tx.db);
	const { resolution, recipient, meeting } = rows[0]!;
	const duty = { recipient_id: recipient, end_count: 30, end_condition: 'bis der Rat etwas anderes beschließt' };
	const [both, changed] = [newId(), newId()];
	await tx.db
		.insertInto('papers.report_duty')
		.values([
			{ ...duty, id: both, subject: 'Sprachförderung', paper_id: papers[0]!, resolution_id: resolution },
			{ ...duty, id: changed, subject: 'Spielplätze', resolution_id: resolution },
		])
		.execute();
	const phase = (duty_id: string, from: string, rhythm: string) => ({
		duty_id,
		from_due: Temporal.PlainDate.from(from),
		rhythm,
	});
	await tx.db
		.insertInto('papers.report_rhythm')
		.values([
			phase(both, '2024-03-31', 'halfYear'),
			phase(changed, '2022-05-01', 'year'),
			phase(changed, '2024-06-01', 'quarter'),
		])
		.execute();
	for (const id of [both, changed]) {
		await settleDues(tx, id);
		const [reported, dropped] = await tx.db
			.selectFrom('papers.report_due')
			.select('id')
			.where('duty_id', '=', id)
			.orderBy('due')
			.execute();
		const report = { id: newId(), due_id: reported!.id, paper_id: papers[1]!, linked_on: tx.today };
		await tx.db
			.insertInto('papers.report_fulfilment')
			.values({ ...report, extent: id === both ? 'full' : 'partial' })
			.execute();
		const let_off = { state: 'dropped', dropped_for: 'byHand', dropped_reason: 'entfällt' };
		await tx.db.updateTable('papers.report_due').set(let_off).where('id', '=', dropped!.id).execute();
		await settleDues(tx, id);
		tx.touch('papers.duty', id, { act: 'created' });
	}
	tx.touch('council.meeting', meeting, { act: 'resolved' });
}

/** A paper and a session with a file each, and what the program makes of public records. */
async function attachFiles(): Promise<void> {
	const office = database.ctx(undefined, town);
	const { hash, size } = await fileStore().put(Buffer.from('%PDF-1.4 Anlage'));
	await write(office, async (tx) => {
		const fileId = newId();
		const file = { id: fileId, sha512: hash, size, media_type: 'application/pdf', format: 'pdf', name: 'anlage.pdf' };
		await tx.db.insertInto('kernel.file').values(file).execute();
		const paper = await tx.db
			.selectFrom('papers.paper')
			.select('id')
			.where('published_at', 'is not', null)
			.executeTakeFirstOrThrow();
		const item = await tx.db
			.selectFrom('council.agenda_item as i')
			.innerJoin('council.meeting as m', 'm.id', 'i.meeting_id')
			.select(['i.id', 'm.id as meeting'])
			.where('m.published', '=', true)
			.where('m.public', '=', true)
			.where('i.public', '=', true)
			.executeTakeFirstOrThrow();
		const row = { file_id: fileId, title: 'Anlage', public: true };
		await tx.db
			.insertInto('papers.paper_file')
			.values({ ...row, id: newId(), paper_id: paper.id, kind: 'main' })
			.execute();
		await tx.db
			.insertInto('council.meeting_file')
			.values([
				{ ...row, id: newId(), meeting_id: item.meeting, kind: 'attachment', agenda_item_id: item.id },
				{ ...row, id: newId(), meeting_id: item.meeting, kind: 'invitation', agenda_item_id: null },
			])
			.execute();
		tx.touch('papers.paper', paper.id, { act: 'attached' });
		tx.touch('council.meeting', item.meeting, { act: 'attached' });
		await putAside(tx, paper.id);
		const papers = await tx.db
			.selectFrom('papers.paper')
			.select('id')
			.where('published_at', 'is not', null)
			.where('public', '=', true)
			.orderBy('id')
			.limit(2)
			.execute();
		await recordDuties(
			tx,
			papers.map(({ id }) => id),
		);
	});
	const waits = () => database.sql('select from oparl.unmade where body_id = $1', [town.id]);
	while ((await waits()).length) await makeDocuments(office);
}

test('a town that was written out and read in again tells the same', async () => {
	await attachFiles();
	await writeDump(database.ctx(VISITOR, town), join(folder, 'one'), 'https://eins.example');
	const office = database.ctx(undefined, second);
	const source = await folderSource(join(folder, 'one'), town.timeZone);
	const [report] = await harvest(office, source, { files: true });
	expect(report!.findings).toEqual([]);
	await writeDump(database.ctx(VISITOR, second), join(folder, 'two'), 'https://zwei.example');
	const before = await toldIn('one', 'https://eins.example');
	const after = await toldIn('two', 'https://zwei.example');
	expect(before.size).toBeGreaterThan(100);
	expect([...before.keys()].filter((key) => key.startsWith('file ')).length).toBeGreaterThan(20);
	for (const property of ['invitation', 'resultsProtocol', 'resolutionFile', 'mainFile', 'auxiliaryFile'])
		expect(JSON.stringify([...before.values()]), property).toContain(`"${property}":`);
	const text = JSON.stringify([...before.values()]);
	expect.soft([...OWN, ...INSIDE, 'status'].filter((property) => !text.includes(`"${property}":`))).toEqual([]);
	// in the order of the lists
	expect([...after.keys()]).toEqual([...before.keys()]);
	for (const [key, one] of before) expect.soft(comparable(after.get(key)), key).toEqual(comparable(one));
	expect(needless(before, after)).toEqual([]);
	expect(await tellAnew(office)).toBe(0);
});

test('read once more it changes nothing', async () => {
	const entries = () => database.sql(`select id from kernel.audit_entry where body_id = $1`, [second.id]);
	const before = await entries();
	expect(before.length).toBeGreaterThan(50);
	await harvest(database.ctx(undefined, second), await folderSource(join(folder, 'one'), town.timeZone), {
		files: true,
	});
	expect(await entries()).toHaveLength(before.length);
});

test('a damaged dump is refused by name', async () => {
	const { appendFile } = await import('node:fs/promises');
	await appendFile(join(folder, 'one', 'meeting.json'), ' ');
	const source = await folderSource(join(folder, 'one'), town.timeZone);
	await expect(harvest(database.ctx(undefined, second), source)).rejects.toThrow(/meeting\.json ist beschädigt/);
});
