import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import type { TakenFrom } from '#kernel/taken-from.ts';
import { replaceDistricts } from '../districts/take-over.server.ts';
import { slugOfReference } from './commands.server.ts';
import { paperHash } from './hash.server.ts';
import { schemesOf } from './numbers.server.ts';
import { readReference, writeReference } from './rules/reference.ts';
import { keepNumber, linkWaiting } from './take-over-links.server.ts';
import { usualTypes } from './types.server.ts';

/** Papers of another council system, many at once. Ids are given: the same id again is the same paper, as it stands now. */
export interface TakenPaper {
	id: string;
	/** As the town calls it; one that is not known is made. */
	type: string;
	reference: string;
	title: string;
	date: string | null;
	departmentId: string | null;
	addresseeId: string | null;
	withdrawn: boolean;
	organisations: string[];
	persons: string[];
	topics: string[];
	/** Ids of the town's list. */
	districts: string[];
	superordinatedId: string | null;
	created: string;
	from: TakenFrom;
}

const EMPTY = { version: 1 as const, blocks: [] };

/** @returns references that another paper has already; these papers got a number behind theirs ("… (2)") */
export async function takeOverPapers(tx: WriteCtx, rows: readonly TakenPaper[]): Promise<string[]> {
	demand(tx.actor, 'papers.edit');
	const types = await typesByName(tx, rows);
	const { made, doubles } = await numbered(tx, rows);
	const columns = made.map((row) => {
		const short = row.title.length > 200 ? `${row.title.slice(0, 199).trimEnd()}…` : row.title;
		return {
			...row,
			typeId: types.get(row.type)!,
			title: short,
			longTitle: short === row.title ? '' : row.title,
			hash: paperHash({ title: row.title, operative: EMPTY, reasons: EMPTY }),
			versionId: newId(),
			fullTitle: row.title,
		};
	});
	const given = JSON.stringify(columns);
	await sql`insert into papers.paper (body_id, id, slug, type_id, reference, scheme_id, number_year, number, suffix, state, public,
			title, long_title, date, filed_at, published_at, under_direction_of_id, addressee_id, superordinated_id, taken_over, created_at, taken_from)
		select ${tx.body.id}, id, slug, "typeId", nullif(reference, ''), "schemeId", year, number, suffix, case when withdrawn then 'withdrawn' else 'filed' end, true, title, "longTitle", date,
			created, ${tx.now}, "departmentId", "addresseeId", "superordinatedId", true, created, "from"
		from jsonb_to_recordset(${given}::jsonb) as r (id uuid, slug text, "typeId" uuid, reference text, "schemeId" uuid, year int, number int,
			suffix int, title text, "longTitle" text, date date, created timestamptz, "departmentId" uuid, "addresseeId" uuid, withdrawn boolean, "superordinatedId" uuid, "from" jsonb)
		on conflict (body_id, id) do update set state = excluded.state, addressee_id = excluded.addressee_id,
			type_id = excluded.type_id, reference = excluded.reference, slug = excluded.slug,
			scheme_id = excluded.scheme_id, number_year = excluded.number_year, number = excluded.number, suffix = excluded.suffix,
			title = excluded.title, long_title = excluded.long_title, date = excluded.date, depublished_at = null, public = true,
			under_direction_of_id = excluded.under_direction_of_id, superordinated_id = excluded.superordinated_id,
			taken_from = excluded.taken_from || jsonb_build_object('files', coalesce(papers.paper.taken_from -> 'files', '[]')),
			modified_at = now()`.execute(tx.db);
	await sql`insert into papers.paper_version (body_id, id, paper_id, number, title, operative, reasons, hash, fixed_at)
		select ${tx.body.id}, "versionId", r.id, coalesce(last.number, 0) + 1, "fullTitle", ${JSON.stringify(EMPTY)}::jsonb,
			${JSON.stringify(EMPTY)}::jsonb, r.hash, ${tx.now}
		from jsonb_to_recordset(${given}::jsonb) as r (id uuid, "versionId" uuid, "fullTitle" text, hash text)
		left join lateral (select v.number, v.hash from papers.paper_version v where v.body_id = ${tx.body.id} and v.paper_id = r.id
			order by v.number desc limit 1) last on true
		where last.hash is distinct from r.hash`.execute(tx.db);
	await replaceOriginators(tx, rows);
	await replaceTopics(tx, rows);
	await replaceDistricts(tx, rows);
	await linkNumbers(tx, made);
	for (const { id, reference } of made) tx.touch('papers.paper', id, { act: 'takenOver', fields: { reference } });
	return doubles;
}

interface Numbered {
	slug: string;
	reference: string;
	schemeId: string | null;
	year: number | null;
	number: number | null;
	suffix: number | null;
}

