import { sql } from 'kysely';
import * as m from '#messages';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale, isLocale, SOURCE_LOCALE, type Locale } from '#kernel/i18n/locales.ts';
import { newId } from '#kernel/ids.ts';
import { compose, type Block } from '#kernel/mail/compose.ts';
import { isMailAddress, queueMail } from '#kernel/mail/queue.ts';

export interface Owing {
	personId: string;
	name: string;
	email: string | null;
	locale: string;
}

/** What a reminder is about. */
export interface Reminder {
	/** Due date of a report, or entry of the resolution control. */
	objectId: string;
	/** Step of the plan: nobody gets the same twice. */
	key: string;
	words: (locale: Locale) => { subject: string; lines: string[]; button: string };
	/** Path of the page that asks for the answer. */
	path: string;
	origin: string;
}

/**
 * Who answers for a department today, as its contacts; without any, whoever answers for the one above it. For an office, who
 * holds it. One query.
 */
export async function owingPeople(
	ctx: Pick<Ctx, 'db' | 'body' | 'today'>,
	{ departmentId, officeId }: { departmentId: string | null; officeId: string | null },
): Promise<Owing[]> {
	const name = sql`concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name)`;
	const { rows } = await sql<Owing & { depth: number }>`with recursive above as (
			select o.id, o.parent_id, 0 as depth from registry.organisation o where o.body_id = ${ctx.body.id} and o.id = ${departmentId}::uuid
			union all select o.id, o.parent_id, above.depth + 1 from registry.organisation o join above
				on o.body_id = ${ctx.body.id} and o.id = above.parent_id and above.depth < 9)
		select distinct p.id as "personId", ${name} as name, p.email, p.locale, above.depth
			from above join registry.duty u on u.body_id = ${ctx.body.id} and u.organisation_id = above.id and u.duty = 'department'
				and u.from_date <= ${ctx.today}::date and (u.until_date is null or u.until_date > ${ctx.today}::date)
			join registry.person p on p.body_id = u.body_id and p.id = u.person_id
		union
		select p.id, ${name}, p.email, p.locale, 0 from registry.office_holding h
			join registry.person p on p.body_id = h.body_id and p.id = h.person_id
			where h.body_id = ${ctx.body.id} and h.office_id = ${officeId}::uuid and h.from_date <= ${ctx.today}::date
			and (h.until_date is null or h.until_date > ${ctx.today}::date)`.execute(ctx.db);
	const nearest = Math.min(...rows.map(({ depth }) => depth));
	return rows.filter(({ depth }) => depth === nearest);
}

/** Reminds one person in their language, once for each step. @returns whether it was new */
export async function remind(
	tx: WriteCtx,
	to: Owing,
	{ objectId, key, words, path, origin }: Reminder,
): Promise<boolean> {
	const id = newId();
	const { rows } = await sql<{ id: string }>`insert into papers.reminder (body_id, id, object_id, person_id, key, at)
		values (${tx.body.id}, ${id}, ${objectId}, ${to.personId}, ${key}, ${tx.now}) on conflict do nothing returning id`.execute(
		tx.db,
	);
	if (!rows.length) return false;
	if (!to.email || !isMailAddress(to.email)) return true;
	const locale = isLocale(to.locale) ? to.locale : SOURCE_LOCALE;
	const { subject, blocks } = inLanguage(locale, () => {
		const said = words(locale);
		const made: Block[] = [
			{ kind: 'paragraph', text: m.papers_duties_mail_greeting({ name: to.name }) },
			...said.lines.map((text): Block => ({ kind: 'paragraph', text })),
			{ kind: 'button', label: said.button, href: `${origin}${inLocale(path, locale)}` },
			{ kind: 'footer', lines: [m.papers_duties_mail_why()] },
		];
		return { subject: said.subject, blocks: made };
	});
	const mailId = await queueMail(tx, {
		to: { name: to.name, address: to.email },
		locale,
		personId: to.personId,
		subject,
		...compose(blocks),
	});
	await tx.db.updateTable('papers.reminder').set({ mail_id: mailId }).where('id', '=', id).execute();
	return true;
}

/** Day as it stands in a letter. */
export const letterDay = (day: string, locale: Locale) => formatDay(day, 'long', locale);

/** Address of the town's site for mails that no request asked for. */
export function originOf(ctx: Pick<Ctx, 'body'>): string {
	const [host = 'localhost'] = ctx.body.hosts;
	return host.startsWith('localhost') || host.endsWith('.localhost') ? `http://${host}` : `https://${host}`;
}
