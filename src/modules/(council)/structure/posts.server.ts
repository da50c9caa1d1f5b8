import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { setPost, type MembershipPost } from '#server/registry';
import { closeCommissioner, openCommissioner } from './commissioner.server.ts';
import { profileFor } from './profiles.server.ts';
import { votingMembers } from './voting.server.ts';

const { compare } = Temporal.PlainDate;

export interface ElectedChair {
	councilBodyId: string;
	personId: string;
	/** Persons, the first deputy first; left out: the deputies stay as they are. */
	deputies?: readonly string[];
	/** Day of the acceptance; the first day in the post. */
	on: Temporal.PlainDate;
}

/**
 * Enters an accepted election: the chair, perhaps the deputies, from that day to the end of their memberships; who held
 * the posts before holds them no longer. While the profile of the day says so, the same person becomes commissioner for the same
 * time (rulebook R1-10). Doing it twice changes nothing.
 * @throws RuleViolation `council.notEligible` when somebody is no voting member on that day (R1-09)
 */
export async function electedChair(tx: WriteCtx, given: ElectedChair): Promise<void> {
	demand(tx.actor, 'council.structure', given.councilBodyId);
	const { councilBodyId, personId, deputies, on } = given;
	await lockBody(tx, councilBodyId);
	const members = await votingMembers(tx, councilBodyId, on);
	const membershipOf = (id: string, field: string) => {
		const member = members.find((one) => one.personId === id);
		if (!member) throw new RuleViolation('council.notEligible', {}, field);
		return member.membershipId;
	};
	const chair = membershipOf(personId, 'chair');
	const others = deputies?.filter((id) => id !== personId).map((id) => membershipOf(id, 'deputies'));
	await holdAlone(tx, { councilBodyId, post: 'chair', memberships: [chair], on });
	// Somebody who was deputy until now can't be their own deputy.
	const standing = (await holdingsOn(tx, councilBodyId, 'deputyChair', on)).map((row) => row.membership_id);
	await holdAlone(tx, {
		councilBodyId,
		post: 'deputyChair',
		memberships: others ?? standing.filter((id) => id !== chair),
		on,
	});
	const profile = await profileFor(tx, councilBodyId, on);
	if (profile?.rules.chairIsCommissioner) await openCommissioner(tx, { councilBodyId, membershipId: chair, on });
	tx.touch('council.councilBody', councilBodyId, { act: 'chairElected', fields: { on: on.toString() } });
}

/**
 * Ends a post with a day (the first that no longer counts); the membership goes on. With the chair ends the commissioner's
 * office that came with it. Nothing happens if the post is not held then.
 */
export async function endPost(
	tx: WriteCtx,
	given: { councilBodyId: string; membershipId: string; post?: MembershipPost; on: Temporal.PlainDate },
): Promise<void> {
	demand(tx.actor, 'council.structure', given.councilBodyId);
	const { councilBodyId, membershipId, on } = given;
	await rememberPosts(tx, councilBodyId);
	let query = tx.db
		.selectFrom('council.post_holding')
		.select(['id', 'post', 'from_date', 'office_holding_id'])
		.where('membership_id', '=', membershipId)
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', on)]))
		.forUpdate();
	if (given.post) query = query.where('post', '=', given.post);
	const held = await query.execute();
	for (const holding of held) await endHeld(tx, holding, on);
	if (!held.length) return;
	await showPost(tx, membershipId);
	tx.touch('council.councilBody', councilBodyId, { act: 'postEnded', fields: { on: on.toString() } });
}

/** Gives a post to exactly these memberships from a day on; their order is their rank. */
export async function holdAlone(
	tx: WriteCtx,
	given: {
		councilBodyId: string;
		post: MembershipPost;
		memberships: readonly string[];
		on: Temporal.PlainDate;
	},
): Promise<void> {
	const { councilBodyId, post, memberships, on } = given;
	await rememberPosts(tx, councilBodyId);
	const held = await holdingsOn(tx, councilBodyId, post, on);
	for (const holding of held.filter((row) => !memberships.includes(row.membership_id))) {
		await endHeld(tx, holding, on);
		await showPost(tx, holding.membership_id);
	}
	for (const [index, id] of memberships.entries()) {
		const kept = held.find((row) => row.membership_id === id);
		const rank = index + 1;
		if (kept) await tx.db.updateTable('council.post_holding').set({ rank }).where('id', '=', kept.id).execute();
		else await hold(tx, { councilBodyId, membershipId: id, post, rank, on });
		await showPost(tx, id);
	}
}