/** Numbers stay as they are printed; where a scheme of the town writes them just so, its count goes on behind them. */
async function numbered(
	tx: WriteCtx,
	rows: readonly TakenPaper[],
): Promise<{ made: (TakenPaper & Numbered)[]; doubles: string[] }> {
	const schemes = await schemesOf(tx);
	const wanted = rows.map(({ reference }) => reference.normalize('NFC').replace(/\s+/g, ' ').trim());
	const slugs = wanted.map((reference) => slugOfReference(reference).replace(/^-+|-+$/g, ''));
	const { rows: there } = await sql<{ id: string; reference: string | null; slug: string }>`
		select id, reference, slug from papers.paper where body_id = ${tx.body.id} and (id = any (${rows.map(({ id }) => id)}::uuid[])
			or reference = any (${wanted}::text[]) or slug = any (${slugs}::text[]))`.execute(tx.db);
	const own = new Map(there.map((row) => [row.id, row]));
	const others = there.filter(({ id }) => !rows.some((row) => row.id === id));
	const references = new Set(others.map(({ reference }) => reference));
	const taken = new Set(others.map(({ slug }) => slug));
	const doubles: string[] = [];
	const made: (TakenPaper & Numbered)[] = [];
	for (const [index, row] of rows.entries()) {
		const printed = wanted[index]!;
		let reference = printed;
		for (let n = 2; reference && references.has(reference); n++) reference = `${printed} (${n})`;
		if (reference !== printed) doubles.push(printed);
		references.add(reference);
		const read = reference === printed && printed ? readReference(printed, schemes, tx.today) : null;
		const scheme = schemes.find(({ id }) => id === read?.schemeId);
		const fits = read && scheme && writeReference(scheme, read) === reference ? read : null;
		if (fits) await keepNumber(tx, fits);
		const before = own.get(row.id);
		const stays = before && (before.reference ?? '') === reference;
		const slug = stays ? before.slug : freeSlug(slugs[index]!, row.id, taken);
		taken.add(slug);
		made.push({
			...row,
			reference,
			slug,
			schemeId: fits?.schemeId ?? null,
			year: fits?.year ?? null,
			number: fits?.number ?? null,
			suffix: fits?.suffix ?? null,
		});
	}
	return { made, doubles };
}

/** An address that is taken gets the end of the paper's id. */
function freeSlug(slug: string, id: string, taken: ReadonlySet<string>): string {
	return slug && !taken.has(slug) ? slug : `${slug || 'ohne-nummer'}-${id.slice(-8)}`;
}

/** Words of the source's types and what the program does with them. */
const CODES: [RegExp, string][] = [
	[/änderungsantrag/i, 'amendment'],
	[/antrag/i, 'motion'],
	[/anfrage/i, 'inquiry'],
	[/stellungnahme/i, 'administrationStatement'],
	[/mitteilung|information|bericht|kenntnis/i, 'information'],
	[/empfehlung/i, 'recommendation'],
	[/beschluss|vorlage/i, 'resolutionProposal'],
];

/** Types by the source's word. What the town does not know gets a type that is not offered for new papers. */
async function typesByName(tx: WriteCtx, rows: readonly TakenPaper[]): Promise<Map<string, string>> {
	await usualTypes(tx);
	const known = await tx.db.selectFrom('papers.paper_type').select(['id', 'name', 'code', 'scheme_id']).execute();
	const byName = new Map(known.map(({ name, id }) => [name.toLowerCase(), id]));
	const ids = new Map<string, string>();
	for (const type of new Set(rows.map((row) => row.type))) {
		const there = byName.get(type.toLowerCase());
		if (there) {
			ids.set(type, there);
			continue;
		}
		const id = newId();
		const code = CODES.find(([word]) => word.test(type))?.[1] ?? 'other';
		const scheme = known.find((one) => one.code === code) ?? known[0]!;
		await tx.db
			.insertInto('papers.paper_type')
			.values({ id, code, name: type, name_plural: type, scheme_id: scheme.scheme_id, retired: true, position: 900 })
			.execute();
		tx.touch('papers.paper_type', id, { act: 'takenOver', fields: { name: type } });
		byName.set(type.toLowerCase(), id);
		ids.set(type, id);
	}
	return ids;
}

async function replaceOriginators(tx: WriteCtx, rows: readonly TakenPaper[]): Promise<void> {
	await sql`delete from papers.originator where body_id = ${tx.body.id} and paper_id = any (${rows.map(({ id }) => id)}::uuid[])`.execute(
		tx.db,
	);
	const all = rows.flatMap((row) => {
		const given = [
			...row.organisations.map((organisation) => ({ organisation, person: null })),
			...row.persons.map((person) => ({ organisation: null, person })),
		];
		return given.map((one, position) => ({
			...one,
			id: newId(),
			paper: row.id,
			position,
			on: row.date ?? row.created,
		}));
	});
	if (all.length)
		await sql`insert into papers.originator (body_id, id, paper_id, position, organisation_id, person_id, joined_on)
			select ${tx.body.id}, id, paper, position, organisation, person, "on"
			from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as r (id uuid, paper uuid, position int, organisation uuid, person uuid,
				"on" date)`.execute(tx.db);
}

