import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Conflict, NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { recordRows, restoreRows, type RowChange, type RowScope } from '#kernel/live/rows.ts';
import { write } from '#kernel/write.ts';
import { demandTownWide } from './bodies.server.ts';

type Act = 'renamed' | 'merged' | 'split' | 'dissolved' | 'constituted';

/** Days in which such a step can be taken back. */
const UNDO_DAYS = 30;

export interface StepView {
	id: string;
	act: Act;
	about: string;
	/** ISO instant. */
	madeAt: string;
}

/**
 * Does a step that touches many rows, and keeps what became of each so that it can be taken back as a whole.
 * @param about what it is about, in words
 */
export async function recordStep<T>(
	tx: WriteCtx,
	step: { act: Act; about: string; councilBodyId: string | null },
	scopes: readonly RowScope[],
	work: () => Promise<T>,
): Promise<T> {
	const { value, changes } = await recordRows(tx, scopes, work);
	await tx.db
		.insertInto('council.structure_step')
		.values({
			id: newId(),
			council_body_id: step.councilBodyId,
			act: step.act,
			about: step.about,
			changes: JSON.stringify(changes),
			made_at: tx.now,
		})
		.execute();
	return value;
}

/** Rows of groups: who they are, what they were called, what they came from. */
export function groupScopes(tx: WriteCtx): RowScope[] {
	return [
		{ table: 'registry.organisation', where: { organisation_type: 'group' }, except: ['modified_at'] },
		{ table: 'council.group_name', where: { body_id: tx.body.id } },
		{ table: 'council.group_lineage', where: { body_id: tx.body.id } },
	];
}

/** Rows that a constitution changes. What points to others stands behind them. */
export function constitutionScopes(tx: WriteCtx, councilBodyId: string): RowScope[] {
	const own = { council_body_id: councilBodyId };
	return [
		{ table: 'council.term', where: own },
		{ table: 'registry.membership', where: { organisation_id: councilBodyId }, except: ['modified_at'] },
		{ table: 'council.seat', where: own },
		{ table: 'council.seat_filling', where: { body_id: tx.body.id } },
		{ table: 'registry.office_holding', where: { body_id: tx.body.id } },
		{ table: 'council.post_holding', where: own },
		{ table: 'council.succession', where: own },
		{ table: 'council.membership_finding', where: own },
	];
}

/** Steps that may still be taken back, the newest first; of the groups, or of one body. One query. */
export async function undoableSteps(ctx: Ctx, councilBodyId: string | null): Promise<StepView[]> {
	const { rows } =
		await sql<StepView>`select id, act, about, to_json(made_at)#>>'{}' as "madeAt" from council.structure_step
		where body_id = ${ctx.body.id} and council_body_id is not distinct from ${councilBodyId}::uuid and undone_at is null
			and made_at > ${ctx.now}::timestamptz - make_interval(days => ${UNDO_DAYS}) order by made_at desc, id desc limit 5`.execute(
			ctx.db,
		);
	return rows;
}

/**
 * Takes a step back: every row is as it was. @throws NotFound; RuleViolation `council.stepGoneOn` when somebody went on from there,
 * `council.stepOver` when it is too late
 */
export async function undoStep(ctx: Ctx, councilBodyId: string | null, id: string): Promise<void> {
	if (councilBodyId) demand(ctx.actor, 'council.structure', councilBodyId);
	else demandTownWide(ctx);
	await write(ctx, async (tx) => {
		const { rows } = await sql<{ act: Act; changes: RowChange[]; undone: boolean; late: boolean }>`select act, changes,
			undone_at is not null as undone, made_at <= ${tx.now}::timestamptz - make_interval(days => ${UNDO_DAYS}) as late
			from council.structure_step where body_id = ${tx.body.id} and id = ${id}
			and council_body_id is not distinct from ${councilBodyId}::uuid for update`.execute(tx.db);
		const [step] = rows;
		if (!step) throw new NotFound('step');
		if (step.undone) return;
		if (step.late) throw new RuleViolation('council.stepOver', {}, 'id');
		await back(tx, step.changes);
		await tx.db.updateTable('council.structure_step').set({ undone_at: tx.now }).where('id', '=', id).execute();
		await touchAll(tx, councilBodyId, step);
	});
}

async function back(tx: WriteCtx, changes: RowChange[]): Promise<void> {
	try {
		await restoreRows(tx, changes);
	} catch (error) {
		if (error instanceof Conflict) throw new RuleViolation('council.stepGoneOn', {}, 'id');
		throw error;
	}
}

/** What is found, shown and numbered of the rows follows them back. */
async function touchAll(
	tx: WriteCtx,
	councilBodyId: string | null,
	{ act, changes }: { act: Act; changes: RowChange[] },
): Promise<void> {
	const bodies = new Set(councilBodyId ? [councilBodyId] : []);
	for (const { table, key } of changes) {
		if (table === 'registry.membership' || table === 'registry.organisation')
			tx.touch(table, String(key.id), { act: 'takenBack' });
		if (table !== 'registry.organisation') continue;
		const shown = await tx.db
			.selectFrom('council.seat')
			.select('council_body_id')
			.distinct()
			.where('organisation_id', '=', String(key.id))
			.execute();
		for (const { council_body_id: id } of shown) bodies.add(id);
	}
	for (const id of bodies) tx.touch('council.councilBody', id, { act: `${act} taken back` });
}
