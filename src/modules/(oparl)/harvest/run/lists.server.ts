import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { commitLazily, planAnew } from '#kernel/db/statistics.ts';
import { write } from '#kernel/write.ts';
import type { ForeignBody, ListPage, Source } from '../client/source.ts';
import { dropVanished, shortId, stage, stageAgain, stageNamed, type StageOf } from '../keep/stage.server.ts';
import { isRaw } from '../reading/fields.ts';
import type { ForeignKind } from '../reading/foreign.ts';
import { readObject } from '../reading/read.ts';
import { countOf, keepProgress, type Reading } from './reading.server.ts';

export interface Reader {
	ctx: Ctx;
	source: Source;
	body: ForeignBody;
	reading: Reading;
	signal: AbortSignal;
	say: (line: string) => void;
}

/** Lists whose objects hold the others; in the order in which they are read. */
const ROOT_LISTS: ForeignKind[] = ['LegislativeTerm', 'Organization', 'Person', 'Meeting', 'Paper', 'Location'];
/** Lists of what stands in others; read where others only name it. */
const INNER_LISTS: ForeignKind[] = ['Membership', 'AgendaItem', 'Consultation', 'File'];

/** Reads all lists and keeps what is news. */
export async function readLists(reader: Reader): Promise<void> {
	for (const kind of ROOT_LISTS) await readList(reader, kind);
	for (const kind of INNER_LISTS) {
		const wanted =
			reader.reading.lists[kind] || (await namedOf(reader, kind, 1)).length || !reader.reading.counts[kind]?.told;
		if (wanted && reader.body.lists[kind]) await readList(reader, kind);
	}
	await readNamed(reader);
	await readTombstones(reader);
	if (reader.reading.whole) await noteVanished(reader);
}

function stageOf({ reading }: Reader): StageOf {
	return { sourceId: reading.sourceId, readingId: reading.id, findings: reading.findings };
}

async function readList(reader: Reader, kind: ForeignKind): Promise<void> {
	const { reading, source, body, signal } = reader;
	const state = (reading.lists[kind] ??= { next: null, done: false, whole: false, told: 0 });
	if (state.done) return;
	const question = {
		since: reading.since,
		from: state.next,
		known: (address: string) => Promise.resolve(reading.pages.get(address) ?? null),
	};
	const pages = source.pages(body, kind, question, reading.findings);
	// The next page is on its way while this one is kept.
	let ahead = pages.next();
	for (;;) {
		signal.throwIfAborted();
		const { done, value } = await ahead;
		if (done) {
			Object.assign(state, { done: true, whole: value, next: null });
			await write(reader.ctx, (tx) => keepProgress(tx, reading));
			return;
		}
		ahead = pages.next();
		ahead.catch(() => undefined);
		await keepPage(reader, kind, value);
		reader.say(`${kind} ${state.told}`);
	}
}

async function keepPage(reader: Reader, kind: ForeignKind, page: ListPage): Promise<void> {
	const { ctx, reading } = reader;
	const state = reading.lists[kind]!;
	const place = { base: pageBase(reader, page), findings: reading.findings, timeZone: ctx.body.timeZone };
	const read = (page.entries ?? []).map((entry) => readObject(entry, kind, place));
	const objects = read.flatMap((one) => one.objects);
	const before = page.entries ? null : reading.pages.get(page.address);
	for (const one of objects) countOf(reading, one.kind).told++;
	state.told += page.entries?.length ?? before?.ids.length ?? 0;
	state.next = page.next;
	await write(ctx, async (tx) => {
		await commitLazily(tx.db);
		await planAnew(tx.db);
		if (before) await stageAgain(tx, before.ids, stageOf(reader));
		await stage(tx, objects, stageOf(reader));
		await stageNamed(
			tx,
			read.flatMap((one) => one.named),
			stageOf(reader),
		);
		if (page.entries && (page.etag || page.lastModified))
			await keepValidators(
				tx,
				reader,
				page,
				objects.map(({ id }) => shortId(id)),
			);
		await keepProgress(tx, reading);
	});
}

/** Entries that stand in the body itself have no page of their own. */
function pageBase({ source }: Reader, page: ListPage): string {
	return URL.canParse(page.address) ? page.address : source.base;
}

