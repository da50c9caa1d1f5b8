import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { endHolding, endMembership, setPost, type EndReason, type MembershipPost } from '#server/registry';
import { askGroup } from './ask-group.server.ts';
import { endPost, lockBody, rememberPosts } from './posts.server.ts';
import { profileFor } from './profiles.server.ts';
import { decideDeparture } from './rules/membership.ts';
import type { NewDeparture } from './schema.ts';
import { proposeNext, withdrawProposal } from './successions.server.ts';
import { termFactsOn } from './term-facts.server.ts';

const { compare } = Temporal.PlainDate;

interface Before {
	until: string | null;
	reason: EndReason | null;
	post: MembershipPost | null;
	fillings: { id: string; until: string | null }[];
	posts: { id: string; until: string | null; holding: string | null }[];
}

/**
 * Somebody leaves, or loses what the seat was given for. The profile of the day decides whether the membership ends (rulebook R1-16);
 * the finding is stored. Where it ends, the seat is vacant from that day: for a delegate the group is asked, for a resident the first
 * successor is proposed. Nobody moves up by itself.
 * @returns id @throws RuleViolation `council.alreadyLeft`, `council.beforeBegin`; NotFound
 */
export async function recordDeparture(
	ctx: Ctx,
	councilBodyId: string,
	given: NewDeparture,
	origin: string,
): Promise<string> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const on = Temporal.PlainDate.from(given.on);
	return write(ctx, async (tx) => {
		await lockBody(tx, councilBodyId);
		const membership = await runningMembership(tx, councilBodyId, given);
		const facts = await termFactsOn(tx, councilBodyId, on);
		const profile = await profileFor(tx, councilBodyId, on);
		const computed = decideDeparture(profile, { ...facts, reason: given.reason, on: given.on });
		const findingId = newId();
		await tx.db
			.insertInto('council.membership_finding')
			.values({
				id: findingId,
				council_body_id: councilBodyId,
				membership_id: membership.id,
				occasion: 'departure',
				day: on,
				computed: JSON.stringify(computed),
			})
			.execute();
		const { outcome } = computed;
		const before = await stateBefore(tx, councilBodyId, membership, on);
		const seat = await seatOn(tx, membership.id, on);
		if (outcome === 'ends') await endAll(tx, councilBodyId, membership.id, on, given.reason);
		const id = newId();
		await tx.db
			.insertInto('council.departure')
			.values({
				id,
				council_body_id: councilBodyId,
				membership_id: membership.id,
				seat_id: seat?.id ?? null,
				reason: given.reason,
				on_date: on,
				outcome,
				finding_id: findingId,
				before: JSON.stringify(before),
			})
			.execute();
		tx.touch('council.councilBody', councilBodyId, { act: 'departed', fields: { on: given.on, outcome } });
		const mayReplace = profile?.rules.membership.groupLeft === 'groupMayReplace' && given.reason === 'leftGroup';
		if (seat?.organisation_id && (outcome === 'ends' || mayReplace)) await askGroup(tx, id, origin);
		if (seat?.successors === 'rankedList' && outcome === 'ends')
			await proposeNext(tx, { councilBodyId, seatId: seat.id, from: on });
		return id;
	});
}

async function runningMembership(tx: WriteCtx, councilBodyId: string, given: NewDeparture) {
	const membership = await tx.db
		.selectFrom('registry.membership')
		.select(['id', 'from_date', 'until_date', 'end_reason', 'post'])
		.where('id', '=', given.membership)
		.where('organisation_id', '=', councilBodyId)
		.forUpdate()
		.executeTakeFirst();
	if (!membership?.from_date) throw new NotFound('membership');
	const on = Temporal.PlainDate.from(given.on);
	if (membership.until_date && compare(membership.until_date, on) <= 0)
		throw new RuleViolation('council.alreadyLeft', {}, 'membership');
	if (compare(on, membership.from_date) <= 0)
		throw new RuleViolation('council.beforeBegin', { from: membership.from_date.toString() }, 'on');
	const there = await tx.db
		.selectFrom('council.departure')
		.select('id')
		.where('membership_id', '=', membership.id)
		.where('taken_back_at', 'is', null)
		.where((eb) => eb.or([eb('reason', '=', given.reason), eb('outcome', '=', 'ends')]))
		.executeTakeFirst();
	if (there) throw new RuleViolation('council.alreadyLeft', {}, 'membership');
	return membership;
}

