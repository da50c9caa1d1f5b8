import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { lockBody } from './posts.server.ts';
import type { NewSeats, SeatChange } from './schema.ts';

const { compare } = Temporal.PlainDate;

interface SeatRow {
	councilBodyId: string;
	number: number;
	kind: NewSeats['kind'];
	voting: boolean;
	organisation: string | null;
	substitutes: NewSeats['substitutes'];
	successors: NewSeats['successors'];
	from: Temporal.PlainDate;
	label?: string;
	appointedBy?: string;
	side?: NewSeats['side'];
	resolution?: string;
}

/** One seat as a row; the caller holds the body's lock. @returns id */
export async function insertSeat(tx: WriteCtx, seat: SeatRow): Promise<string> {
	const id = newId();
	await tx.db
		.insertInto('council.seat')
		.values({
			id,
			council_body_id: seat.councilBodyId,
			number: seat.number,
			kind: seat.kind,
			voting: seat.voting,
			organisation_id: seat.organisation,
			substitutes: seat.substitutes,
			successors: seat.successors,
			label: seat.label ?? '',
			appointed_by: seat.appointedBy ?? '',
			side: seat.side ?? null,
			resolution: seat.resolution ?? '',
			from_date: seat.from,
		})
		.execute();
	return id;
}

/** Adds seats of one kind behind those that are there. @returns how many */
export async function addSeats(ctx: Ctx, councilBodyId: string, given: NewSeats): Promise<number> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const from = Temporal.PlainDate.from(given.from);
	await write(ctx, async (tx) => {
		await lockBody(tx, councilBodyId);
		const { highest } = await tx.db
			.selectFrom('council.seat')
			.select((eb) => eb.fn.max('number').as('highest'))
			.where('council_body_id', '=', councilBodyId)
			.executeTakeFirstOrThrow();
		const first = Number(highest ?? 0) + 1;
		for (let i = 0; i < given.count; i++) await insertSeat(tx, { ...given, councilBodyId, number: first + i, from });
		tx.touch('council.councilBody', councilBodyId, {
			act: 'seatsAdded',
			fields: { kind: given.kind, count: given.count, from: given.from, resolution: given.resolution },
		});
	});
	return given.count;
}

/**
 * Changes a seat from a day on. What it was before stays as it was: the old one ends, one of the same number begins, and whoever
 * sits there goes on, unless the seat goes to another group. That needs a resolution of the council (rulebook R1-17).
 * @throws RuleViolation `council.resolutionMissing`, `council.seatFilled` when a filled seat would change hands; NotFound
 */
export async function changeSeat(ctx: Ctx, councilBodyId: string, given: SeatChange): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const from = Temporal.PlainDate.from(given.from);
	await write(ctx, async (tx) => {
		await lockBody(tx, councilBodyId);
		const seat = await seatOf(tx, councilBodyId, given.seat);
		const filling = await fillingAfter(tx, seat.id, from);
		const moves = seat.organisation_id !== null && seat.organisation_id !== given.organisation;
		if (moves && !given.resolution) throw new RuleViolation('council.resolutionMissing', {}, 'resolution');
		if (moves && filling) throw new RuleViolation('council.seatFilled', { number: seat.number }, 'organisation');
		if (compare(from, seat.from_date) <= 0) await overwrite(tx, seat.id, given);
		else {
			await tx.db.updateTable('council.seat').set({ until_date: from }).where('id', '=', seat.id).execute();
			const id = await insertSeat(tx, { ...given, councilBodyId, number: seat.number, from });
			if (filling) await moveFilling(tx, filling, id, from);
		}
		tx.touch('council.councilBody', councilBodyId, {
			act: 'seatChanged',
			fields: { number: seat.number, from: given.from, resolution: given.resolution },
		});
	});
}

async function overwrite(tx: WriteCtx, id: string, given: SeatChange): Promise<void> {
	await tx.db
		.updateTable('council.seat')
		.set({
			kind: given.kind,
			voting: given.voting,
			organisation_id: given.organisation,
			substitutes: given.substitutes,
			successors: given.successors,
			label: given.label,
			appointed_by: given.appointedBy,
			side: given.side,
			resolution: given.resolution,
		})
		.where('id', '=', id)
		.execute();
}

/** Ends a seat with a day. @throws RuleViolation `council.seatFilled`, `council.beforeBegin`; NotFound */
export async function endSeat(
	ctx: Ctx,
	councilBodyId: string,
	given: { seat: string; on: string; resolution: string },
): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const on = Temporal.PlainDate.from(given.on);
	await write(ctx, async (tx) => {
		await lockBody(tx, councilBodyId);
		const seat = await seatOf(tx, councilBodyId, given.seat);
		const field = 'on';
		if (await fillingAfter(tx, seat.id, on))
			throw new RuleViolation('council.seatFilled', { number: seat.number }, field);
		if (compare(on, seat.from_date) <= 0)
			throw new RuleViolation('council.beforeBegin', { from: seat.from_date.toString() }, field);
		await tx.db
			.updateTable('council.seat')
			.set({ until_date: on, resolution: given.resolution || seat.resolution })
			.where('id', '=', seat.id)
			.execute();
		tx.touch('council.councilBody', councilBodyId, { act: 'seatEnded', fields: { number: seat.number, on: given.on } });
	});
}

/** @throws NotFound */
export async function seatOf(tx: WriteCtx, councilBodyId: string, id: string) {
	const seat = await tx.db
		.selectFrom('council.seat')
		.selectAll()
		.where('id', '=', id)
		.where('council_body_id', '=', councilBodyId)
		.executeTakeFirst();
	if (!seat) throw new NotFound('seat');
	return seat;
}

/** Who sits there on a day or later. */
export async function fillingAfter(tx: WriteCtx, seatId: string, day: Temporal.PlainDate) {
	return tx.db
		.selectFrom('council.seat_filling')
		.selectAll()
		.where('seat_id', '=', seatId)
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', day)]))
		.orderBy('from_date')
		.executeTakeFirst();
}

async function moveFilling(
	tx: WriteCtx,
	filling: { id: string; membership_id: string; from_date: Temporal.PlainDate; until_date: Temporal.PlainDate | null },
	toSeat: string,
	from: Temporal.PlainDate,
): Promise<void> {
	const rows = tx.db.updateTable('council.seat_filling').where('id', '=', filling.id);
	if (compare(filling.from_date, from) >= 0) {
		await rows.set({ seat_id: toSeat }).execute();
		return;
	}
	await rows.set({ until_date: from }).execute();
	await tx.db
		.insertInto('council.seat_filling')
		.values({
			id: newId(),
			seat_id: toSeat,
			membership_id: filling.membership_id,
			from_date: from,
			until_date: filling.until_date,
		})
		.execute();
}