async function replaceTopics(tx: WriteCtx, rows: readonly TakenPaper[]): Promise<void> {
	await sql`delete from papers.paper_topic where body_id = ${tx.body.id} and paper_id = any (${rows.map(({ id }) => id)}::uuid[])`.execute(
		tx.db,
	);
	const names = [...new Set(rows.flatMap(({ topics }) => topics))].sort();
	if (!names.length) return;
	const fresh = names.map((name) => ({ id: newId(), name }));
	const { rows: made } = await sql<{ id: string; name: string }>`insert into registry.topic (body_id, id, name)
		select ${tx.body.id}, id, name from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as r (id uuid, name text)
		on conflict (body_id, name) do nothing returning id, name`.execute(tx.db);
	for (const { id, name } of made) tx.touch('registry.topic', id, { act: 'created', fields: { name } });
	const pairs = rows.flatMap(({ id, topics }) => topics.map((name) => ({ id, name })));
	await sql`insert into papers.paper_topic (body_id, paper_id, topic_id) select ${tx.body.id}, r.id, t.id
		from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as r (id uuid, name text)
		join registry.topic t on t.body_id = ${tx.body.id} and t.name = r.name on conflict do nothing`.execute(tx.db);
}

/** Papers that named one of these numbers before it was here are linked to it now. */
async function linkNumbers(tx: WriteCtx, rows: readonly { id: string; reference: string }[]): Promise<void> {
	const { rows: waiting } = await sql<{
		reference: string;
	}>`select distinct to_reference as reference from papers.paper_relation
		where body_id = ${tx.body.id} and to_paper_id is null and to_reference = any (${rows.map(({ reference }) => reference)}::text[])`.execute(
		tx.db,
	);
	for (const { reference } of waiting)
		for (const row of rows) if (row.reference === reference) await linkWaiting(tx, row.id, reference);
}

/** Relations between papers of a source: those of these papers are replaced. */
export async function relateTaken(tx: WriteCtx, rows: readonly { id: string; related: string[] }[]): Promise<void> {
	demand(tx.actor, 'papers.edit');
	await sql`delete from papers.paper_relation where body_id = ${tx.body.id} and kind = 'related' and found_in = ''
		and from_paper_id = any (${rows.map(({ id }) => id)}::uuid[])`.execute(tx.db);
	const pairs = rows.flatMap(({ id, related }) =>
		related.filter((to) => to !== id).map((to) => ({ key: newId(), id, to })),
	);
	if (!pairs.length) return;
	// Once is enough: a relation is seen from both ends.
	await sql`insert into papers.paper_relation (body_id, id, from_paper_id, to_paper_id, kind)
		select ${tx.body.id}, r.key, r.id, r."to", 'related'
		from (select distinct on (least(id, "to"), greatest(id, "to")) * from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb)
			as r (key uuid, id uuid, "to" uuid)) r
		where not exists (select from papers.paper_relation x where x.body_id = ${tx.body.id}
			and ((x.from_paper_id = r.id and x.to_paper_id = r."to") or (x.from_paper_id = r."to" and x.to_paper_id = r.id)))`.execute(
		tx.db,
	);
	for (const { to } of pairs) tx.touch('papers.paper', to, { act: 'linked' });
}

/** Puts papers beneath another one that names them. */
export async function putBelow(tx: WriteCtx, rows: readonly { id: string; aboveId: string }[]): Promise<void> {
	demand(tx.actor, 'papers.edit');
	await sql`update papers.paper p set superordinated_id = r."aboveId"
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "aboveId" uuid)
		where p.body_id = ${tx.body.id} and p.id = r.id and p.superordinated_id is null and p.id <> r."aboveId"`.execute(tx.db);
	for (const { id } of rows) tx.touch('papers.paper', id, { act: 'linked' });
}

/** Papers of which a part changed. */
export function touchPapers(tx: WriteCtx, ids: Iterable<string>): void {
	for (const id of ids) tx.touch('papers.paper', id, { act: 'takenOver' });
}

/** A paper that the source no longer tells is no longer public; its record stays, and its address says so. */
export async function takeBackPaper(tx: WriteCtx, id: string): Promise<void> {
	demand(tx.actor, 'papers.edit');
	await tx.db.updateTable('papers.paper').set({ depublished_at: tx.now }).where('id', '=', id).execute();
	tx.touch('papers.paper', id, { act: 'takenBack' });
}
