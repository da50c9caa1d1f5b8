import { sql } from 'kysely';
import * as m from '#messages';
import type { WriteCtx } from '#kernel/ctx.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { Block } from '#kernel/mail/compose.ts';
import { sendLetter } from '../../planning/letters.server.ts';
import { linkToken } from '../../planning/links.server.ts';
import { addressee, type Addressee } from '../../planning/people.server.ts';
import type { WrittenFinding } from '../rules/written.ts';
import type { LockedWritten } from './procedure.server.ts';
import { becauseWords, ruleWords, stateWords } from './words.ts';

type Asked = Addressee & { answerId: string; answered: boolean };

/** Those who were asked, with their language and address of today. */
async function askedOf(tx: WriteCtx, procedureId: string): Promise<Asked[]> {
	const { rows } = await sql<{
		answerId: string;
		answered: boolean;
		personId: string;
		name: string;
		email: string | null;
		locale: string;
	}>`
		select a.id as "answerId", a.voice is not null as answered, a.person_id as "personId", a.name, p.email, p.locale
		from council.written_answer a join registry.person p on p.body_id = a.body_id and p.id = a.person_id
		where a.body_id = ${tx.body.id} and a.procedure_id = ${procedureId} order by a.name`.execute(tx.db);
	return rows.map(({ answerId, answered, ...row }) => ({ ...addressee(row), answerId, answered }));
}

/** Asks by an address that needs no sign-in, or reminds those who have not answered. @returns how many mails go out */
export async function askInWriting(
	tx: WriteCtx,
	procedure: LockedWritten,
	purpose: 'ask' | 'remind',
	origin: string,
): Promise<number> {
	let count = 0;
	const asked = await askedOf(tx, procedure.id);
	const { title, body, text, lastDay } = procedure;
	for (const to of asked) {
		if (to.answered) continue;
		const sent = await sendLetter(tx, to, (locale) => ({
			subject:
				purpose === 'ask'
					? m.council_votes_written_mail_subject({ title })
					: m.council_votes_written_mail_remind({ title }),
			blocks: [
				{ kind: 'paragraph', text: m.council_planning_mail_greeting({ name: to.name }) },
				{
					kind: 'paragraph',
					text: m.council_votes_written_mail_text({ body, date: formatDay(lastDay.toString(), 'full', locale) }),
				},
				{ kind: 'paragraph', text: title },
				{ kind: 'paragraph', text },
				{
					kind: 'paragraph',
					text: ruleWords(procedure.rule, { lastDay: lastDay.toString(), asked: asked.length }, locale),
				},
				{
					kind: 'button',
					label: m.council_votes_written_mail_button(),
					href: `${origin}${inLocale(`/umlauf/${linkToken('written', to.answerId)}`, locale)}`,
				},
				{ kind: 'footer', lines: [m.council_planning_mail_personal()] },
			],
		}));
		if (sent) count++;
	}
	return count;
}

/** Tells everybody who was asked how it ended. */
export async function tellOutcome(
	tx: WriteCtx,
	procedure: LockedWritten,
	finding: WrittenFinding | null,
	origin: string,
	note = '',
): Promise<void> {
	const { title, body, slug, number, state } = procedure;
	if (state === 'running') return;
	for (const to of await askedOf(tx, procedure.id)) {
		await sendLetter(tx, to, (locale) => {
			const why: Block[] = [finding ? becauseWords(finding) : '', note]
				.filter(Boolean)
				.map((text) => ({ kind: 'paragraph', text }));
			return {
				subject: m.council_votes_written_mail_ended({ title }),
				blocks: [
					{ kind: 'paragraph', text: m.council_planning_mail_greeting({ name: to.name }) },
					{ kind: 'paragraph', text: `${body}: ${title}` },
					{ kind: 'paragraph', text: stateWords(state) },
					...why,
					{
						kind: 'footer',
						lines: [],
						link: {
							label: m.council_votes_written_number({ number }),
							href: `${origin}${inLocale(`/gremien/${slug}/umlauf/${number}`, locale)}`,
						},
					},
				],
			};
		});
	}
}
