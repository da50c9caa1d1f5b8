import * as m from '#messages';
import type { WriteCtx } from '#kernel/ctx.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { calendarMessage } from '#kernel/mail/ics.ts';
import { timeRange } from '../../ui/labels.ts';
import { sendLetter } from '../letters.server.ts';
import type { Addressee } from '../people.server.ts';
import { meetingEvent } from '../planned-meeting.server.ts';
import type { PollView } from './queries.server.ts';

/** Asks one person, by an address that needs no sign-in. @returns whether a mail could be sent */
export async function askFor(
	tx: WriteCtx,
	to: Addressee,
	poll: Pick<PollView, 'title' | 'bodyName' | 'note' | 'answerBy'>,
	link: { origin: string; token: string },
): Promise<boolean> {
	const sent = await sendLetter(tx, to, (locale) => ({
		subject: m.council_planning_poll_mail_subject({ title: poll.title }),
		blocks: [
			{ kind: 'paragraph', text: m.council_planning_mail_greeting({ name: to.name }) },
			{
				kind: 'paragraph',
				text: m.council_planning_poll_mail_text({
					body: poll.bodyName,
					date: formatDay(poll.answerBy, 'full', locale),
				}),
			},
			...(poll.note ? [{ kind: 'paragraph' as const, text: poll.note }] : []),
			{
				kind: 'button',
				label: m.council_planning_poll_mail_button(),
				href: `${link.origin}${inLocale(`/umfrage/${link.token}`, locale)}`,
			},
			{ kind: 'footer', lines: [m.council_planning_mail_personal()] },
		],
	}));
	return sent !== null;
}

export interface FixedDate {
	id: string;
	slug: string;
	date: string;
	startsAt: string;
	endsAt: string | null;
}

/** Tells everybody which date was chosen (`REQUEST`), or that it is open again (`CANCEL`), with an entry for calendars. */
export async function tellDate(
	tx: WriteCtx,
	people: Addressee[],
	poll: Pick<PollView, 'title' | 'bodyName' | 'kind' | 'public' | 'place'>,
	fixed: FixedDate,
	{ method, origin }: { method: 'REQUEST' | 'CANCEL'; origin: string },
): Promise<void> {
	const meeting = { ...fixed, number: null, kind: poll.kind, public: poll.public, place: poll.place };
	for (const to of people) {
		await sendLetter(tx, to, (locale) => {
			const speech = { locale, timeZone: tx.body.timeZone };
			const said = {
				title: poll.title,
				body: poll.bodyName,
				date: formatDay(fixed.date, 'full', locale),
				time: timeRange(fixed.startsAt, fixed.endsAt, speech),
			};
			const chosen = method === 'REQUEST';
			const event = meetingEvent(tx, meeting, { bodyName: poll.bodyName, origin });
			return {
				subject: chosen ? m.council_planning_poll_fixed_subject(said) : m.council_planning_poll_reopened_subject(said),
				blocks: [
					{ kind: 'paragraph', text: m.council_planning_mail_greeting({ name: to.name }) },
					{
						kind: 'paragraph',
						text: chosen ? m.council_planning_poll_fixed_text(said) : m.council_planning_poll_reopened_text(said),
					},
					...(chosen ? [{ kind: 'paragraph' as const, text: m.council_planning_no_invitation() }] : []),
				],
				calendar: { method, content: calendarMessage(method, event, tx.body.timeZone) },
			};
		});
	}
}
