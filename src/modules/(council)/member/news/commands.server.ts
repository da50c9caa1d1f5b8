import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { linkToken } from '../../planning/links.server.ts';
import { sendConfirmation } from './letters.server.ts';
import { newsBodies } from './queries.server.ts';
import type { Subscribe, SubscriptionChoice } from './schema.ts';
import { chosenFurther, forgetFurther, orderFurther } from './sources.server.ts';

/** Days after which an address that nobody confirmed is deleted. */
export const CONFIRM_DAYS = 7;
/** Minutes before the same address gets another letter of confirmation. */
const AGAIN_MINUTES = 10;
/** Letters in a row that came back, after which the address is deleted. */
const BOUNCES = 3;

/**
 * Takes an order for news: nothing is sent but one letter, whose button confirms it (double opt-in). The answer is the same
 * whether the address was known or not. Open to everybody.
 * @throws RuleViolation `newsBodies` when nothing of what was chosen is public
 */
export async function subscribe(ctx: Ctx, { email, bodies, further }: Subscribe, origin: string): Promise<void> {
	await write(ctx, async (tx) => {
		const chosen = (await newsBodies(tx)).filter(({ id }) => bodies.includes(id));
		const more = await chosenFurther(tx, further);
		if (!chosen.length && !more.length) throw new RuleViolation('newsBodies', {}, 'bodies');
		const subscriber = await keepSubscriber(tx, email);
		for (const { id } of chosen) {
			await tx.db
				.insertInto('council.subscription')
				.values({ subscriber_id: subscriber.id, council_body_id: id })
				.onConflict((conflict) => conflict.columns(['body_id', 'subscriber_id', 'council_body_id']).doNothing())
				.execute();
		}
		await orderFurther(tx, subscriber.id, more, false);
		if (!subscriber.mayMail) return;
		const token = linkToken('news', subscriber.id);
		await sendConfirmation(tx, { email, token, origin, ordered: [...chosen, ...more].map(({ name }) => name) });
	});
}

/** The row of an address; a letter may go out if the last one is some minutes old. */
async function keepSubscriber(tx: WriteCtx, email: string): Promise<{ id: string; mayMail: boolean }> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.body.id} subscriber ${email.toLowerCase()}`}, 0))`.execute(
		tx.db,
	);
	const { rows } = await sql<{ id: string; mailedAt: Temporal.Instant }>`
		select id, mailed_at as "mailedAt" from council.subscriber
		where body_id = ${tx.body.id} and lower(email) = lower(${email}) for update`.execute(tx.db);
	const [known] = rows;
	if (known) {
		const mayMail = Temporal.Instant.compare(known.mailedAt.add({ minutes: AGAIN_MINUTES }), tx.now) <= 0;
		const set = { asked_at: tx.now, ...(mayMail && { mailed_at: tx.now }) };
		await tx.db.updateTable('council.subscriber').set(set).where('id', '=', known.id).execute();
		return { id: known.id, mayMail };
	}
	const id = newId();
	await tx.db
		.insertInto('council.subscriber')
		.values({
			id,
			email,
			locale: tx.locale,
			token_hash: hashToken(linkToken('news', id)),
			asked_at: tx.now,
			mailed_at: tx.now,
		})
		.execute();
	return { id, mayMail: true };
}

/** Confirms what was ordered, in the language of the page with the button. @throws NotFound for a link that ended */
export async function confirmSubscription(ctx: Ctx, token: string): Promise<void> {
	await ofToken(ctx, token, async (tx, id, confirmed) => {
		const set = { confirmed_at: tx.now, locale: tx.locale };
		if (!confirmed) await tx.db.updateTable('council.subscriber').set(set).where('id', '=', id).execute();
		for (const table of ['council.subscription', 'council.subscription_further'] as const)
			await tx.db.updateTable(table).set({ confirmed: true }).where('subscriber_id', '=', id).execute();
	});
}

