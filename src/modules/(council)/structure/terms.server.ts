import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addMembership, removeDesignation } from '#server/registry';
import { PRESETS } from '../rules/presets.ts';
import { lockBody } from './posts.server.ts';
import type { Designation, NewSeats, NewTerm, SuccessorDesignation, TermFacts } from './schema.ts';
import { someone } from './someone.server.ts';

const dayOr = (text: string | null) => (text ? Temporal.PlainDate.from(text) : null);

/**
 * Prepares the next term: it has seats and appointments, but no first day until the body constitutes itself (rulebook R1-13).
 * @returns id @throws RuleViolation `council.termPrepared` when one is prepared already
 */
export async function prepareTerm(ctx: Ctx, councilBodyId: string, given: NewTerm): Promise<string> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	return write(ctx, async (tx) => {
		await lockBody(tx, councilBodyId);
		const there = await tx.db
			.selectFrom('council.term')
			.select('id')
			.where('council_body_id', '=', councilBodyId)
			.where('from_date', 'is', null)
			.executeTakeFirst();
		if (there) throw new RuleViolation('council.termPrepared', {}, 'name');
		const id = newId();
		await tx.db
			.insertInto('council.term')
			.values({ id, council_body_id: councilBodyId, ...factsOf(given) })
			.execute();
		await planSeats(tx, id, councilBodyId, given);
		tx.touch('council.councilBody', councilBodyId, {
			act: 'termPrepared',
			fields: { name: given.name, electedOn: given.electedOn },
		});
		return id;
	});
}

function factsOf(given: Pick<NewTerm, 'name' | 'electedOn' | 'councilFrom' | 'councilUntil'>) {
	const [from, until] = [dayOr(given.councilFrom), dayOr(given.councilUntil)];
	if (from && until && Temporal.PlainDate.compare(from, until) >= 0)
		throw new RuleViolation('council.termOrder', { from: from.toString() }, 'councilUntil');
	return {
		name: given.name,
		council_elected_on: dayOr(given.electedOn),
		council_term_from: from,
		council_term_until: until,
	};
}

/** Corrects name and days of a term. @throws NotFound, RuleViolation `council.termOrder` */
export async function changeTerm(ctx: Ctx, councilBodyId: string, given: TermFacts): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, async (tx) => {
		const changed = await tx.db
			.updateTable('council.term')
			.set(factsOf(given))
			.where('id', '=', given.id)
			.where('council_body_id', '=', councilBodyId)
			.returning('id')
			.executeTakeFirst();
		if (!changed) throw new NotFound('term');
		const { id: _, ...fields } = given;
		tx.touch('council.councilBody', councilBodyId, { act: 'termChanged', fields });
	});
}

async function planSeats(tx: WriteCtx, termId: string, councilBodyId: string, given: NewTerm): Promise<void> {
	if (given.seats === 'keep') {
		const seats = await tx.db
			.selectFrom('council.seat')
			.selectAll()
			.where('council_body_id', '=', councilBodyId)
			.where('from_date', '<=', tx.today)
			.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', tx.today)]))
			.execute();
		for (const { number, kind, voting, label, organisation_id, appointed_by, substitutes, successors } of seats)
			await tx.db
				.insertInto('council.term_seat')
				.values({
					id: newId(),
					term_id: termId,
					number,
					kind,
					voting,
					label,
					organisation_id,
					appointed_by,
					substitutes,
					successors,
				})
				.execute();
	}
	if (given.seats !== 'preset') return;
	let number = 0;
	for (const { count, ...seat } of PRESETS.find(({ key }) => key === given.preset)?.seats ?? [])
		for (let i = 0; i < count; i++) await insertPlanned(tx, termId, ++number, { ...seat, organisation: null });
}

async function insertPlanned(
	tx: WriteCtx,
	termId: string,
	number: number,
	seat: Pick<NewSeats, 'kind' | 'voting' | 'substitutes' | 'successors' | 'organisation'> &
		Partial<Pick<NewSeats, 'label' | 'appointedBy' | 'resolution'>>,
): Promise<void> {
	await tx.db
		.insertInto('council.term_seat')
		.values({
			id: newId(),
			term_id: termId,
			number,
			kind: seat.kind,
			voting: seat.voting,
			substitutes: seat.substitutes,
			successors: seat.successors,
			organisation_id: seat.organisation,
			label: seat.label ?? '',
			appointed_by: seat.appointedBy ?? '',
			resolution: seat.resolution ?? '',
		})
		.execute();
}

/** Further seats of the next term. @throws RuleViolation `council.termOver` when none is prepared */
export async function addPlannedSeats(ctx: Ctx, councilBodyId: string, given: Omit<NewSeats, 'from'>): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, async (tx) => {
		const termId = await preparedTerm(tx, councilBodyId);
		const { highest } = await tx.db
			.selectFrom('council.term_seat')
			.select((eb) => eb.fn.max('number').as('highest'))
			.where('term_id', '=', termId)
			.executeTakeFirstOrThrow();
		for (let i = 1; i <= given.count; i++) await insertPlanned(tx, termId, Number(highest ?? 0) + i, given);
		tx.touch('council.councilBody', councilBodyId, {
			act: 'termSeatsAdded',
			fields: { kind: given.kind, count: given.count },
		});
	});
}