async function stateBefore(
	tx: WriteCtx,
	councilBodyId: string,
	membership: { id: string; until_date: Temporal.PlainDate | null; end_reason: string | null; post: string | null },
	on: Temporal.PlainDate,
): Promise<Before> {
	await rememberPosts(tx, councilBodyId);
	const running = <T extends { until_date: Temporal.PlainDate | null }>(rows: T[]) =>
		rows.filter(({ until_date: until }) => !until || compare(until, on) > 0);
	const fillings = await tx.db
		.selectFrom('council.seat_filling')
		.select(['id', 'until_date'])
		.where('membership_id', '=', membership.id)
		.execute();
	const posts = await tx.db
		.selectFrom('council.post_holding')
		.select(['id', 'until_date', 'office_holding_id'])
		.where('membership_id', '=', membership.id)
		.execute();
	return {
		until: membership.until_date?.toString() ?? null,
		reason: membership.end_reason as EndReason | null,
		post: membership.post as MembershipPost | null,
		fillings: running(fillings).map(({ id, until_date }) => ({ id, until: until_date?.toString() ?? null })),
		posts: running(posts).map(({ id, until_date, office_holding_id }) => ({
			id,
			until: until_date?.toString() ?? null,
			holding: office_holding_id,
		})),
	};
}

async function seatOn(tx: WriteCtx, membershipId: string, on: Temporal.PlainDate) {
	return tx.db
		.selectFrom('council.seat_filling as f')
		.innerJoin('council.seat as s', 's.id', 'f.seat_id')
		.select(['s.id', 's.organisation_id', 's.successors'])
		.where('f.membership_id', '=', membershipId)
		.where((eb) => eb.or([eb('f.until_date', 'is', null), eb('f.until_date', '>=', on)]))
		.orderBy('f.from_date', 'desc')
		.executeTakeFirst();
}

/** Post, commissioner's office, seat and membership end together. */
async function endAll(
	tx: WriteCtx,
	councilBodyId: string,
	membershipId: string,
	on: Temporal.PlainDate,
	reason: EndReason,
): Promise<void> {
	await endPost(tx, { councilBodyId, membershipId, on });
	const fillings = await tx.db
		.selectFrom('council.seat_filling')
		.select(['id', 'from_date'])
		.where('membership_id', '=', membershipId)
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', on)]))
		.execute();
	for (const { id, from_date: from } of fillings) {
		const rows = tx.db.updateTable('council.seat_filling').where('id', '=', id);
		if (compare(on, from) > 0) await rows.set({ until_date: on }).execute();
		else await tx.db.deleteFrom('council.seat_filling').where('id', '=', id).execute();
	}
	await endMembership(tx, membershipId, { until: on, reason });
}

/**
 * Takes a departure back: everything is as it was, as long as nobody took the seat over.
 * @throws RuleViolation `council.vacancyFilled`; NotFound
 */
export async function takeBackDeparture(ctx: Ctx, councilBodyId: string, id: string): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, async (tx) => {
		await lockBody(tx, councilBodyId);
		const departure = await tx.db
			.selectFrom('council.departure')
			.selectAll()
			.where('id', '=', id)
			.where('council_body_id', '=', councilBodyId)
			.where('taken_back_at', 'is', null)
			.executeTakeFirst();
		if (!departure) throw new NotFound('departure');
		if (departure.settled_by_id) throw new RuleViolation('council.vacancyFilled', {}, 'id');
		await tx.db.updateTable('council.departure').set({ taken_back_at: tx.now }).where('id', '=', id).execute();
		tx.touch('council.councilBody', councilBodyId, { act: 'departureTakenBack' });
		if (departure.outcome !== 'ends') return;
		if (departure.seat_id) await withdrawProposal(tx, departure.seat_id);
		await restore(tx, departure.membership_id, departure.before as unknown as Before);
	});
}

async function restore(tx: WriteCtx, membershipId: string, before: Before): Promise<void> {
	const day = (text: string | null) => (text ? Temporal.PlainDate.from(text) : null);
	await endMembership(tx, membershipId, { until: day(before.until), reason: before.reason });
	for (const { id, until } of before.fillings)
		await tx.db
			.updateTable('council.seat_filling')
			.set({ until_date: day(until) })
			.where('id', '=', id)
			.execute();
	for (const { id, until, holding } of before.posts) {
		await tx.db
			.updateTable('council.post_holding')
			.set({ until_date: day(until) })
			.where('id', '=', id)
			.execute();
		if (holding) await endHolding(tx, holding, day(until));
	}
	if (before.post) await setPost(tx, membershipId, before.post);
}
