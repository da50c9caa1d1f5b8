import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { newId } from '#kernel/ids.ts';
import { calendarMessage } from '#kernel/mail/ics.ts';
import { write } from '#kernel/write.ts';
import { meetingTitle, timeRange } from '../../ui/labels.ts';
import { inviterLabel } from '../guests/queries.server.ts';
import { sendLetter } from '../letters.server.ts';
import { lockedMeeting } from '../meeting.server.ts';
import { addressee, peopleOfBody, type Addressee } from '../people.server.ts';
import { meetingEvent } from '../planned-meeting.server.ts';

/**
 * Tells a chosen list of people to keep a date free. It is no invitation and starts no period (rulebook R2-09): nothing of
 * the session changes.
 * @param people persons of the body; further addresses in `others`, one a line
 * @returns how many mails went out
 * @throws RuleViolation `council.saveNobody`, `council.saveOver` (cancelled or past), `council.saveAddress`; NotFound, Forbidden
 */
export async function sendSaveTheDate(
	ctx: Ctx,
	slug: string,
	given: { people: string[]; others: string[]; note: string },
	origin: string,
): Promise<number> {
	demand(ctx.actor, 'council.convene');
	return write(ctx, async (tx) => {
		const meeting = await lockedMeeting(tx, slug);
		if (meeting.cancelled || meeting.date < tx.today.toString()) throw new RuleViolation('council.saveOver');
		const chosen: Addressee[] = (await peopleOfBody(tx, meeting.councilBodyId)).filter(({ personId }) =>
			given.people.includes(personId),
		);
		for (const email of new Set(given.others))
			chosen.push(addressee({ personId: null, name: '', email, locale: tx.locale }));
		if (!chosen.length) throw new RuleViolation('council.saveNobody', {}, 'people');
		const inviter = await inviterLabel(tx, meeting.id);
		const id = newId();
		await tx.db
			.insertInto('council.save_the_date')
			.values({ id, meeting_id: meeting.id, note: given.note, sent_at: tx.now, sent_by_id: tx.actor.personId })
			.execute();
		let count = 0;
		for (const to of chosen) {
			const mailId = await sendLetter(tx, to, (locale) => {
				const date = formatDay(meeting.date, 'full', locale);
				const time = timeRange(meeting.startsAt, meeting.endsAt, { locale, timeZone: tx.body.timeZone });
				const event = meetingEvent(tx, meeting, { bodyName: meeting.bodyName, origin });
				return {
					subject: m.council_planning_save_subject({ date }),
					blocks: [
						{
							kind: 'paragraph',
							text: to.name
								? m.council_planning_mail_greeting({ name: to.name })
								: m.council_planning_mail_greeting_plain(),
						},
						{
							kind: 'paragraph',
							text: m.council_planning_save_text({ body: meeting.bodyName, inviter: inviter || meeting.bodyName }),
						},
						{
							kind: 'facts',
							facts: [
								{ label: m.council_planning_save_what(), value: meetingTitle(meeting) },
								{
									label: m.council_planning_save_when(),
									value: time ? m.council_planning_date_time({ date, time }) : date,
								},
								...(meeting.place ? [{ label: m.council_planning_save_where(), value: meeting.place }] : []),
							],
						},
						...(given.note ? [{ kind: 'paragraph' as const, text: given.note }] : []),
						{ kind: 'paragraph', text: m.council_planning_no_invitation() },
					],
					calendar: { method: 'REQUEST', content: calendarMessage('REQUEST', event, tx.body.timeZone) },
				};
			});
			if (mailId) count++;
			await tx.db
				.insertInto('council.save_the_date_recipient')
				.values({
					id: newId(),
					save_the_date_id: id,
					person_id: to.personId,
					name: to.name,
					email: to.email,
					mail_id: mailId,
				})
				.execute();
		}
		tx.touch('council.saveTheDate', id, { act: 'sent', fields: { meeting: meeting.id, count } });
		return count;
	});
}
