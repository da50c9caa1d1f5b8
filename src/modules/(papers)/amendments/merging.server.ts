import { sql, type RawBuilder } from 'kysely';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Conflict, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import {
	decide,
	freeChanges,
	mergedText,
	MergeRefused,
	outcomeOf,
	passageFor,
	type Choice,
	type Decision,
	type Merge,
} from '#kernel/text/amend/merge.ts';
import { fromWriting, toWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import { changeIn, lockPaper } from '../paper/commands.server.ts';
import { contentOf } from '../paper/content.server.ts';
import { amendmentRows, baseOf, versionOf, type Base } from './base.server.ts';
import { carriedAmendments, carriedTo, mergeOf, waiting, type Carried } from './queries.server.ts';

/** A decision as it stands in the log. */
export interface Logged {
	position: number;
	choice: Choice;
	by: string;
	at: Temporal.Instant;
	undone: boolean;
}

export interface OpenMerge {
	base: Base;
	amendments: Carried[];
	merge: Merge;
	log: Logged[];
	/** None before the first decision. */
	id: string | null;
}

/** The merge of a paper's amendments as it stands. Three queries. @throws NotFound, Forbidden */
export async function openMergeOf(ctx: Pick<Ctx, 'db' | 'body' | 'actor' | 'today'>, slug: string): Promise<OpenMerge> {
	demand(ctx.actor, 'papers.edit');
	const base = await baseOf(ctx, slug);
	const amendments = waiting(await carriedAmendments(ctx, base));
	const { id, log } = await logOf(
		ctx,
		sql<boolean>`w.paper_id = ${base.id} and w.closed_at is null and w.base_version = ${base.version}`,
	);
	return { base, amendments, merge: { ...mergeOf(base, amendments), decisions: decisionsOf(log) }, log, id };
}

/**
 * The merge out of which a version came, with what was decided; for everybody who reads paper and amendments. Three queries.
 * @returns nothing where the version came about otherwise
 */
export async function closedMergeOf(
	ctx: Pick<Ctx, 'db' | 'body' | 'actor' | 'today'>,
	base: Base,
	taken: number,
): Promise<OpenMerge | undefined> {
	const { id, log, version } = await logOf(ctx, sql<boolean>`w.paper_id = ${base.id} and w.taken_version = ${taken}`);
	if (!id || !version) return undefined;
	const then = await versionOf(ctx, base, version);
	const rows = (await amendmentRows(ctx, base.id)).filter(({ settled }) => settled === taken);
	const amendments = rows.map((row) => carriedTo(then, row));
	return { base: then, amendments, merge: { ...mergeOf(then, amendments), decisions: decisionsOf(log) }, log, id };
}

async function logOf(ctx: Pick<Ctx, 'db' | 'body'>, which: RawBuilder<boolean>) {
	const { rows } = await sql<Omit<Logged, 'at'> & { id: string; version: number; at: string }>`select w.id,
		w.base_version as version, d.position, d.choice,
		coalesce(concat_ws(' ', nullif(q.given_name, ''), q.family_name), '') as by,
		to_char(d.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, d.undone_at is not null as undone
		from papers.wording_merge w
		left join papers.wording_decision d on d.body_id = w.body_id and d.merge_id = w.id
		left join registry.person q on q.body_id = d.body_id and q.id = d.decided_by
		where w.body_id = ${ctx.body.id} and ${which} order by w.opened_at, d.position`.execute(ctx.db);
	const log = rows.flatMap(({ position, choice, by, at, undone }) =>
		position === null ? [] : [{ position, choice, by, at: Temporal.Instant.from(at), undone }],
	);
	return { id: rows[0]?.id ?? null, version: rows[0]?.version ?? null, log };
}

function decisionsOf(log: readonly Logged[]): Decision[] {
	return log.filter(({ undone }) => !undone).map(({ choice, by, at }) => ({ ...choice, by, at: at.toString() }));
}

/** @throws RuleViolation `papers.amendment.collision`, `papers.amendment.unknown`; Conflict where somebody decided since */
export async function decideChange(
	ctx: Ctx,
	slug: string,
	{ change, kind, seen }: { change: string; kind: 'accept' | 'take' | 'reject'; seen: number },
): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await append(ctx, slug, seen, () => ({ kind, changes: [change] }));
}

/** Accepts everything of one amendment that nothing stands against. @throws as `decideChange` */
export async function acceptFree(ctx: Ctx, slug: string, amendment: string, seen: number): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await append(ctx, slug, seen, (merge) => {
		const changes = freeChanges(merge, amendment);
		if (!changes.length) throw new RuleViolation('papers.amendment.unknown');
		return { kind: 'accept', changes };
	});
}