async function hold(
	tx: WriteCtx,
	given: { councilBodyId: string; membershipId: string; post: MembershipPost; rank: number; on: Temporal.PlainDate },
): Promise<void> {
	const membership = await tx.db
		.selectFrom('registry.membership')
		.select('until_date')
		.where('id', '=', given.membershipId)
		.executeTakeFirstOrThrow();
	await tx.db
		.insertInto('council.post_holding')
		.values({
			id: newId(),
			council_body_id: given.councilBodyId,
			membership_id: given.membershipId,
			post: given.post,
			rank: given.rank,
			from_date: given.on,
			until_date: membership.until_date,
		})
		.execute();
}

/** Ends a holding; one that would end on its first day never was. */
async function endHeld(
	tx: WriteCtx,
	{ id, from_date, office_holding_id }: { id: string; from_date: Temporal.PlainDate; office_holding_id: string | null },
	on: Temporal.PlainDate,
): Promise<void> {
	if (office_holding_id) await closeCommissioner(tx, office_holding_id, on);
	if (compare(on, from_date) <= 0) await tx.db.deleteFrom('council.post_holding').where('id', '=', id).execute();
	else await tx.db.updateTable('council.post_holding').set({ until_date: on }).where('id', '=', id).execute();
}

async function holdingsOn(tx: WriteCtx, councilBodyId: string, post: MembershipPost, on: Temporal.PlainDate) {
	return tx.db
		.selectFrom('council.post_holding')
		.select(['id', 'membership_id', 'from_date', 'office_holding_id'])
		.where('council_body_id', '=', councilBodyId)
		.where('post', '=', post)
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', on)]))
		.orderBy('rank')
		.forUpdate()
		.execute();
}

/** The membership shows the post it has last: the most important one that has no end yet, or ends with the membership. */
async function showPost(tx: WriteCtx, membershipId: string): Promise<void> {
	const order: MembershipPost[] = ['chair', 'deputyChair', 'board', 'managingOffice', 'speaker'];
	const membership = await tx.db
		.selectFrom('registry.membership')
		.select(['post', 'until_date'])
		.where('id', '=', membershipId)
		.executeTakeFirstOrThrow();
	const rows = await tx.db
		.selectFrom('council.post_holding')
		.select(['post', 'until_date'])
		.where('membership_id', '=', membershipId)
		.execute();
	const open = rows.filter(
		({ until_date: until }) => !until || (membership.until_date && compare(until, membership.until_date) >= 0),
	);
	const post = order.find((one) => open.some((row) => row.post === one)) ?? null;
	if (post !== membership.post) await setPost(tx, membershipId, post);
}

/** Posts of memberships that were entered without a history get one, from the first day of the membership. */
export async function rememberPosts(tx: WriteCtx, councilBodyId: string): Promise<void> {
	const rows = await tx.db
		.selectFrom('registry.membership as m')
		.leftJoin('council.post_holding as h', (join) => join.onRef('h.membership_id', '=', 'm.id'))
		.select(['m.id', 'm.post', 'm.from_date', 'm.until_date'])
		.where('m.organisation_id', '=', councilBodyId)
		.where('m.post', 'is not', null)
		.where('m.from_date', 'is not', null)
		.where('h.id', 'is', null)
		.execute();
	for (const row of rows)
		await tx.db
			.insertInto('council.post_holding')
			.values({
				id: newId(),
				council_body_id: councilBodyId,
				membership_id: row.id,
				post: row.post!,
				from_date: row.from_date!,
				until_date: row.until_date,
			})
			.execute();
}

/** Whoever changes who sits in a body waits for the one who does it already. */
export async function lockBody(tx: WriteCtx, councilBodyId: string): Promise<void> {
	await tx.db
		.selectFrom('council.council_body')
		.select('id')
		.where('id', '=', councilBodyId)
		.forUpdate()
		.executeTakeFirstOrThrow();
}
