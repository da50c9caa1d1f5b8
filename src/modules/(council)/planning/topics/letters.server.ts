import * as m from '#messages';
import type { WriteCtx } from '#kernel/ctx.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale, type Locale } from '#kernel/i18n/locales.ts';
import type { Block } from '#kernel/mail/compose.ts';
import { sendLetter } from '../letters.server.ts';
import { addressee, type Addressee } from '../people.server.ts';

interface Link {
	origin: string;
	token: string;
}

const state = (locale: Locale, { origin, token }: Link): Block => ({
	kind: 'button',
	label: m.council_planning_topic_mail_button(),
	href: `${origin}${inLocale(`/themen/stand/${token}`, locale)}`,
});

const greeting = ({ name }: Addressee): Block => ({
	kind: 'paragraph',
	text: name ? m.council_planning_mail_greeting({ name }) : m.council_planning_mail_greeting_plain(),
});

/** Says that a proposal arrived, and where its state can be read. */
export async function sendReceipt(
	tx: WriteCtx,
	to: Addressee,
	{ title, body }: { title: string; body: string },
	link: Link,
): Promise<void> {
	await sendLetter(tx, to, (locale) => ({
		subject: m.council_planning_topic_receipt_subject({ title }),
		blocks: [
			greeting(to),
			{ kind: 'paragraph', text: m.council_planning_topic_receipt_text({ title, body }) },
			state(locale, link),
			{ kind: 'footer', lines: [m.council_planning_mail_personal()] },
		],
	}));
}

/** Says what became of a proposal, with the reason that was given. */
export async function sendDecision(
	tx: WriteCtx,
	topic: { personId: string | null; name: string; email: string; locale: string; title: string },
	decision: {
		to: 'accepted' | 'declined' | 'parked' | 'onAgenda';
		reason: string;
		meeting: { slug: string; date: string; public: boolean } | null;
	},
	link: Link,
): Promise<void> {
	const to = addressee(topic);
	const { title } = topic;
	await sendLetter(tx, to, (locale) => {
		const date = decision.meeting ? formatDay(decision.meeting.date, 'full', locale) : '';
		const said = {
			accepted: m.council_planning_topic_accepted_text({ title }),
			declined: m.council_planning_topic_declined_text({ title }),
			parked: m.council_planning_topic_parked_text({ title }),
			onAgenda: m.council_planning_topic_on_agenda_text({ title, date }),
		}[decision.to];
		return {
			subject: m.council_planning_topic_decided_subject({ title }),
			blocks: [
				greeting(to),
				{ kind: 'paragraph', text: said },
				...(decision.reason
					? [{ kind: 'paragraph' as const, text: m.council_planning_topic_reason({ reason: decision.reason }) }]
					: []),
				state(locale, link),
			],
		};
	});
}
