import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { citationsOf, Rules } from '../../rules/profile.ts';
import { profileFor } from '../../structure/profiles.server.ts';
import { judgeConvening, type ConveningFinding } from '../rules.ts';

/** Of the Municipal Code (rulebook R2-02), for a day that no profile covers. */
const STANDARD = Rules.shape.convening.parse(undefined);

/**
 * Asks for a session with a subject. Whoever asks supports it; others join.
 * @returns its id @throws NotFound, Forbidden for people who do not sit in the body
 */
export async function askToConvene(
	ctx: Ctx,
	councilBodyId: string,
	given: { subject: string; reason: string },
): Promise<string> {
	demand(ctx.actor, 'council.ask', councilBodyId);
	return write(ctx, async (tx) => {
		const id = newId();
		await tx.db
			.insertInto('council.convening_request')
			.values({ id, council_body_id: councilBodyId, ...given, asked_on: tx.today })
			.execute();
		await support(tx, id);
		await judge(tx, id, councilBodyId);
		tx.touch('council.conveningRequest', id, { act: 'asked' });
		return id;
	});
}

/** Joins a request. Joining twice counts once. @throws RuleViolation `council.conveningOver` */
export async function joinRequest(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'council.ask');
	await write(ctx, async (tx) => {
		const request = await locked(tx, id);
		demand(tx.actor, 'council.ask', request.councilBodyId);
		if (request.state !== 'open' && request.state !== 'reached') throw new RuleViolation('council.conveningOver');
		await support(tx, id);
		await judge(tx, id, request.councilBodyId);
		tx.touch('council.conveningRequest', id, { act: 'joined' });
	});
}

/** Takes one's own support back; a request nobody supports any more is withdrawn. */
export async function leaveRequest(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'council.ask');
	await write(ctx, async (tx) => {
		const request = await locked(tx, id);
		if (request.state !== 'open' && request.state !== 'reached') throw new RuleViolation('council.conveningOver');
		await tx.db
			.deleteFrom('council.convening_supporter')
			.where('request_id', '=', id)
			.where('person_id', '=', tx.actor.personId!)
			.execute();
		await judge(tx, id, request.councilBodyId);
		tx.touch('council.conveningRequest', id, { act: 'left' });
	});
}

/** Notes that the body was convened as asked. */
export async function closeRequest(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const request = await locked(tx, id);
		demand(tx.actor, 'council.convene', request.councilBodyId);
		if (request.state !== 'reached') throw new RuleViolation('council.conveningOver');
		await tx.db.updateTable('council.convening_request').set({ state: 'convened' }).where('id', '=', id).execute();
		tx.touch('council.conveningRequest', id, { act: 'convened' });
	});
}

async function locked(tx: WriteCtx, id: string): Promise<{ councilBodyId: string; state: string }> {
	if (!isId(id)) throw new RuleViolation('council.conveningOver');
	const { rows } = await sql<{ councilBodyId: string; state: string }>`
select council_body_id as "councilBodyId", state from council.convening_request where body_id = ${tx.body.id} and id = ${id} for update`.execute(
		tx.db,
	);
	if (!rows[0]) throw new NotFound('request');
	return rows[0];
}

async function support(tx: WriteCtx, id: string): Promise<void> {
	await tx.db
		.insertInto('council.convening_supporter')
		.values({ request_id: id, person_id: tx.actor.personId!, asked_on: tx.today })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** Counts anew and keeps the finding with profile, inputs, outcome and sources. */
async function judge(tx: WriteCtx, id: string, councilBodyId: string): Promise<void> {
	const { rows } = await sql<{ members: number; supporters: number; lastSession: string | null }>`
select (select count(distinct m.person_id)::int from registry.membership m where m.body_id = ${tx.body.id} and m.organisation_id = ${councilBodyId}
		and m.kind = 'member' and m.voting_right and m.from_date <= ${tx.today}::date and (m.until_date is null or m.until_date > ${tx.today}::date)) as members,
	(select count(*)::int from council.convening_supporter s where s.body_id = ${tx.body.id} and s.request_id = ${id}) as supporters,
	(select max(date)::text from council.meeting where body_id = ${tx.body.id} and council_body_id = ${councilBodyId} and not cancelled
		and kind <> 'retreat' and date <= ${tx.today}::date and state <> 'planned') as "lastSession"`.execute(tx.db);
	const profile = await profileFor(tx, councilBodyId, tx.today);
	const inputs = { ...rows[0]!, today: tx.today.toString() };
	const rule = profile?.rules.convening ?? STANDARD;
	const outcome = judgeConvening(inputs, rule);
	const finding: ConveningFinding = {
		profileId: profile?.id ?? null,
		inputs: { ...inputs, ...rule },
		outcome,
		citations: profile ? citationsOf(profile, 'convening') : [],
	};
	const state = inputs.supporters === 0 ? 'withdrawn' : outcome.reached ? 'reached' : 'open';
	await tx.db
		.updateTable('council.convening_request')
		.set({ state, finding: JSON.stringify(finding) })
		.where('id', '=', id)
		.execute();
}
