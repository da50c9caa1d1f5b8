import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addMembership } from '#server/registry';
import { lockBody } from './posts.server.ts';
import type { Appointment, OtherMember } from './schema.ts';
import { fillingAfter, seatOf } from './seats.server.ts';
import { someone } from './someone.server.ts';

/** Who sits in a body: on its seats, and beside them. The seats themselves: `seats.server.ts`. */
const { compare } = Temporal.PlainDate;

/**
 * Appoints somebody to a vacant seat, in office from that day.
 * @throws RuleViolation `council.seatFilled`, `council.seatNotThere`, `council.alreadyMember`, `council.noPerson`; NotFound
 */
export async function appoint(ctx: Ctx, councilBodyId: string, given: Appointment): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const from = Temporal.PlainDate.from(given.from);
	await write(ctx, async (tx) => {
		await lockBody(tx, councilBodyId);
		const personId = await someone(tx, given, 'name');
		await seatPerson(tx, { councilBodyId, seatId: given.seat, personId, from });
	});
}

/** Somebody takes a seat for good; the caller holds the body's lock. @returns the membership @throws as {@link appoint} */
export async function seatPerson(
	tx: WriteCtx,
	given: { councilBodyId: string; seatId: string; personId: string; from: Temporal.PlainDate },
): Promise<string> {
	const { councilBodyId, seatId, personId, from } = given;
	const seat = await seatOf(tx, councilBodyId, seatId);
	if (compare(from, seat.from_date) < 0 || (seat.until_date && compare(from, seat.until_date) >= 0))
		throw new RuleViolation('council.seatNotThere', {}, 'from');
	if (await fillingAfter(tx, seatId, from))
		throw new RuleViolation('council.seatFilled', { number: seat.number }, 'name');
	await refuseSecond(tx, councilBodyId, personId, 'member', from, 'name');
	const membershipId = await addMembership(tx, {
		personId,
		organisationId: councilBodyId,
		kind: 'member',
		votingRight: seat.voting,
		onBehalfOfId: seat.organisation_id,
		from,
	});
	await fill(tx, { seatId, membershipId, from });
	await tx.db
		.updateTable('council.departure')
		.set({ settled_by_id: membershipId })
		.where('seat_id', '=', seatId)
		.where('settled_by_id', 'is', null)
		.where('taken_back_at', 'is', null)
		.execute();
	tx.touch('council.councilBody', councilBodyId, {
		act: 'seatFilled',
		fields: { number: seat.number, from: from.toString() },
	});
	return membershipId;
}

export async function fill(
	tx: WriteCtx,
	{ seatId, membershipId, from }: { seatId: string; membershipId: string; from: Temporal.PlainDate },
): Promise<void> {
	await tx.db
		.insertInto('council.seat_filling')
		.values({ id: newId(), seat_id: seatId, membership_id: membershipId, from_date: from })
		.execute();
}

/** Substitutes, ranked successors, advisory members, standing guests, and members of bodies without seats. */
export async function addOther(ctx: Ctx, councilBodyId: string, given: OtherMember): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const from = Temporal.PlainDate.from(given.from);
	await write(ctx, async (tx) => {
		await lockBody(tx, councilBodyId);
		const personId = await someone(tx, given, 'name');
		await refuseSecond(tx, councilBodyId, personId, given.kind, from, 'name');
		const rank = given.kind === 'successor' ? (given.rank ?? (await nextRank(tx, councilBodyId))) : null;
		await addMembership(tx, {
			personId,
			organisationId: councilBodyId,
			kind: given.kind,
			votingRight: given.kind === 'member',
			roleLabel: given.role,
			onBehalfOfId: given.organisation,
			rank,
			from,
		});
		tx.touch('council.councilBody', councilBodyId, { act: 'memberAdded', fields: { kind: given.kind } });
	});
}

/** Nobody sits twice in one body at a time; in different bodies and in turn they may. */
export async function refuseSecond(
	tx: WriteCtx,
	councilBodyId: string,
	personId: string,
	kind: OtherMember['kind'],
	from: Temporal.PlainDate,
	field: string,
): Promise<void> {
	const there = await tx.db
		.selectFrom('registry.membership')
		.select('id')
		.where('organisation_id', '=', councilBodyId)
		.where('person_id', '=', personId)
		.where('kind', '=', kind)
		.where('from_date', 'is not', null)
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', from)]))
		.executeTakeFirst();
	if (there) throw new RuleViolation('council.alreadyMember', {}, field);
}

async function nextRank(tx: WriteCtx, councilBodyId: string): Promise<number> {
	const { last } = await tx.db
		.selectFrom('registry.membership')
		.select((eb) => eb.fn.max('rank').as('last'))
		.where('organisation_id', '=', councilBodyId)
		.where('kind', '=', 'successor')
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', tx.today)]))
		.executeTakeFirstOrThrow();
	return Number(last ?? 0) + 1;
}
