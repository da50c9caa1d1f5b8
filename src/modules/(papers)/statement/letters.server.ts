import { sql } from 'kysely';
import * as m from '#messages';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale, isLocale, SOURCE_LOCALE, type Locale } from '#kernel/i18n/locales.ts';
import { newId } from '#kernel/ids.ts';
import { compose, type Block } from '#kernel/mail/compose.ts';
import { isMailAddress, queueMail } from '#kernel/mail/queue.ts';

interface Reader {
	personId: string;
	name: string;
	email: string | null;
	locale: string;
}

interface Facts {
	id: string;
	reference: string;
	title: string;
	dueOn: Temporal.PlainDate | null;
	firstCommittee: Temporal.PlainDate | null;
	department: string;
	/** Days that another department has to co-sign. */
	coSignDueOn: Temporal.PlainDate | null;
}

/** Where mails lead: signs in whoever is not, then goes to the form. */
export function answerPath(statementId: string): string {
	return `/stellungnahmen/${statementId}`;
}

/** Address of the town's site for mails that no request asked for. */
function originOf(ctx: Pick<Ctx, 'body'>): string {
	const [host = 'localhost'] = ctx.body.hosts;
	return host.startsWith('localhost') || host.endsWith('.localhost') ? `http://${host}` : `https://${host}`;
}

/**
 * Writes to the contacts of a department what it owes and by when, once for each key: 'asked', 'coSign-…', 'day-3', 'late-0'.
 * @returns how many mails were queued
 */
export async function writeToDepartment(
	tx: WriteCtx,
	statementId: string,
	organisationId: string,
	key: string,
): Promise<number> {
	const { rows: fresh } = await sql<{ id: string }>`insert into papers.statement_mail
		(body_id, id, statement_id, organisation_id, key, sent_on)
		values (${tx.body.id}, ${newId()}, ${statementId}, ${organisationId}, ${key}, ${tx.today})
		on conflict do nothing returning id`.execute(tx.db);
	if (!fresh.length) return 0;
	const facts = await factsOf(tx, statementId, organisationId);
	const coSign = key.startsWith('coSign');
	return sendTo(tx, await contactsOf(tx, organisationId), (locale) => {
		const due = coSign ? facts.coSignDueOn : facts.dueOn;
		const paper = { reference: facts.reference, title: facts.title };
		const day = due ? formatDay(due.toString(), 'long', locale) : m.papers_statement_mail_no_day();
		return {
			subject: coSign ? m.papers_statement_mail_cosign_subject(paper) : subjectOf(key, facts.reference, day),
			blocks: [
				{
					kind: 'paragraph',
					text: coSign
						? m.papers_statement_mail_cosign_text({ ...paper, department: facts.department })
						: m.papers_statement_mail_asked_text(paper),
				},
				{
					kind: 'facts',
					facts: [
						{ label: m.papers_statement_mail_by(), value: day },
						...(facts.firstCommittee
							? [
									{
										label: m.papers_statement_first_committee(),
										value: formatDay(facts.firstCommittee.toString(), 'long', locale),
									},
								]
							: []),
					],
				},
				buttonTo(tx, statementId, locale),
				{ kind: 'footer', lines: [m.papers_statement_mail_footer()] },
			],
		};
	});
}

function subjectOf(key: string, reference: string, day: string): string {
	if (key.startsWith('late')) return m.papers_statement_mail_late_subject({ reference, day });
	return key === 'asked'
		? m.papers_statement_mail_asked_subject({ reference, day })
		: m.papers_statement_mail_reminder_subject({ reference, day });
}

/** Tells whoever holds the mayor's office that a statement waits for approval. */
export async function tellMayor(tx: WriteCtx, statementId: string): Promise<number> {
	const { rows } = await sql<Reader>`select distinct p.id as "personId",
		concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name) as name, p.email, p.locale
		from registry.office o join registry.office_holding h on h.body_id = o.body_id and h.office_id = o.id
		join registry.person p on p.body_id = h.body_id and p.id = h.person_id
		where o.body_id = ${tx.body.id} and o.kind = 'mayor' and h.from_date <= ${tx.today}::date
		and (h.until_date is null or h.until_date > ${tx.today}::date)`.execute(tx.db);
	const facts = await factsOf(tx, statementId, null);
	const paper = { reference: facts.reference, title: facts.title };
	return sendTo(tx, rows, (locale) => ({
		subject: m.papers_statement_mail_approval_subject(paper),
		blocks: [
			{ kind: 'paragraph', text: m.papers_statement_mail_approval_text({ ...paper, department: facts.department }) },
			buttonTo(tx, statementId, locale),
			{ kind: 'footer', lines: [m.papers_statement_mail_footer()] },
		],
	}));
}