async function keepValidators(
	tx: Parameters<typeof stage>[0],
	{ reading }: Reader,
	{ address, etag, lastModified, next }: ListPage,
	ids: string[],
): Promise<void> {
	await sql`insert into oparl.foreign_page (body_id, source_id, address, etag, last_modified, next, ids)
		values (${tx.body.id}, ${reading.sourceId}, ${address}, ${etag}, ${lastModified}, ${next}, ${ids}::text[])
		on conflict (body_id, source_id, address) do update set etag = excluded.etag, last_modified = excluded.last_modified,
			next = excluded.next, ids = excluded.ids`.execute(tx.db);
}

interface Named {
	id: string;
	parent: string | null;
}

async function namedOf({ ctx, reading }: Reader, kind: ForeignKind, most: number, after = ''): Promise<Named[]> {
	const { rows } =
		await sql<Named>`select foreign_id as id, parent from oparl.foreign_object where body_id = ${ctx.body.id}
		and source_id = ${reading.sourceId} and kind = ${kind} and hash = '' and not deleted and foreign_id > ${after}
		order by foreign_id limit ${most}`.execute(ctx.db);
	return rows;
}

const SLICE = 50;

/** Objects that no list told are asked for one by one. */
async function readNamed(reader: Reader): Promise<void> {
	const { ctx, source, reading, signal } = reader;
	for (const kind of [...ROOT_LISTS, ...INNER_LISTS])
		for (
			let after = '', slice = await namedOf(reader, kind, SLICE);
			slice.length;
			slice = await namedOf(reader, kind, SLICE, after)
		) {
			after = slice.at(-1)!.id;
			const read = [];
			for (const { id, parent } of slice) {
				signal.throwIfAborted();
				const place = { base: id, findings: reading.findings, timeZone: ctx.body.timeZone };
				const told = await source.object(id, reading.findings).catch(() => null);
				if (isRaw(told)) read.push(readObject({ ...told, id }, kind, place, parent));
				else reading.findings.add(kind, 'notFound', id);
			}
			const objects = read.flatMap((one) => one.objects);
			for (const one of objects) countOf(reading, one.kind).told++;
			await write(ctx, async (tx) => {
				await stage(tx, objects, stageOf(reader));
				await keepProgress(tx, reading);
			});
			reader.say(`${kind} ${after}`);
		}
}

async function readTombstones(reader: Reader): Promise<void> {
	const { ctx, reading, source } = reader;
	const place = { base: source.base, findings: reading.findings, timeZone: ctx.body.timeZone };
	const stones = (await source.tombstones()).filter(isRaw);
	const objects = stones.flatMap((stone) => readObject(stone, kindOfStone(stone), place).objects);
	for (let at = 0; at < objects.length; at += 500)
		await write(ctx, async (tx) => void (await stage(tx, objects.slice(at, at + 500), stageOf(reader))));
}

function kindOfStone({ type }: Record<string, unknown>): ForeignKind {
	return (typeof type === 'string' ? type.split('/').at(-1)! : 'Paper') as ForeignKind;
}

/** What stands in others was read to its end when they were. */
const HELD_BY: Partial<Record<ForeignKind, ForeignKind[]>> = {
	Membership: ['Person', 'Organization'],
	AgendaItem: ['Meeting'],
	Consultation: ['Paper'],
	File: ['Meeting', 'Paper'],
	Location: ['Location', 'Meeting', 'Paper'],
};

async function noteVanished(reader: Reader): Promise<void> {
	const { reading, body } = reader;
	const whole = (kind: ForeignKind) =>
		reading.lists[kind]?.whole === true &&
		(kind === 'LegislativeTerm' || kind === 'Location' || body.lists[kind] !== undefined);
	const unnamed: ForeignKind[] = [];
	for (const kind of [...ROOT_LISTS, ...INNER_LISTS]) {
		const told = (HELD_BY[kind] ?? [kind]).every(whole);
		if (told && !reading.findings.has(kind, 'notFound')) unnamed.push(kind);
	}
	await write(reader.ctx, async (tx) => void (await dropVanished(tx, unnamed, stageOf(reader))));
}
