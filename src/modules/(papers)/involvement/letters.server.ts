import { sql } from 'kysely';
import * as m from '#messages';
import type { WriteCtx } from '#kernel/ctx.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale, isLocale, SOURCE_LOCALE, type Locale } from '#kernel/i18n/locales.ts';
import { compose, type Block } from '#kernel/mail/compose.ts';
import { isMailAddress, queueMail } from '#kernel/mail/queue.ts';
import { originOf } from '#server/council';
import type { Form } from './rules/triggers.ts';
import type { MatterRow } from './view.ts';

interface Recipient {
	id: string;
	name: string;
	email: string | null;
	locale: string;
}

interface Letter {
	subject: string;
	paragraphs: string[];
	button: string;
	/** Path of the page; signing in leads there. */
	href: string;
}

/** Tells those who are new to a relevant matter that something is coming in their field, while it is still early. */
export async function tellInformed(tx: WriteCtx, matter: MatterRow, involvementIds: readonly string[]): Promise<void> {
	if (!involvementIds.length || !matter.firstInformedOn || matter.firstInformedOn > tx.today.toString()) return;
	const { rows } = await sql<Recipient>`select distinct q.id, ${NAME} as name, q.email, q.locale
		from papers.involvement i
		left join registry.office_holding h on h.body_id = i.body_id and h.office_id = i.office_id
			and h.from_date <= ${tx.today}::date and (h.until_date is null or h.until_date > ${tx.today}::date)
		left join registry.membership s on s.body_id = i.body_id and s.organisation_id = i.organisation_id
			and s.post = 'chair' and s.from_date <= ${tx.today}::date and (s.until_date is null or s.until_date > ${tx.today}::date)
		join registry.person q on q.body_id = i.body_id and q.id = coalesce(h.person_id, s.person_id)
		where i.body_id = ${tx.body.id} and i.id = any (${involvementIds}::uuid[])`.execute(tx.db);
	for (const to of rows)
		await send(tx, to, () => ({
			subject: m.papers_involvement_mail_informed_subject({ title: matter.title }),
			paragraphs: [
				m.papers_involvement_mail_informed({ title: matter.title, department: matter.department }),
				m.papers_involvement_mail_confidential(),
			],
			button: m.papers_involvement_mail_open(),
			href: `/einbindung/${matter.id}`,
		}));
}

/** Asks somebody to answer: the button leads to the answer, after signing in. */
export async function tellAsked(
	tx: WriteCtx,
	matter: Pick<MatterRow, 'id' | 'title' | 'department'>,
	asked: { personId: string; form: Form; dueOn: string; again: boolean },
): Promise<void> {
	await tell(tx, asked.personId, (locale) => {
		const params = {
			title: matter.title,
			department: matter.department,
			day: formatDay(asked.dueOn, 'full', locale),
		};
		return {
			subject: m.papers_involvement_mail_asked_subject(params),
			paragraphs: [
				asked.form === 'coSign' ? m.papers_involvement_mail_asked(params) : m.papers_involvement_mail_consulted(params),
				...(asked.again ? [m.papers_involvement_mail_again()] : []),
				m.papers_involvement_mail_confidential(),
			],
			button: m.papers_involvement_mail_answer(),
			href: `/einbindung/${matter.id}#antwort`,
		};
	});
}

/** Reminds of an answer that is due. */
export async function tellDue(
	tx: WriteCtx,
	matter: { id: string; title: string },
	due: { personId: string; dueOn: string },
): Promise<void> {
	await tell(tx, due.personId, (locale) => {
		const params = { title: matter.title, day: formatDay(due.dueOn, 'full', locale) };
		return {
			subject: m.papers_involvement_mail_due_subject(params),
			paragraphs: [m.papers_involvement_mail_due(params)],
			button: m.papers_involvement_mail_answer(),
			href: `/einbindung/${matter.id}#antwort`,
		};
	});
}

/** Invites somebody to a round of participation. */
export async function tellInvited(
	tx: WriteCtx,
	personId: string,
	{ id, title }: { id: string; title: string },
): Promise<void> {
	await tell(tx, personId, () => ({
		subject: m.papers_involvement_mail_round_subject({ title }),
		paragraphs: [m.papers_involvement_mail_round({ title })],
		button: m.papers_involvement_mail_round_open(),
		href: `/einbindung/beteiligung/${id}`,
	}));
}

const NAME = sql`concat_ws(' ', nullif(q.affix, ''), nullif(q.given_name, ''), q.family_name)`;

async function tell(tx: WriteCtx, personId: string, make: (locale: Locale) => Letter): Promise<void> {
	const { rows } = await sql<Recipient>`select q.id, ${NAME} as name, q.email, q.locale from registry.person q
		where q.body_id = ${tx.body.id} and q.id = ${personId}`.execute(tx.db);
	if (rows[0]) await send(tx, rows[0], make);
}

async function send(tx: WriteCtx, to: Recipient, make: (locale: Locale) => Letter): Promise<void> {
	if (!to.email || !isMailAddress(to.email)) return;
	const locale = isLocale(to.locale) ? to.locale : SOURCE_LOCALE;
	const { subject, paragraphs, button, href: path } = inLanguage(locale, () => make(locale));
	const blocks: Block[] = [
		...paragraphs.map((text) => ({ kind: 'paragraph' as const, text })),
		{ kind: 'button', label: button, href: originOf(tx) + inLocale(path, locale) },
	];
	await queueMail(tx, {
		to: { name: to.name, address: to.email },
		locale,
		personId: to.id,
		subject,
		...compose(blocks),
	});
}
