import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { isLocale, SOURCE_LOCALE, type Locale } from '#kernel/i18n/locales.ts';

/** Somebody to write to. Without an address no mail can be sent; the office is told so. */
export interface Addressee {
	personId: string | null;
	name: string;
	email: string;
	locale: Locale;
}

export interface BodyPerson extends Addressee {
	personId: string;
	kind: 'member' | 'substitute' | 'successor' | 'advisory' | 'guest';
	post: string | null;
}

type Row = Omit<BodyPerson, 'locale' | 'email'> & { locale: string; email: string | null };

/** People of a council body on a day, members first; who belongs to it in two ways stands once. One query. */
export async function peopleOfBody(
	ctx: Pick<Ctx, 'db' | 'body' | 'today'>,
	councilBodyId: string,
): Promise<BodyPerson[]> {
	const { rows } = await sql<Row>`
select * from (select distinct on (p.id) p.id as "personId", concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name) as name,
	p.email, p.locale, m.kind, m.post, p.family_name, p.given_name
from registry.membership m join registry.person p on p.body_id = m.body_id and p.id = m.person_id
where m.body_id = ${ctx.body.id} and m.organisation_id = ${councilBodyId} and m.from_date <= ${ctx.today}::date
	and (m.until_date is null or m.until_date > ${ctx.today}::date)
order by p.id, array_position(array['member', 'advisory', 'substitute', 'guest', 'successor'], m.kind)) one
order by array_position(array['member', 'advisory', 'substitute', 'guest', 'successor'], kind), family_name, given_name`.execute(
		ctx.db,
	);
	return rows.map(({ personId, name, email, locale, kind, post }) => ({
		...addressee({ personId, name, email, locale }),
		personId,
		kind,
		post,
	}));
}

/** @returns an addressee whose language is one of the program's */
export function addressee(row: {
	personId: string | null;
	name: string;
	email: string | null;
	locale: string;
}): Addressee {
	const { personId, name, email, locale } = row;
	return { personId, name, email: email ?? '', locale: isLocale(locale) ? locale : SOURCE_LOCALE };
}
