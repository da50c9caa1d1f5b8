import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { schemesOf } from './numbers.server.ts';
import { readReference, writeReference, type PaperNumber } from './rules/reference.ts';

/** Another paper that an old one names, as a person confirmed it. */
export interface TakenOverRelation {
	/** As printed. */
	number: string;
	kind: 'answers' | 'amends' | 'replaces' | 'cites' | 'substitutes' | 'related';
	/** False: it is named, but there is nothing between the two; nobody is asked again. */
	confirmed: boolean;
}

/** Moves the counter up to an old number, so that no number given later is the same (rulebook R3-03). */
export async function keepNumber(tx: WriteCtx, { schemeId, year, number }: PaperNumber): Promise<void> {
	await tx.db
		.insertInto('papers.number_counter')
		.values({ scheme_id: schemeId, year, last: number })
		.onConflict((conflict) =>
			conflict
				.columns(['body_id', 'scheme_id', 'year'])
				.doUpdateSet({ last: sql<number>`greatest(papers.number_counter.last, excluded.last)` }),
		)
		.execute();
}

/**
 * Relations by number, never by guess (rulebook R3-02): a known number is linked; an unknown one waits as it is written, until its paper
 * is taken over or filed. The first that it answers or amends is the paper it belongs to.
 */
export async function relateTakenOver(
	tx: WriteCtx,
	paperId: string,
	relations: readonly TakenOverRelation[],
): Promise<void> {
	const schemes = await schemesOf(tx);
	const seen = new Set<string>();
	for (const { number, kind, confirmed } of relations) {
		const read = readReference(number, schemes, tx.today);
		const scheme = schemes.find(({ id }) => id === read?.schemeId);
		const reference = read && scheme ? writeReference(scheme, read) : number.trim();
		if (!reference || seen.has(reference)) continue;
		seen.add(reference);
		const to = await tx.db
			.selectFrom('papers.paper')
			.select('id')
			.where('reference', '=', reference)
			.executeTakeFirst();
		if (to?.id === paperId) continue;
		await tx.db
			.insertInto('papers.paper_relation')
			.values({
				id: newId(),
				from_paper_id: paperId,
				to_paper_id: to?.id ?? null,
				to_reference: reference,
				kind,
				state: confirmed ? 'confirmed' : 'declined',
			})
			.execute();
		if (to && confirmed) await linked(tx, paperId, to.id, kind);
	}
}

/** Papers that named this number before it was here are linked to it now. */
export async function linkWaiting(tx: WriteCtx, paperId: string, reference: string): Promise<void> {
	const waiting = await tx.db
		.selectFrom('papers.paper_relation')
		.select(['id', 'from_paper_id', 'kind', 'state'])
		.where('to_reference', '=', reference)
		.where('to_paper_id', 'is', null)
		.forUpdate()
		.execute();
	for (const row of waiting) {
		if (row.from_paper_id === paperId || (await standsAlready(tx, row, paperId))) {
			await tx.db.deleteFrom('papers.paper_relation').where('id', '=', row.id).execute();
			continue;
		}
		await tx.db.updateTable('papers.paper_relation').set({ to_paper_id: paperId }).where('id', '=', row.id).execute();
		if (row.state === 'confirmed') await linked(tx, row.from_paper_id, paperId, row.kind);
	}
}

/** Somebody entered the same relation by hand while it waited. */
async function standsAlready(
	tx: WriteCtx,
	{ from_paper_id, kind }: { from_paper_id: string; kind: string },
	to: string,
): Promise<boolean> {
	const twice = await tx.db
		.selectFrom('papers.paper_relation')
		.select('id')
		.where('from_paper_id', '=', from_paper_id)
		.where('to_paper_id', '=', to)
		.where('kind', '=', kind)
		.executeTakeFirst();
	return twice !== undefined;
}

/** Both pages show it from now on; what it answers or amends stands above it. */
async function linked(tx: WriteCtx, from: string, to: string, kind: string): Promise<void> {
	if (kind === 'answers' || kind === 'amends')
		await tx.db
			.updateTable('papers.paper')
			.set({ superordinated_id: to })
			.where('id', '=', from)
			.where('superordinated_id', 'is', null)
			.execute();
	tx.touch('papers.paper', from, { act: 'linked', fields: { to } });
	tx.touch('papers.paper', to, { act: 'linked', fields: { from } });
}
