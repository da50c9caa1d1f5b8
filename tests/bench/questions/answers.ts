import type { Ctx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { indexDocuments } from '#kernel/search/index-document.ts';
import { search } from '#kernel/search/search.ts';
import { write } from '#kernel/write.ts';
import { corpus } from './corpus.ts';
import { QUESTIONS, type Question } from './questions.ts';

/** Results that are looked at; what stands behind counts as not found. */
const DEPTH = 10;

export interface Answer extends Question {
	/** 1 / place of the first right result; 0 when none is among the first ten. */
	score: number;
	/** What stood first instead. */
	first: string | undefined;
}

/** Puts the invented documents into the town's search. @returns their names by id */
export async function fillCorpus(ctx: Ctx): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	await write(ctx, (tx) =>
		indexDocuments(
			tx,
			corpus().map(({ name, document }) => {
				const id = newId();
				names.set(id, name);
				return { kind: document.kind, id, document: { ...document, id } };
			}),
		),
	);
	return names;
}

/**
 * Asks every question as a reader would. Who finds nothing, or not all words, follows the suggestion; that costs one place.
 */
export async function answers(ctx: Ctx, names: ReadonlyMap<string, string>): Promise<Answer[]> {
	const given: Answer[] = [];
	for (const question of QUESTIONS) {
		const asking = { ...ctx, locale: question.locale ?? ('de' as const) };
		const direct = await search(asking, { text: question.asks, perPage: DEPTH });
		const followed = (!direct.total || direct.partial) && direct.suggestion ? 1 : 0;
		const { hits } = followed ? await search(asking, { text: direct.suggestion!, perPage: DEPTH }) : direct;
		const found = hits.map(({ id }) => names.get(id) ?? '');
		const place = found.findIndex((name) => question.finds.some((wanted) => name.startsWith(wanted)));
		given.push({ ...question, score: place < 0 ? 0 : 1 / (place + 1 + followed), first: found[0] });
	}
	return given;
}

/** Mean reciprocal rank of all questions. */
export function meanScore(given: readonly Answer[]): number {
	return given.reduce((sum, { score }) => sum + score, 0) / given.length;
}
