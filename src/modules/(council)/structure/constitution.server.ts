import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { beginMembership, endHolding, endMembership } from '#server/registry';
import {
	planConstitution,
	type ConstitutionFault,
	type ConstitutionInputs,
	type ConstitutionPlan,
	type Designated,
	type HeldFilling,
	type HeldMembership,
	type PlannedSeat,
	type RunningSeat,
} from './rules/constitution.ts';
import { rememberPosts } from './posts.server.ts';
import { profileFor } from './profiles.server.ts';
import { fill } from './appointments.server.ts';
import { insertSeat } from './seats.server.ts';
import { constitutionScopes, recordStep } from './steps.server.ts';
import { preparedTerm } from './terms.server.ts';

/**
 * The prepared body constitutes itself on a day: memberships, seats, posts and the commissioner of the old one end, those of the
 * new one begin, in one act (rulebook R1-15, GRE-13). Profile, inputs and outcome stay with the term.
 * @throws RuleViolation `council.termOver` when nothing is prepared (also: done already), `council.termOrder`, `council.beginsLater`,
 * `council.alreadyMember`, `council.noSeats`, `council.inFuture`
 */
export async function constitute(ctx: Ctx, councilBodyId: string, given: { id: string; on: string }): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, (tx) => constituteBody(tx, councilBodyId, given.on, given.id));
}

/** As {@link constitute}, inside a running write: for the session in which it happens. */
export async function constituteBody(
	tx: WriteCtx,
	councilBodyId: string,
	on: string,
	expectedTerm?: string,
): Promise<void> {
	demand(tx.actor, 'council.structure', councilBodyId);
	if (on > tx.today.toString()) throw new RuleViolation('council.inFuture', {}, 'on');
	const termId = await preparedTerm(tx, councilBodyId);
	if (expectedTerm && termId !== expectedTerm) throw new RuleViolation('council.termOver', {}, 'on');
	await rememberPosts(tx, councilBodyId);
	const inputs = await inputsOf(tx, councilBodyId, termId, on);
	const plan = planConstitution(inputs);
	if ('code' in plan) throw refusal(plan);
	const day = Temporal.PlainDate.from(on);
	const term = await tx.db.selectFrom('council.term').select('name').where('id', '=', termId).executeTakeFirstOrThrow();
	const step = { act: 'constituted', about: term.name, councilBodyId } as const;
	await recordStep(tx, step, constitutionScopes(tx, councilBodyId), async () => {
		await endOld(tx, councilBodyId, plan, day);
		await beginNew(tx, councilBodyId, plan, inputs.planned, day);
		await turnTerm(tx, councilBodyId, termId, day, plan);
	});
	tx.touch('council.councilBody', councilBodyId, {
		act: 'constituted',
		fields: { on, ended: plan.endMemberships.length, begun: plan.begin.length },
	});
}

function refusal({ code, ...params }: ConstitutionFault): RuleViolation {
	return new RuleViolation(code, params, 'on');
}

async function endOld(
	tx: WriteCtx,
	councilBodyId: string,
	plan: ConstitutionPlan,
	on: Temporal.PlainDate,
): Promise<void> {
	await endPosts(tx, councilBodyId, plan.endMemberships, on);
	for (const id of plan.endFillings)
		await tx.db.updateTable('council.seat_filling').set({ until_date: on }).where('id', '=', id).execute();
	for (const id of plan.endSeats)
		await tx.db.updateTable('council.seat').set({ until_date: on }).where('id', '=', id).execute();
	for (const id of plan.endMemberships) await endMembership(tx, id, { until: on, reason: 'termEnd' });
	await tx.db
		.updateTable('council.succession')
		.set({ state: 'withdrawn', decided_on: on })
		.where('council_body_id', '=', councilBodyId)
		.where('state', '=', 'proposed')
		.execute();
}

/** Posts of the old body, and the commissioner's office that came with the chair. */
async function endPosts(
	tx: WriteCtx,
	councilBodyId: string,
	memberships: readonly string[],
	on: Temporal.PlainDate,
): Promise<void> {
	if (!memberships.length) return;
	const posts = await tx.db
		.selectFrom('council.post_holding')
		.select(['id', 'office_holding_id', 'from_date'])
		.where('council_body_id', '=', councilBodyId)
		.where('membership_id', 'in', memberships)
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', on)]))
		.execute();
	for (const post of posts) {
		if (post.office_holding_id) await endHolding(tx, post.office_holding_id, on);
		if (Temporal.PlainDate.compare(post.from_date, on) >= 0)
			await tx.db.deleteFrom('council.post_holding').where('id', '=', post.id).execute();
		else await tx.db.updateTable('council.post_holding').set({ until_date: on }).where('id', '=', post.id).execute();
	}
}

