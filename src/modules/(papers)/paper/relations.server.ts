import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { write } from '#kernel/write.ts';
import { lockPaper } from './lock.server.ts';
import { schemesOf } from './numbers.server.ts';
import { numbersIn } from './rules/mentions.ts';
import { readReference, writeReference } from './rules/reference.ts';

export type RelationKind = 'answers' | 'amends' | 'replaces' | 'cites' | 'substitutes' | 'related';
type FoundIn = '' | 'operative' | 'reasons' | 'file';

/**
 * Reads the numbers in a paper's texts and offers each paper once; what was confirmed or declined stays so. What is offered
 * and no longer stands there goes.
 */
export async function offerNumbers(tx: WriteCtx, paperId: string): Promise<void> {
	const { operative, reasons } = await tx.db
		.selectFrom('papers.paper')
		.select(['operative', 'reasons'])
		.where('id', '=', paperId)
		.executeTakeFirstOrThrow();
	await tx.db
		.deleteFrom('papers.paper_relation')
		.where('from_paper_id', '=', paperId)
		.where('state', '=', 'offered')
		.where('found_in', 'in', ['operative', 'reasons'])
		.execute();
	await offerFrom(tx, paperId, toPlainText(operative as TextDocument), 'operative');
	await offerFrom(tx, paperId, toPlainText(reasons as TextDocument), 'reasons');
}

/** Offers the papers whose numbers stand in a text. @returns their numbers, new ones only */
export async function offerFrom(tx: WriteCtx, paperId: string, text: string, foundIn: FoundIn): Promise<string[]> {
	const numbers = numbersIn(text, await schemesOf(tx), tx.today);
	const references = [...new Set(numbers.map(({ reference }) => reference))];
	if (!references.length) return [];
	const known = await tx.db
		.selectFrom('papers.paper')
		.select(['id', 'reference'])
		.where('reference', 'in', references)
		.execute();
	const there = await tx.db
		.selectFrom('papers.paper_relation')
		.select(['to_paper_id', 'to_reference'])
		.where('from_paper_id', '=', paperId)
		.execute();
	const offered: string[] = [];
	for (const reference of references) {
		const to = known.find((row) => row.reference === reference)?.id ?? null;
		if (to === paperId) continue;
		if (there.some((row) => (to ? row.to_paper_id === to : row.to_reference === reference))) continue;
		await insertRelation(tx, { from: paperId, to, reference, kind: 'cites', state: 'offered', foundIn });
		offered.push(reference);
	}
	return offered;
}

interface NewRelation {
	from: string;
	to: string | null;
	reference: string;
	kind: RelationKind;
	state: 'offered' | 'confirmed';
	foundIn?: FoundIn;
}

/** Stores a relation; one that is there already stays as it is. */
export async function insertRelation(tx: WriteCtx, relation: NewRelation): Promise<void> {
	await tx.db
		.insertInto('papers.paper_relation')
		.values({
			id: newId(),
			from_paper_id: relation.from,
			to_paper_id: relation.to,
			to_reference: relation.reference,
			kind: relation.kind,
			state: relation.state,
			found_in: relation.foundIn ?? '',
		})
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

const KIND_BY_CODE: Record<string, RelationKind> = {
	administrationStatement: 'answers',
	information: 'answers',
	amendment: 'amends',
};

/** A paper that belongs to another one has a relation to it from its filing on; what was only offered is settled by that. */
export async function relateBase(
	tx: WriteCtx,
	paper: { id: string; superordinated_id: string | null },
	code: string,
): Promise<void> {
	if (!paper.superordinated_id) return;
	const base = await tx.db
		.selectFrom('papers.paper')
		.select('reference')
		.where('id', '=', paper.superordinated_id)
		.executeTakeFirstOrThrow();
	await tx.db
		.deleteFrom('papers.paper_relation')
		.where('from_paper_id', '=', paper.id)
		.where('to_paper_id', '=', paper.superordinated_id)
		.where('state', '=', 'offered')
		.execute();
	await insertRelation(tx, {
		from: paper.id,
		to: paper.superordinated_id,
		reference: base.reference ?? '',
		kind: KIND_BY_CODE[code] ?? 'related',
		state: 'confirmed',
	});
	tx.touch('papers.paper', paper.superordinated_id, { act: 'related', fields: { from: paper.id } });
}

/** Is a paper of this number there? Its id, for who asks by number. */
export async function paperByReference(ctx: Pick<Ctx, 'db'>, reference: string): Promise<string | null> {
	const row = await ctx.db
		.selectFrom('papers.paper')
		.select('id')
		.where('reference', '=', reference)
		.executeTakeFirst();
	return row?.id ?? null;
}

export const RELATION_KINDS: readonly RelationKind[] = [
	'answers',
	'amends',
	'replaces',
	'cites',
	'substitutes',
	'related',
];

/**
 * Somebody who may write the paper decides about an offered relation: what it is, or that it is none. An open page may be old:
 * what was decided meanwhile is decided anew, so every decision can be taken back by another one.
 */
export async function decideRelation(ctx: Ctx, slug: string, id: string, kind: RelationKind | 'none'): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockPaper(tx, slug);
		if (!isId(id)) return;
		const row = await tx.db
			.selectFrom('papers.paper_relation')
			.select(['id', 'kind', 'to_paper_id'])
			.where('id', '=', id)
			.where('from_paper_id', '=', paper.id)
			.executeTakeFirst();
		if (!row) return;
		const change = kind === 'none' ? { state: 'declined' } : { state: 'confirmed', kind };
		await tx.db.updateTable('papers.paper_relation').set(change).where('id', '=', id).execute();
		tx.touch('papers.paper', paper.id, { act: 'related', fields: { relation: id, ...change } });
		if (row.to_paper_id) tx.touch('papers.paper', row.to_paper_id, { act: 'related', fields: { from: paper.id } });
	});
}

/**
 * Relates a paper to the one with this number. @throws RuleViolation `papers.noSuchNumber` for what is no number of the town
 */
export async function relate(ctx: Ctx, slug: string, typed: string, kind: RelationKind): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockPaper(tx, slug);
		const schemes = await schemesOf(tx);
		const number = readReference(typed, schemes, tx.today);
		if (!number) throw new RuleViolation('papers.noSuchNumber', {}, 'nummer');
		const reference = writeReference(
			schemes.find(({ id }) => id === number.schemeId)!,
			number,
		);
		const to = await paperByReference(tx, reference);
		if (to === paper.id) throw new RuleViolation('papers.noSuchNumber', {}, 'nummer');
		await tx.db
			.deleteFrom('papers.paper_relation')
			.where('from_paper_id', '=', paper.id)
			.where('state', '<>', 'confirmed')
			.where((eb) => (to ? eb('to_paper_id', '=', to) : eb('to_reference', '=', reference)))
			.execute();
		await insertRelation(tx, { from: paper.id, to, reference, kind, state: 'confirmed' });
		tx.touch('papers.paper', paper.id, { act: 'related', fields: { to: reference, kind } });
		if (to) tx.touch('papers.paper', to, { act: 'related', fields: { from: paper.id } });
	});
}
