import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { addRuleVersion, dropRuleVersion, profileFor } from '#server/council';
import { lockWay, wayTouched } from './lock.server.ts';
import type { StatuteGiven } from './schema.ts';
import type { StationResult } from './types.ts';

/**
 * Says that a paper changes the statute of a body: adopted, it makes the next dated version of its rules (VOR-07). Said
 * again, it is changed, as long as no version was made of it.
 * @throws RuleViolation `papers.way.statuteMade`
 */
export async function changesStatute(ctx: Ctx, slug: string, given: StatuteGiven): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const { paper, stations } = await lockWay(tx, slug);
		const made = await statuteOf(tx, paper.id, given.councilBody);
		if (made?.profile_id) throw new RuleViolation('papers.way.statuteMade');
		const set = { in_force_on: Temporal.PlainDate.from(given.inForceOn), statute_title: given.statuteTitle };
		await tx.db
			.insertInto('papers.statute_change')
			.values({ paper_id: paper.id, council_body_id: given.councilBody, ...set })
			.onConflict((conflict) => conflict.columns(['body_id', 'paper_id', 'council_body_id']).doUpdateSet(set))
			.execute();
		await wayTouched(tx, paper.id, 'statuteNamed', { body: given.councilBody, inForceOn: given.inForceOn });
		const decided = stations.filter(({ role, state }) => role === 'deciding' && state === 'done').at(-1);
		if (decided) await statutesFollow(tx, paper, decided.result);
	});
}

/** The paper changes no statute after all. @throws RuleViolation `papers.way.statuteMade` */
export async function changesNoStatute(ctx: Ctx, slug: string, councilBodyId: string): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const { paper } = await lockWay(tx, slug);
		const made = await statuteOf(tx, paper.id, councilBodyId);
		if (!made) return;
		if (made.profile_id) throw new RuleViolation('papers.way.statuteMade');
		await tx.db
			.deleteFrom('papers.statute_change')
			.where('paper_id', '=', paper.id)
			.where('council_body_id', '=', councilBodyId)
			.execute();
		await wayTouched(tx, paper.id, 'statuteUnnamed', { body: councilBodyId });
	});
}

async function statuteOf(tx: WriteCtx, paperId: string, councilBodyId: string) {
	return tx.db
		.selectFrom('papers.statute_change')
		.selectAll()
		.where('paper_id', '=', paperId)
		.where('council_body_id', '=', councilBodyId)
		.executeTakeFirst();
}

/**
 * Adopted: the version comes into being, with the rules of the one before until somebody changes them. No longer adopted:
 * a version that is not in force yet goes. What the order of versions forbids is left open and shown on the page, because
 * a session must be able to close whatever a paper says of its statute.
 */
export async function statutesFollow(
	tx: WriteCtx,
	paper: { id: string; reference: string | null },
	result: StationResult | null,
): Promise<void> {
	const adopted = result === 'adopted' || result === 'adoptedChanged';
	const changes = await tx.db
		.selectFrom('papers.statute_change')
		.selectAll()
		.where('paper_id', '=', paper.id)
		.execute();
	for (const change of changes) {
		if (adopted === (change.profile_id !== null)) continue;
		const profileId = await unlessRefused(async () => {
			if (adopted) return makeVersion(tx, paper.reference, change);
			await dropRuleVersion(tx, change.council_body_id, change.profile_id!);
			return null;
		}, change.profile_id);
		await tx.db
			.updateTable('papers.statute_change')
			.set({ profile_id: profileId })
			.where('paper_id', '=', paper.id)
			.where('council_body_id', '=', change.council_body_id)
			.execute();
	}
}

async function makeVersion(
	tx: WriteCtx,
	reference: string | null,
	change: { council_body_id: string; in_force_on: Temporal.PlainDate; statute_title: string },
): Promise<string | null> {
	const before = await profileFor(tx, change.council_body_id, change.in_force_on);
	if (!before) return null;
	return addRuleVersion(tx, change.council_body_id, {
		name: reference ? `${change.statute_title} (${reference})` : change.statute_title,
		from: change.in_force_on.toString(),
		statuteTitle: change.statute_title,
		statuteUrl: null,
		rules: before.rules,
		citations: before.citations,
	});
}

async function unlessRefused<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof RuleViolation) return otherwise;
		throw error;
	}
}
