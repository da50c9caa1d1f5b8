import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { VISITOR } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { allTowns, forgetTowns } from '#kernel/towns.ts';
import { loadDemonstration } from '../../../server/demonstration.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { DUMP_LISTS } from '../dump/layout.ts';
import { writeDump } from '../dump/write.server.ts';
import { makeDocuments } from '../documents/make.server.ts';
import { tellAnew } from '../project/follow.server.ts';
import { folderSource } from './client/folder.server.ts';
import { harvest } from './run/harvest.server.ts';

const database = await freshDatabase();
await database.sql('delete from kernel.town');
forgetTowns();
await loadDemonstration({
	owner: database.owner,
	app: database.app,
	embedded: false,
	joined: true,
	close: async () => undefined,
});
const [town] = await allTowns();
const second = await database.addTown('Zweitstadt');
const folder = await mkdtemp(join(tmpdir(), 'mitrat-round-trip-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

type Json = Record<string, unknown> & { id: string };

/** What depends on where and when a town tells it (docs/oparl.md, "Reading other systems"). */
const OF_PLACE = new Set(['body', 'created', 'modified', 'web', 'accessUrl', 'downloadUrl', 'mainOrganization']);
/** Offices are not read back, and so not what follows from them; nor which rule a vote was held to, and who voted by name. */
const OF_REGISTER = ['status'];
const OF_RULES = ['majority', 'needed', 'voices'];
/** Properties of our own that are read back. */
const READ = new Set(
	[
		'vote',
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
	].map((name) => `mitrat:${name}`),
);
const NOT_READ = (key: string) =>
	(key.startsWith('mitrat:') && !READ.has(key)) || [...OF_REGISTER, ...OF_RULES].includes(key);

/** Objects of all lists by the id they had at the source; lists of links have no order. */
async function toldIn(name: string, ids: Map<string, string>): Promise<Map<string, Json>> {
	const told = new Map<string, Json>();
	for (const list of Object.keys(DUMP_LISTS)) {
		const text = await readFile(join(folder, name, `${list}.json`), 'utf8');
		for (const one of JSON.parse(text) as Json[]) {
			const plain = comparable(one, ids) as Json;
			told.set(`${list} ${plain.id}`, plain);
		}
	}
	return told;
}

function comparable(value: unknown, ids: Map<string, string>): unknown {
	if (typeof value === 'string') {
		const path = value.replace(/^https:\/\/[a-z]+\.example/, '');
		return path === value ? value : path.replace(/[0-9a-f-]{36}/g, (id) => ids.get(id) ?? id);
	}
	if (Array.isArray(value)) {
		const all = value.map((one) => comparable(one, ids));
		return all.every((one) => typeof one === 'string') ? all.sort() : all;
	}
	if (typeof value !== 'object' || value === null) return value;
	// A committee becomes a body with rules here, and then it is said whether it advises only.
	const kept = Object.entries(value).filter(
		([key, inner]) => !OF_PLACE.has(key) && !NOT_READ(key) && !(key === 'mitrat:advisory' && inner === false),
	);
	return Object.fromEntries(kept.map(([key, inner]) => [key, comparable(inner, ids)]));
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

/** A paper and a session with a file each, and what the program makes of public records. */
async function attachFiles(): Promise<void> {
	const office = database.ctx(undefined, town!);
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
	});
	const waits = () => database.sql('select from oparl.unmade where body_id = $1', [town!.id]);
	while ((await waits()).length) await makeDocuments(office);
}

test('a town that was written out and read in again tells the same', async () => {
	await attachFiles();
	await writeDump(database.ctx(VISITOR, town!), join(folder, 'one'), 'https://eins.example');
	const office = database.ctx(undefined, second);
	const source = await folderSource(join(folder, 'one'), town!.timeZone);
	const [report] = await harvest(office, source, { files: true });
	expect(report!.findings).toEqual([]);
	await writeDump(database.ctx(VISITOR, second), join(folder, 'two'), 'https://zwei.example');
	const pairs = await database.sql<{ there: string; here: string }>(
		`select substring(foreign_id from '[^/]*$') as there, local_id as here from oparl.foreign_object
		 where body_id = $1 and local_id is not null and not deleted`,
		[second.id],
	);
	const before = await toldIn('one', new Map());
	const after = await toldIn('two', new Map(pairs.map(({ there, here }) => [here, there])));
	expect(before.size).toBeGreaterThan(100);
	expect([...before.keys()].filter((key) => key.startsWith('file ')).length).toBeGreaterThan(20);
	for (const property of ['invitation', 'resultsProtocol', 'resolutionFile', 'mainFile', 'auxiliaryFile'])
		expect(JSON.stringify([...before.values()]), property).toContain(`"${property}":`);
	const text = JSON.stringify([...before.values()]);
	expect([...READ].filter((property) => !text.includes(`"${property}":`))).toEqual([]);
	expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
	for (const [key, one] of before) expect(after.get(key), key).toEqual(one);
	expect(await tellAnew(office)).toBe(0);
});

test('read once more it changes nothing', async () => {
	const entries = () => database.sql(`select id from kernel.audit_entry where body_id = $1`, [second.id]);
	const before = await entries();
	expect(before.length).toBeGreaterThan(50);
	await harvest(database.ctx(undefined, second), await folderSource(join(folder, 'one'), town!.timeZone), {
		files: true,
	});
	expect(await entries()).toHaveLength(before.length);
});

test('a damaged dump is refused by name', async () => {
	const { appendFile } = await import('node:fs/promises');
	await appendFile(join(folder, 'one', 'meeting.json'), ' ');
	const source = await folderSource(join(folder, 'one'), town!.timeZone);
	await expect(harvest(database.ctx(undefined, second), source)).rejects.toThrow(/meeting\.json ist beschädigt/);
});