/**
 * A receipt for what was done: to whoever acted (`coSigned`), or to the leading department's contacts (`approved`,
 * `returned`).
 */
export async function sendReceipt(
	tx: WriteCtx,
	statementId: string,
	what: 'coSigned' | 'handed' | 'approved' | 'returned',
): Promise<number> {
	const own = what === 'coSigned' || what === 'handed';
	const { rows } = await sql<{
		departmentId: string | null;
	}>`select department_id as "departmentId" from papers.statement
		where body_id = ${tx.body.id} and id = ${statementId}`.execute(tx.db);
	const departmentId = rows[0]?.departmentId;
	const readers = own ? await actorOf(tx) : departmentId ? await contactsOf(tx, departmentId) : [];
	const facts = await factsOf(tx, statementId, null);
	const words = {
		coSigned: [m.papers_statement_mail_receipt_subject, m.papers_statement_mail_receipt_cosigned],
		handed: [m.papers_statement_mail_receipt_subject, m.papers_statement_mail_receipt_handed],
		approved: [m.papers_statement_mail_approved_subject, m.papers_statement_mail_approved_text],
		returned: [m.papers_statement_mail_returned_subject, m.papers_statement_mail_returned_text],
	}[what];
	return sendTo(tx, readers, (locale) => ({
		subject: words[0]!({ reference: facts.reference, title: facts.title }),
		blocks: [
			{ kind: 'paragraph', text: words[1]!({ reference: facts.reference, title: facts.title }) },
			buttonTo(tx, statementId, locale),
			{ kind: 'footer', lines: [m.papers_statement_mail_footer()] },
		],
	}));
}

function buttonTo(tx: WriteCtx, statementId: string, locale: Locale): Block {
	return {
		kind: 'button',
		label: m.papers_statement_mail_open(),
		href: `${originOf(tx)}${inLocale(answerPath(statementId), locale)}`,
	};
}

async function sendTo(
	tx: WriteCtx,
	readers: readonly Reader[],
	make: (locale: Locale) => { subject: string; blocks: Block[] },
): Promise<number> {
	let sent = 0;
	for (const { personId, name, email, locale: spoken } of readers) {
		if (!email || !isMailAddress(email)) continue;
		// Working words exist in German and English.
		const locale: Locale = isLocale(spoken) && spoken === 'en' ? 'en' : SOURCE_LOCALE;
		const { subject, blocks } = inLanguage(locale, () => make(locale));
		await queueMail(tx, { to: { name, address: email }, locale, personId, subject, ...compose(blocks) });
		sent += 1;
	}
	return sent;
}

async function factsOf(tx: WriteCtx, statementId: string, organisationId: string | null): Promise<Facts> {
	const { rows } = await sql<Facts>`select s.id, string_agg(p.reference, ', ' order by o.position) as reference,
		(array_agg(p.title order by o.position))[1] as title, s.due_on as "dueOn", coalesce(d.name, '') as department,
		case when s.due_basis = 'committee' then s.base_on end as "firstCommittee",
		(select c.due_on from papers.statement_co_sign c where c.body_id = s.body_id and c.statement_id = s.id
			and c.organisation_id = ${organisationId}::uuid and c.state = 'asked') as "coSignDueOn"
		from papers.statement s
		join papers.statement_on o on o.body_id = s.body_id and o.statement_id = s.id
		join papers.paper p on p.body_id = o.body_id and p.id = o.paper_id
		left join registry.organisation d on d.body_id = s.body_id and d.id = s.department_id
		where s.body_id = ${tx.body.id} and s.id = ${statementId} group by s.body_id, s.id, d.name`.execute(tx.db);
	return rows[0]!;
}

/** Contacts of a department today. */
async function contactsOf(tx: WriteCtx, organisationId: string): Promise<Reader[]> {
	const { rows } = await sql<Reader>`select distinct p.id as "personId",
		concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name) as name, p.email, p.locale
		from registry.duty d join registry.person p on p.body_id = d.body_id and p.id = d.person_id
		where d.body_id = ${tx.body.id} and d.duty = 'department' and d.organisation_id = ${organisationId}
		and d.from_date <= ${tx.today}::date and (d.until_date is null or d.until_date > ${tx.today}::date)`.execute(tx.db);
	return rows;
}

async function actorOf(tx: WriteCtx): Promise<Reader[]> {
	if (!tx.actor.personId) return [];
	const { rows } = await sql<Reader>`select id as "personId",
		concat_ws(' ', nullif(affix, ''), nullif(given_name, ''), family_name) as name, email, locale
		from registry.person where body_id = ${tx.body.id} and id = ${tx.actor.personId}`.execute(tx.db);
	return rows;
}
