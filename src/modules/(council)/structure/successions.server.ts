import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { endMembership } from '#server/registry';
import { lockBody } from './posts.server.ts';
import { profileFor } from './profiles.server.ts';
import { seatPerson } from './appointments.server.ts';

const { compare } = Temporal.PlainDate;

/**
 * Proposes the first of the ranked successors for a vacant seat; with an empty list the seat stays vacant (rulebook R1-06).
 * @returns whether somebody is proposed
 */
export async function proposeNext(
	tx: WriteCtx,
	{ councilBodyId, seatId, from }: { councilBodyId: string; seatId: string; from: Temporal.PlainDate },
): Promise<boolean> {
	const next = await tx.db
		.selectFrom('registry.membership as m')
		.select(['m.id', 'm.from_date'])
		.where('m.organisation_id', '=', councilBodyId)
		.where('m.kind', '=', 'successor')
		.where('m.from_date', '<=', from)
		.where((eb) => eb.or([eb('m.until_date', 'is', null), eb('m.until_date', '>', from)]))
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('council.succession as s')
						.select('s.id')
						.whereRef('s.successor_id', '=', 'm.id')
						.where('s.state', 'in', ['proposed', 'confirmed', 'refused']),
				),
			),
		)
		.orderBy('m.rank')
		.orderBy('m.id')
		.executeTakeFirst();
	if (!next) return false;
	await tx.db
		.insertInto('council.succession')
		.values({
			id: newId(),
			council_body_id: councilBodyId,
			seat_id: seatId,
			successor_id: next.id,
			from_date: from,
		})
		.execute();
	return true;
}

/** Nobody is proposed for this seat any more. */
export async function withdrawProposal(tx: WriteCtx, seatId: string): Promise<void> {
	await tx.db
		.updateTable('council.succession')
		.set({ state: 'withdrawn', decided_on: tx.today })
		.where('seat_id', '=', seatId)
		.where('state', '=', 'proposed')
		.execute();
}

/**
 * The successor moves up for good, and votes from that day on (rulebook R1-05, GRE-05).
 * @throws RuleViolation `council.successionOver` when it is decided already, `council.seatFilled`; NotFound
 */
export async function confirmSuccession(ctx: Ctx, councilBodyId: string, given: { id: string; on: string }) {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const on = Temporal.PlainDate.from(given.on);
	await write(ctx, async (tx) => {
		const succession = await proposed(tx, councilBodyId, given.id);
		if (compare(on, succession.from_date) < 0)
			throw new RuleViolation('council.beforeBegin', { from: succession.from_date.toString() }, 'on');
		const membershipId = await seatPerson(tx, {
			councilBodyId,
			seatId: succession.seat_id,
			personId: succession.person_id,
			from: on,
		});
		await leaveList(tx, succession, on);
		await decide(tx, given.id, { state: 'confirmed', decided_on: on, membership_id: membershipId });
		await keepFinding(tx, councilBodyId, membershipId, succession.rank, on);
	});
}

/** The successor declines: it stays on record, and the next in rank is proposed. @throws as {@link confirmSuccession} */
export async function refuseSuccession(ctx: Ctx, councilBodyId: string, id: string): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, async (tx) => {
		const succession = await proposed(tx, councilBodyId, id);
		await decide(tx, id, { state: 'refused', decided_on: tx.today, membership_id: null });
		const day = compare(tx.today, succession.from_date) > 0 ? tx.today : succession.from_date;
		await leaveList(tx, succession, day);
		await proposeNext(tx, { councilBodyId, seatId: succession.seat_id, from: succession.from_date });
		tx.touch('council.councilBody', councilBodyId, { act: 'successionRefused', fields: { rank: succession.rank } });
	});
}

async function proposed(tx: WriteCtx, councilBodyId: string, id: string) {
	await lockBody(tx, councilBodyId);
	const row = await tx.db
		.selectFrom('council.succession as s')
		.innerJoin('registry.membership as m', 'm.id', 's.successor_id')
		.select(['s.id', 's.state', 's.seat_id', 's.from_date', 's.successor_id', 'm.person_id', 'm.rank'])
		.select('m.from_date as listed_from')
		.where('s.id', '=', id)
		.where('s.council_body_id', '=', councilBodyId)
		.executeTakeFirst();
	if (!row) throw new NotFound('succession');
	if (row.state !== 'proposed') throw new RuleViolation('council.successionOver', {}, 'id');
	return row;
}

async function leaveList(
	tx: WriteCtx,
	{ successor_id: id, listed_from: from }: { successor_id: string; listed_from: Temporal.PlainDate | null },
	on: Temporal.PlainDate,
): Promise<void> {
	const until = from && compare(on, from) <= 0 ? from.add({ days: 1 }) : on;
	await endMembership(tx, id, { until, reason: 'other' });
}

async function decide(
	tx: WriteCtx,
	id: string,
	values: { state: 'confirmed' | 'refused'; decided_on: Temporal.PlainDate; membership_id: string | null },
): Promise<void> {
	await tx.db.updateTable('council.succession').set(values).where('id', '=', id).execute();
}

async function keepFinding(
	tx: WriteCtx,
	councilBodyId: string,
	membershipId: string,
	rank: number | null,
	on: Temporal.PlainDate,
): Promise<void> {
	const profile = await profileFor(tx, councilBodyId, on);
	const computed = {
		profileId: profile?.id ?? null,
		profileName: profile?.name ?? '',
		rule: profile?.rules.membership ?? null,
		citations: profile?.citations.filter(({ rule }) => rule === 'membership') ?? [],
		inputs: { rank, on: on.toString() },
		outcome: 'movesUp',
	};
	await tx.db
		.insertInto('council.membership_finding')
		.values({
			id: newId(),
			council_body_id: councilBodyId,
			membership_id: membershipId,
			occasion: 'succession',
			day: on,
			computed: JSON.stringify(computed),
		})
		.execute();
}
