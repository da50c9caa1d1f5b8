import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { isMailAddress, queueMail } from '#kernel/mail/queue.ts';
import { write } from '#kernel/write.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { Purpose, SendOrder } from './invite.server.ts';
import { calendarOf, letterFor, localeOf, mailOf, type LetterReader } from './letter.server.ts';
import { letterPdf } from './letter-pdf.server.ts';
import { letterSession } from './letter-session.server.ts';
import { answerToken, originOf } from './links.server.ts';
import { dueReminders } from './rules/items.ts';

interface Addressee extends LetterReader {
	id: string;
	personId: string | null;
	answer: string;
}

/**
 * Sends what was ordered to everybody who has not got it: each mail in a write of its own, noted with it, so that a run
 * that was broken off goes on where it stood and nobody gets the same mail twice.
 */
export async function sendLetters(ctx: Ctx, payload: unknown): Promise<void> {
	const order = payload as SendOrder;
	const waiting = await waitingFor(ctx, order);
	if (!waiting.length) return;
	const session = await letterSession(ctx, order.meetingId);
	// Ordered before the session was called off: only the cancellation goes out.
	if (session.cancelled && order.purpose !== 'cancellation') return;
	for (const addressee of waiting) {
		const answerUrl = `${order.origin}${inLocale(`/antwort/${answerToken(addressee.id)}`, localeOf(addressee))}`;
		const given = {
			session,
			reader: { ...addressee, answerUrl },
			purpose: order.purpose,
			origin: order.origin,
			timeZone: ctx.body.timeZone,
		};
		const reachable = isMailAddress(addressee.email);
		const withPdf = reachable && order.purpose !== 'cancellation' && order.purpose !== 'reminder';
		const pdf = withPdf ? await letterPdf(given, ctx) : null;
		await write(ctx, async (tx) => {
			const id = newId();
			const { rows } = await sql<{ id: string }>`insert into council.invitation_mail
				(body_id, id, meeting_id, invitation_id, purpose, key, at)
				values (${tx.body.id}, ${id}, ${order.meetingId}, ${addressee.id}, ${order.purpose}, ${order.key}, ${tx.now})
				on conflict do nothing returning id`.execute(tx.db);
			if (!rows.length || !reachable) return;
			const letter = letterFor(given);
			const calendar = calendarOf(given, tx);
			const mailId = await queueMail(tx, {
				to: { name: addressee.name, address: addressee.email },
				locale: letter.locale,
				...mailOf(letter),
				...(addressee.personId ? { personId: addressee.personId } : {}),
				...(tx.body.settings.contact ? { replyTo: tx.body.settings.contact.email } : {}),
				...(calendar && order.purpose !== 'reminder' ? { calendar } : {}),
				attachments: pdf ? [{ name: `einladung-${session.date}.pdf`, mediaType: 'application/pdf', content: pdf }] : [],
			});
			await tx.db.updateTable('council.invitation_mail').set({ mail_id: mailId }).where('id', '=', id).execute();
		});
	}
}

/** Whom an order still concerns. Reminders leave out who said no; a cancellation goes to all who ever got an invitation. */
async function waitingFor(ctx: Ctx, { meetingId, purpose, key, invitationId }: SendOrder): Promise<Addressee[]> {
	const { rows } =
		await sql<Addressee>`select v.id, v.person_id as "personId", v.name, v.email, v.locale, v.role, v.function,
		v.answer, coalesce(s.name, '') as "substituteFor", '' as "answerUrl"
		from council.invitation v left join council.invitation s on s.body_id = v.body_id and s.id = v.substitute_for_id
		where v.body_id = ${ctx.body.id} and v.meeting_id = ${meetingId}
		${invitationId ? sql`and v.id = ${invitationId} and (not v.withdrawn or ${purpose} = 'cancellation')` : sql`and not v.withdrawn`}
		${restrictionOf(purpose)}
		and not exists (select from council.invitation_mail l where l.body_id = v.body_id and l.invitation_id = v.id
			and l.purpose = ${purpose} and l.key = ${key})
		order by v.voting desc, v.name`.execute(ctx.db);
	return rows;
}

function restrictionOf(purpose: Purpose) {
	// Substitutes are asked by a mail of their own.
	if (purpose === 'invitation') return sql`and v.role <> 'substitute'`;
	if (purpose === 'reminder') return sql`and v.answer not in ('no', 'substitute')`;
	if (purpose === 'cancellation' || purpose === 'update')
		return sql`and exists (select from council.invitation_mail g where g.body_id = v.body_id and g.invitation_id = v.id)`;
	return sql``;
}

/** Every morning: orders the reminders whose day has come. What was missed is made up for once, by the latest one alone. */
export async function orderReminders(ctx: Ctx, payload: unknown): Promise<void> {
	const origin = (payload as { origin?: string } | null)?.origin ?? originOf(ctx);
	const { rows } = await sql<{ id: string; date: Temporal.PlainDate; invitedOn: Temporal.PlainDate; days: number[] }>`
		select m.id, m.date, m.invited_on as "invitedOn", c.reminder_days as days from council.meeting m
		join council.convening c on c.body_id = m.body_id and c.meeting_id = m.id
		where m.body_id = ${ctx.body.id} and m.state = 'invited' and not m.cancelled and m.invited_on is not null
		and m.date >= ${ctx.today}::date`.execute(ctx.db);
	for (const { id, date, invitedOn, days } of rows) {
		const due = dueReminders(days, date, invitedOn, ctx.today);
		if (due.length)
			await sendLetters(ctx, { meetingId: id, purpose: 'reminder', key: `day-${Math.min(...due)}`, origin });
	}
}