/** Takes a planned seat off again; whoever was designated for it is designated no longer. @throws NotFound */
export async function dropPlannedSeat(ctx: Ctx, councilBodyId: string, seatId: string): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, async (tx) => {
		const termId = await preparedTerm(tx, councilBodyId);
		const gone = await tx.db
			.deleteFrom('council.term_seat')
			.where('id', '=', seatId)
			.where('term_id', '=', termId)
			.returning(['number', 'membership_id'])
			.executeTakeFirst();
		if (!gone) throw new NotFound('planned seat');
		if (gone.membership_id) await removeDesignation(tx, gone.membership_id);
		tx.touch('council.councilBody', councilBodyId, { act: 'termSeatDropped', fields: { number: gone.number } });
	});
}

/**
 * Appoints somebody for the next term: designated, not yet in office, counted nowhere (rulebook R1-14).
 * @throws RuleViolation `council.seatFilled`, `council.alreadyMember`, `council.noPerson`; NotFound
 */
export async function designate(ctx: Ctx, councilBodyId: string, given: Designation): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const field = 'name';
	await write(ctx, async (tx) => {
		const termId = await preparedTerm(tx, councilBodyId);
		const seat = await tx.db
			.selectFrom('council.term_seat')
			.selectAll()
			.where('id', '=', given.seat)
			.where('term_id', '=', termId)
			.executeTakeFirst();
		if (!seat) throw new NotFound('planned seat');
		if (seat.membership_id) throw new RuleViolation('council.seatFilled', { number: seat.number }, field);
		const personId = await someone(tx, given, field);
		const kind = seat.kind === 'advisory' ? ('advisory' as const) : ('member' as const);
		const appointed = await appointedAlready(tx, councilBodyId, personId, kind);
		if (!appointed) await refuseSecondDesignation(tx, councilBodyId, personId, field);
		const membershipId =
			appointed ??
			(await addMembership(tx, {
				personId,
				organisationId: councilBodyId,
				kind,
				votingRight: seat.voting,
				onBehalfOfId: seat.organisation_id,
				appointedOn: Temporal.PlainDate.from(given.appointedOn),
				from: null,
			}));
		await tx.db
			.updateTable('council.term_seat')
			.set({ membership_id: membershipId })
			.where('id', '=', seat.id)
			.execute();
		tx.touch('council.councilBody', councilBodyId, { act: 'designated', fields: { number: seat.number } });
	});
}

/** A successor of the next term, in a fixed order (rulebook R1-05). */
export async function designateSuccessor(ctx: Ctx, councilBodyId: string, given: SuccessorDesignation): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, async (tx) => {
		await preparedTerm(tx, councilBodyId);
		const personId = await someone(tx, given, 'name');
		await refuseSecondDesignation(tx, councilBodyId, personId, 'name');
		await addMembership(tx, {
			personId,
			organisationId: councilBodyId,
			kind: 'successor',
			votingRight: false,
			rank: given.rank,
			appointedOn: Temporal.PlainDate.from(given.appointedOn),
			from: null,
		});
		tx.touch('council.councilBody', councilBodyId, { act: 'designated', fields: { rank: given.rank } });
	});
}

/** An appointment that has no seat yet: it came from an application, for example. */
async function appointedAlready(
	tx: WriteCtx,
	councilBodyId: string,
	personId: string,
	kind: 'member' | 'advisory',
): Promise<string | null> {
	const row = await tx.db
		.selectFrom('registry.membership as m')
		.leftJoin('council.term_seat as t', 't.membership_id', 'm.id')
		.select('m.id')
		.where('m.organisation_id', '=', councilBodyId)
		.where('m.person_id', '=', personId)
		.where('m.kind', '=', kind)
		.where('m.from_date', 'is', null)
		.where('t.id', 'is', null)
		.executeTakeFirst();
	return row?.id ?? null;
}

async function refuseSecondDesignation(tx: WriteCtx, councilBodyId: string, personId: string, field: string) {
	const there = await tx.db
		.selectFrom('registry.membership')
		.select('id')
		.where('organisation_id', '=', councilBodyId)
		.where('person_id', '=', personId)
		.where('from_date', 'is', null)
		.executeTakeFirst();
	if (there) throw new RuleViolation('council.alreadyMember', {}, field);
}

/** Takes a designation back before it took effect. @throws NotFound */
export async function undesignate(ctx: Ctx, councilBodyId: string, membershipId: string): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, async (tx) => {
		await preparedTerm(tx, councilBodyId);
		const own = await tx.db
			.selectFrom('registry.membership')
			.select('id')
			.where('id', '=', membershipId)
			.where('organisation_id', '=', councilBodyId)
			.executeTakeFirst();
		if (!own) throw new NotFound('designated membership');
		await removeDesignation(tx, membershipId);
		tx.touch('council.councilBody', councilBodyId, { act: 'undesignated' });
	});
}

/** The term that is being prepared, locked for this write. @throws RuleViolation `council.termOver` */
export async function preparedTerm(tx: WriteCtx, councilBodyId: string): Promise<string> {
	await lockBody(tx, councilBodyId);
	const term = await tx.db
		.selectFrom('council.term')
		.select('id')
		.where('council_body_id', '=', councilBodyId)
		.where('from_date', 'is', null)
		.executeTakeFirst();
	if (!term) throw new RuleViolation('council.termOver', {}, 'on');
	return term.id;
}
