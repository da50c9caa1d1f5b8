import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '../ctx.ts';
import { NotFound } from '../errors.ts';
import type { Locale } from '../i18n/locales.ts';
import { newId } from '../ids.ts';
import { runtime } from '../runtime.ts';

export type MailState = 'queued' | 'sent' | 'kept' | 'bounced' | 'failed';

export interface OutboxMail {
	id: string;
	queuedAt: Temporal.Instant;
	sentAt: Temporal.Instant | null;
	toAddress: string;
	toName: string;
	locale: Locale;
	subject: string;
	text: string;
	/** The inside of the body, as queued. Show it in a sandboxed frame. */
	html: string;
	replyTo: string | null;
	unsubscribeUrl: string | null;
	calendarMethod: 'REQUEST' | 'CANCEL' | 'PUBLISH' | null;
	calendar: string | null;
	state: MailState;
	messageId: string;
	attachments: { name: string; mediaType: string; size: number }[];
}

const COLUMNS = sql`m.id, m.queued_at as "queuedAt", m.sent_at as "sentAt", m.to_address as "toAddress", m.to_name as "toName",
	m.locale, m.subject, m.text, m.html, m.reply_to as "replyTo", m.unsubscribe_url as "unsubscribeUrl",
	m.calendar_method as "calendarMethod", m.calendar, m.state, m.message_id as "messageId",
	coalesce((select json_agg(json_build_object('name', a.name, 'mediaType', a.media_type, 'size', length(a.content)) order by a.position)
		from kernel.mail_attachment a where a.body_id = m.body_id and a.mail_id = m.id), '[]') as attachments`;

/**
 * The newest mails with their whole text, for the page /_post of demonstration and development.
 * @throws NotFound in production, where mails are nobody's but their readers'
 */
export async function sentMail(ctx: Ctx, filter: { to?: string; limit?: number } = {}): Promise<OutboxMail[]> {
	if (runtime().config.mode === 'production') throw new NotFound();
	const { rows } = await sql<OutboxMail>`
		select ${COLUMNS} from kernel.mail m
		where m.body_id = ${ctx.body.id} ${filter.to ? sql`and lower(m.to_address) = lower(${filter.to})` : sql``}
		order by m.queued_at desc, m.id desc limit ${filter.limit ?? 100}`.execute(ctx.db);
	return rows;
}

export async function readMail(ctx: Pick<Ctx, 'db' | 'body'>, id: string): Promise<OutboxMail | undefined> {
	const { rows } =
		await sql<OutboxMail>`select ${COLUMNS} from kernel.mail m where m.body_id = ${ctx.body.id} and m.id = ${id}`.execute(
			ctx.db,
		);
	return rows[0];
}

export async function readAttachments(
	ctx: Pick<Ctx, 'db' | 'body'>,
	id: string,
): Promise<{ name: string; mediaType: string; content: Buffer }[]> {
	const { rows } = await sql<{ name: string; mediaType: string; content: Buffer }>`
		select name, media_type as "mediaType", content from kernel.mail_attachment
		where body_id = ${ctx.body.id} and mail_id = ${id} order by position`.execute(ctx.db);
	return rows;
}

export type Outcome = 'sent' | 'deferred' | 'bounced' | 'failed';

/** Notes an attempt; `deferred` leaves the mail in the queue. */
export async function noteDelivery(tx: WriteCtx, id: string, outcome: Outcome, response: string): Promise<void> {
	await sql`insert into kernel.mail_delivery (body_id, id, mail_id, outcome, response)
		values (${tx.body.id}, ${newId()}, ${id}, ${outcome}, ${response.slice(0, 1000)})`.execute(tx.db);
	if (outcome !== 'deferred') await setState(tx, id, outcome);
}

export async function countTries(ctx: Pick<Ctx, 'db' | 'body'>, id: string): Promise<number> {
	const { rows } = await sql<{ tries: number }>`select count(*) as tries from kernel.mail_delivery
		where body_id = ${ctx.body.id} and mail_id = ${id}`.execute(ctx.db);
	return rows[0]!.tries;
}

export async function setState(tx: WriteCtx, id: string, state: MailState): Promise<void> {
	await sql`update kernel.mail set state = ${state}, sent_at = case when ${state}::text = 'sent' then now() else sent_at end
		where body_id = ${tx.body.id} and id = ${id}`.execute(tx.db);
}

/** A report came back that a mail was not delivered (its Message-ID stands in the report). @returns whether it was ours */
export async function markBounced(tx: WriteCtx, messageId: string, response: string): Promise<boolean> {
	const { rows } = await sql<{ id: string }>`select id from kernel.mail
		where body_id = ${tx.body.id} and message_id = ${messageId}`.execute(tx.db);
	if (rows[0]) await noteDelivery(tx, rows[0].id, 'bounced', response);
	return rows.length > 0;
}

export interface MailLogEntry {
	id: string;
	queuedAt: Temporal.Instant;
	toAddress: string;
	subject: string;
	state: MailState;
	deliveries: { at: string; outcome: Outcome; response: string }[];
}

/** Who was written to and what became of it, without the texts; for the administration. */
export async function mailLog(
	ctx: Ctx,
	filter: { state?: MailState; before?: string; limit?: number } = {},
): Promise<MailLogEntry[]> {
	const { rows } = await sql<MailLogEntry>`
		select m.id, m.queued_at as "queuedAt", m.to_address as "toAddress", m.subject, m.state,
			coalesce((select json_agg(json_build_object('at', d.at, 'outcome', d.outcome, 'response', d.response) order by d.at)
				from kernel.mail_delivery d where d.body_id = m.body_id and d.mail_id = m.id), '[]') as deliveries
		from kernel.mail m
		where m.body_id = ${ctx.body.id} ${filter.state ? sql`and m.state = ${filter.state}` : sql``}
			${filter.before ? sql`and m.id < ${filter.before}` : sql``}
		order by m.id desc limit ${Math.min(filter.limit ?? 50, 500)}`.execute(ctx.db);
	return rows;
}