async function beginNew(
	tx: WriteCtx,
	councilBodyId: string,
	plan: ConstitutionPlan,
	planned: readonly PlannedSeat[],
	on: Temporal.PlainDate,
): Promise<void> {
	const made = new Map<string, string>();
	for (const seat of planned.filter(({ id }) => plan.newSeats.includes(id)))
		made.set(seat.id, await insertSeat(tx, { ...seat, councilBodyId, from: on }));
	for (const id of plan.begin) await beginMembership(tx, id, on);
	for (const { seat, membershipId } of plan.fill) {
		const seatId = 'running' in seat ? seat.running : made.get(seat.planned)!;
		await fill(tx, { seatId, membershipId, from: on });
	}
}

async function turnTerm(
	tx: WriteCtx,
	councilBodyId: string,
	termId: string,
	on: Temporal.PlainDate,
	plan: ConstitutionPlan,
): Promise<void> {
	await tx.db
		.updateTable('council.term')
		.set({ until_date: on })
		.where('council_body_id', '=', councilBodyId)
		.where('from_date', '<', on)
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', on)]))
		.execute();
	const profile = await profileFor(tx, councilBodyId, on);
	const outcome = { ended: plan.endMemberships.length, begun: plan.begin.length, seats: plan.fill.length };
	const constitution = { profileId: profile?.id ?? null, profileName: profile?.name ?? '', outcome };
	await tx.db
		.updateTable('council.term')
		.set({ from_date: on, constituted_at: tx.now, constitution: JSON.stringify(constitution) })
		.where('id', '=', termId)
		.execute();
	for (const membershipId of plan.endMemberships)
		await tx.db
			.insertInto('council.membership_finding')
			.values({
				id: newId(),
				council_body_id: councilBodyId,
				membership_id: membershipId,
				occasion: 'constitution',
				day: on,
				computed: JSON.stringify({
					profileId: profile?.id ?? null,
					profileName: profile?.name ?? '',
					rule: profile?.rules.membership ?? null,
					citations: profile?.citations.filter(({ rule }) => rule === 'membership') ?? [],
					inputs: { on: on.toString() },
					outcome: 'ends',
				}),
			})
			.execute();
}

/** Everything the plan needs, read and locked. */
async function inputsOf(tx: WriteCtx, councilBodyId: string, termId: string, on: string): Promise<ConstitutionInputs> {
	const body = tx.body.id;
	const memberships = await sql<HeldMembership & { designated: boolean }>`select m.id, m.person_id as "personId",
		concat_ws(' ', nullif(p.given_name, ''), p.family_name) as name, m.kind, coalesce(m.post = 'managingOffice', false) as "managingOffice",
		m.from_date::text as "from", m.until_date::text as "until", m.from_date is null as designated
		from registry.membership m join registry.person p on p.body_id = m.body_id and p.id = m.person_id
		where m.body_id = ${body} and m.organisation_id = ${councilBodyId}
			and (m.until_date is null or m.until_date > ${on}::date) order by m.id for update of m`.execute(tx.db);
	const fillings = await sql<HeldFilling>`select f.id, f.seat_id as "seatId", f.membership_id as "membershipId",
		f.from_date::text as "from", f.until_date::text as "until" from council.seat_filling f
		join council.seat s on s.body_id = f.body_id and s.id = f.seat_id
		where f.body_id = ${body} and s.council_body_id = ${councilBodyId}
			and (f.until_date is null or f.until_date > ${on}::date)`.execute(tx.db);
	const seats = await sql<RunningSeat>`select id, number, kind, voting, label, organisation_id as organisation,
		appointed_by as "appointedBy", substitutes, successors, from_date::text as "from" from council.seat
		where body_id = ${body} and council_body_id = ${councilBodyId} and (until_date is null or until_date > ${on}::date)
		order by number for update`.execute(tx.db);
	const planned = await sql<PlannedSeat>`select id, number, kind, voting, label, organisation_id as organisation,
		appointed_by as "appointedBy", substitutes, successors, membership_id as "membershipId" from council.term_seat
		where body_id = ${body} and term_id = ${termId} order by number`.execute(tx.db);
	const term = await sql<{ began: string | null }>`select max(from_date)::text as began from council.term
		where body_id = ${body} and council_body_id = ${councilBodyId}`.execute(tx.db);
	const designated: Designated[] = memberships.rows.filter((row) => row.designated);
	return {
		on,
		termBegan: term.rows[0]?.began ?? null,
		memberships: memberships.rows.filter((row) => !row.designated),
		fillings: fillings.rows,
		seats: seats.rows,
		planned: planned.rows,
		designated,
	};
}
