import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import type { Duty } from './accounts.server.ts';

export interface PersonRow {
	id: string;
	name: string;
	email: string | null;
	/** Has a sign-in account. */
	account: boolean;
	duties: Duty[];
	/** Memberships and offices of today. */
	memberships: { kind: MembershipKind; post: Post | null; organisation: string }[];
	offices: string[];
}

export type MembershipKind = 'member' | 'substitute' | 'successor' | 'advisory' | 'guest';
export type Post = 'chair' | 'deputyChair' | 'board' | 'managingOffice' | 'speaker';

export interface PersonView {
	id: string;
	name: string;
	email: string | null;
	phone: string | null;
	locale: string;
	namePublic: boolean;
	account: boolean;
	/** ISO days, half-open; the newest first. `byRule`: given by a rule of the city's own sign-in. */
	duties: { id: string; duty: Duty; organisation: string; byRule: boolean; from: string; until: string | null }[];
	memberships: {
		id: string;
		kind: MembershipKind;
		post: Post | null;
		organisation: string;
		from: string | null;
		until: string | null;
	}[];
	offices: { title: string; organisation: string; from: string; until: string | null }[];
}

const NAME = sql`concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name)`;
const inForce = (alias: string, day: Temporal.PlainDate) =>
	sql`${sql.raw(alias)}.from_date <= ${day}::date and (${sql.raw(alias)}.until_date is null or ${sql.raw(alias)}.until_date > ${day}::date)`;

/**
 * People of the register by name, those whose name or address holds every typed word; accents and capitals don't matter.
 * One query. @returns a page of rows, and how many there are in all
 */
export async function personRows(
	ctx: Ctx,
	{ text = '', page = 1, perPage = 50 } = {},
): Promise<{ rows: PersonRow[]; total: number }> {
	demand(ctx.actor, 'registry.read');
	const body = ctx.body.id;
	const day = ctx.today;
	const wanted = text
		.split(/\s+/)
		.filter(Boolean)
		.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
	const { rows } = await sql<PersonRow & { total: number }>`
select p.id, ${NAME} as name, p.email, p.account_id is not null as account, count(*) over ()::int as total,
	coalesce((select json_agg(distinct d.duty) from registry.duty d where d.body_id = ${body} and d.person_id = p.id and ${inForce('d', day)}), '[]') as duties,
	coalesce((select json_agg(json_build_object('kind', m.kind, 'post', m.post, 'organisation', coalesce(nullif(o.short_name, ''), o.name)) order by o.name)
		from registry.membership m join registry.organisation o on o.body_id = m.body_id and o.id = m.organisation_id
		where m.body_id = ${body} and m.person_id = p.id and ${inForce('m', day)}), '[]') as memberships,
	coalesce((select json_agg(f.title order by f.title) from registry.office_holding h join registry.office f on f.body_id = h.body_id and f.id = h.office_id
		where h.body_id = ${body} and h.person_id = p.id and ${inForce('h', day)}), '[]') as offices
from registry.person p
where p.body_id = ${body} and lower(unaccent(concat_ws(' ', p.affix, p.given_name, p.family_name, p.email))) like all
	(select lower(unaccent(word)) from unnest(${wanted}::text[]) word)
order by p.family_name, p.given_name, p.id limit ${perPage} offset ${(page - 1) * perPage}`.execute(ctx.db);
	return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

/** One person with everything they are and were. One query. @throws NotFound */
export async function personView(ctx: Ctx, id: string): Promise<PersonView> {
	demand(ctx.actor, 'registry.read');
	if (!isId(id)) throw new NotFound('person');
	const body = ctx.body.id;
	const { rows } = await sql<PersonView>`
select p.id, ${NAME} as name, p.email, p.phone, p.locale, p.name_public as "namePublic", p.account_id is not null as account,
	coalesce((select json_agg(json_build_object('id', d.id, 'duty', d.duty, 'organisation', coalesce(o.name, ''), 'byRule', d.provider is not null, 'from', d.from_date,
		'until', d.until_date) order by d.from_date desc, d.duty)
		from registry.duty d left join registry.organisation o on o.body_id = d.body_id and o.id = d.organisation_id
		where d.body_id = ${body} and d.person_id = p.id), '[]') as duties,
	coalesce((select json_agg(json_build_object('id', m.id, 'kind', m.kind, 'post', m.post, 'organisation', o.name, 'from', m.from_date,
		'until', m.until_date) order by m.from_date desc nulls first, o.name)
		from registry.membership m join registry.organisation o on o.body_id = m.body_id and o.id = m.organisation_id
		where m.body_id = ${body} and m.person_id = p.id), '[]') as memberships,
	coalesce((select json_agg(json_build_object('title', f.title, 'organisation', coalesce(o.name, ''), 'from', h.from_date,
		'until', h.until_date) order by h.from_date desc)
		from registry.office_holding h join registry.office f on f.body_id = h.body_id and f.id = h.office_id
		left join registry.organisation o on o.body_id = f.body_id and o.id = f.organisation_id
		where h.body_id = ${body} and h.person_id = p.id), '[]') as offices
from registry.person p where p.body_id = ${body} and p.id = ${id}`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('person');
	return rows[0];
}

/** Names behind ids, for those who read who did what. Unknown ids are missing. */
export async function personNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
	demand(ctx.actor, 'registry.names');
	if (!ids.length) return new Map();
	const { rows } = await sql<{ id: string; name: string }>`select p.id, ${NAME} as name from registry.person p
		where p.body_id = ${ctx.body.id} and p.id = any (${[...new Set(ids)]}::uuid[])`.execute(ctx.db);
	return new Map(rows.map(({ id, name }) => [id, name]));
}