/** Puts own wording where a change and all that collide with it stand. @throws as `decideChange` */
export async function sayOwn(
	ctx: Ctx,
	slug: string,
	{ change, wording, seen }: { change: string; wording: string; seen: number },
): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await append(ctx, slug, seen, (merge) => {
		const { passage } = passageFor(merge, change);
		return { kind: 'own', change, passage, wording: fromWriting(wording).blocks };
	});
}

async function append(ctx: Ctx, slug: string, seen: number, choose: (merge: Merge) => Choice): Promise<void> {
	await write(ctx, async (tx) => {
		const state = await lockedMerge(tx, slug, seen);
		const decision = refusedAsRule(() => {
			const choice = choose(state.merge);
			decide(state.merge, { ...choice, by: '', at: tx.now.toString() });
			return choice;
		});
		await tx.db
			.insertInto('papers.wording_decision')
			.values({
				merge_id: state.id ?? (await begin(tx, state.base)),
				position: state.log.length + 1,
				choice: JSON.stringify(decision),
				decided_by: tx.actor.personId,
				decided_at: tx.now,
			})
			.execute();
		tx.touch('papers.paper', state.base.id, { act: 'wordingDecided', fields: { decision: decision.kind } });
	});
}

/** Takes the last decision that stands back; it stays in the log. @throws Conflict where somebody decided since */
export async function undoDecision(ctx: Ctx, slug: string, seen: number): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const { id, log, base } = await lockedMerge(tx, slug, seen);
		const last = log.findLast(({ undone }) => !undone);
		if (!id || !last) return;
		await tx.db
			.updateTable('papers.wording_decision')
			.set({ undone_at: tx.now, undone_by: tx.actor.personId })
			.where('merge_id', '=', id)
			.where('position', '=', last.position)
			.execute();
		tx.touch('papers.paper', base.id, { act: 'wordingUndone', fields: { decision: last.choice.kind } });
	});
}

/**
 * The merged wording becomes the next version of the paper, with a note that names the amendments in it.
 * @throws RuleViolation `papers.amendment.undecided` while something is open, `papers.amendment.nothing`
 */
export async function takeOver(ctx: Ctx, slug: string, seen: number): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const { id, base, merge } = await lockedMerge(tx, slug, seen);
		const { standing, numbers } = standingOf(merge);
		if (standing.includes('open')) throw new RuleViolation('papers.amendment.undecided');
		const operative = toWriting(mergedText(merge));
		const paper = await lockPaper(tx, slug);
		const content = await contentOf(tx, paper);
		if (!id || operative === content.operative) throw new RuleViolation('papers.amendment.nothing');
		const note = numbers.length
			? m.papers_amendments_taken_note({ numbers: numbers.join(', ') }, { locale: 'de' })
			: m.papers_amendments_taken_own({}, { locale: 'de' });
		await changeIn(tx, paper, { ...content, operative }, note);
		const { version } = await baseOf(tx, slug);
		await tx.db
			.updateTable('papers.wording_merge')
			.set({ closed_at: tx.now, taken_version: version })
			.where('id', '=', id)
			.execute();
		tx.touch('papers.paper', base.id, { act: 'wordingTakenOver', fields: { version } });
	});
}

function standingOf(merge: Merge): { standing: string[]; numbers: string[] } {
	const { standing } = outcomeOf(merge);
	const accepted = merge.changes.filter(({ id }) => standing.get(id) === 'accepted');
	return {
		standing: [...standing.values()],
		numbers: [...new Set(accepted.flatMap(({ proposals }) => proposals))].sort(),
	};
}

/** Locks the paper, so that two who decide at once come one after the other. */
async function lockedMerge(tx: WriteCtx, slug: string, seen: number): Promise<OpenMerge> {
	await lockPaper(tx, slug);
	const state = await openMergeOf(tx, slug);
	const stamp = state.log.length + state.log.filter(({ undone }) => undone).length;
	if (stamp !== seen) throw new Conflict('the merge');
	return state;
}

/** Merges on a version that is no longer in force end with the next one that begins. */
async function begin(tx: WriteCtx, base: Base): Promise<string> {
	await tx.db
		.updateTable('papers.wording_merge')
		.set({ closed_at: tx.now })
		.where('paper_id', '=', base.id)
		.where('closed_at', 'is', null)
		.execute();
	const id = newId();
	await tx.db
		.insertInto('papers.wording_merge')
		.values({ id, paper_id: base.id, base_version: base.version, opened_at: tx.now })
		.execute();
	return id;
}

function refusedAsRule<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof MergeRefused)) throw error;
		throw new RuleViolation(`papers.amendment.${error.code}`);
	}
}