/** Other choices, another language. @throws NotFound; RuleViolation `newsBodies` */
export async function changeSubscription(ctx: Ctx, token: string, choice: SubscriptionChoice): Promise<void> {
	await ofToken(ctx, token, async (tx, id, confirmed) => {
		const chosen = (await newsBodies(tx)).filter((body) => choice.bodies.includes(body.id)).map((body) => body.id);
		const more = await chosenFurther(tx, choice.further);
		if (!chosen.length && !more.length) throw new RuleViolation('newsBodies', {}, 'bodies');
		const set = { locale: choice.locale, ...(!confirmed && { confirmed_at: tx.now }) };
		await tx.db.updateTable('council.subscriber').set(set).where('id', '=', id).execute();
		await sql`delete from council.subscription where body_id = ${tx.body.id} and subscriber_id = ${id}
			and council_body_id <> all (${chosen}::uuid[])`.execute(tx.db);
		await sql`delete from council.subscription_further where body_id = ${tx.body.id} and subscriber_id = ${id}
			and source || ':' || choice_id <> all (${more.map(({ value }) => value)}::text[])`.execute(tx.db);
		await orderFurther(tx, id, more, true);
		for (const councilBodyId of chosen) {
			await tx.db
				.insertInto('council.subscription')
				.values({ subscriber_id: id, council_body_id: councilBodyId, confirmed: true })
				.onConflict((conflict) =>
					conflict.columns(['body_id', 'subscriber_id', 'council_body_id']).doUpdateSet({ confirmed: true }),
				)
				.execute();
		}
	});
}

/** Ends it at once and deletes the address; ending what has ended is no fault. */
export async function endSubscription(ctx: Ctx, token: string): Promise<void> {
	await write(ctx, async (tx) => {
		await tx.db.deleteFrom('council.subscriber').where('token_hash', '=', hashToken(token)).execute();
	});
}

async function ofToken(
	ctx: Ctx,
	token: string,
	work: (tx: WriteCtx, id: string, confirmed: boolean) => Promise<void>,
): Promise<void> {
	await write(ctx, async (tx) => {
		const row = await tx.db
			.selectFrom('council.subscriber')
			.select(['id', 'confirmed_at'])
			.where('token_hash', '=', hashToken(token))
			.forUpdate()
			.executeTakeFirst();
		if (!row) throw new NotFound('subscription');
		await work(tx, row.id, row.confirmed_at !== null);
	});
}

/**
 * Every night: deletes addresses that nobody confirmed in time, those whose last letters all came back, and what was told
 * a month ago.
 */
export async function forgetSubscribers(ctx: Ctx): Promise<void> {
	await write(ctx, async (tx) => {
		await sql`delete from council.subscriber where body_id = ${tx.body.id} and confirmed_at is null
			and asked_at < ${tx.now.subtract({ hours: 24 * CONFIRM_DAYS })}`.execute(tx.db);
		for (const table of ['subscription', 'subscription_further'])
			await sql`delete from council.${sql.raw(table)} n using council.subscriber s where n.body_id = ${tx.body.id}
				and not n.confirmed and s.body_id = n.body_id and s.id = n.subscriber_id
				and s.asked_at < ${tx.now.subtract({ hours: 24 * CONFIRM_DAYS })}`.execute(tx.db);
		await sql`delete from council.subscriber s where s.body_id = ${tx.body.id} and ${BOUNCES} = (select count(*) filter (where l.state = 'bounced')
			from (select state from kernel.mail k where k.body_id = s.body_id and lower(k.to_address) = lower(s.email)
				order by k.id desc limit ${BOUNCES}) l)`.execute(tx.db);
		await forgetFurther(tx);
		for (const table of ['news', 'news_further', 'news_letter'])
			await sql`delete from council.${sql.raw(table)} where body_id = ${tx.body.id}
				and at < ${tx.now.subtract({ hours: 24 * 30 })}`.execute(tx.db);
	});
}
