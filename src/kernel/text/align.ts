/** Puts two sequences side by side: which element became which. */

/** Positions in both sequences; a pair without `a` was added, one without `b` removed. In reading order. */
export interface Pair {
	a?: number;
	b?: number;
}

/** Beyond so many comparisons only the equal ends are matched and the middle counts as replaced. */
const LIMIT = 4_000_000;

/**
 * The alignment with the highest sum of scores, order kept. A score of 0 or less never pairs.
 * @param score how well `a[i]` and `b[j]` fit; called at most once per pair.
 */
export function align(a: number, b: number, score: (i: number, j: number) => number): Pair[] {
	let from = 0;
	while (from < a && from < b && score(from, from) >= 1) from += 1;
	let tail = 0;
	while (tail < a - from && tail < b - from && score(a - 1 - tail, b - 1 - tail) >= 1) tail += 1;
	const head = Array.from({ length: from }, (_, at) => ({ a: at, b: at }));
	const end = Array.from({ length: tail }, (_, at) => ({ a: a - tail + at, b: b - tail + at }));
	return [...head, ...alignMiddle(from, a - tail, b - tail, score), ...end];
}

function alignMiddle(from: number, toA: number, toB: number, score: (i: number, j: number) => number): Pair[] {
	const [rows, columns] = [toA - from, toB - from];
	if (rows * columns > LIMIT) return onlyIn('a', from, toA).concat(onlyIn('b', from, toB));
	const width = columns + 1;
	const best = new Float32Array((rows + 1) * width);
	const paired = new Uint8Array((rows + 1) * width);
	for (let i = rows - 1; i >= 0; i--) {
		for (let j = columns - 1; j >= 0; j--) {
			const at = i * width + j;
			const fit = score(from + i, from + j);
			const together = fit > 0 ? fit + (best[at + width + 1] ?? 0) : 0;
			const apart = Math.max(best[at + width] ?? 0, best[at + 1] ?? 0);
			best[at] = Math.max(together, apart);
			if (fit > 0 && together >= apart) paired[at] = 1;
		}
	}
	const pairs: Pair[] = [];
	let [i, j] = [0, 0];
	while (i < rows && j < columns) {
		const at = i * width + j;
		if (paired[at]) pairs.push({ a: from + i++, b: from + j++ });
		else if ((best[at + width] ?? 0) >= (best[at + 1] ?? 0)) pairs.push({ a: from + i++ });
		else pairs.push({ b: from + j++ });
	}
	return pairs.concat(onlyIn('a', from + i, toA), onlyIn('b', from + j, toB));
}

function onlyIn(side: 'a' | 'b', from: number, to: number): Pair[] {
	return Array.from({ length: to - from }, (_, at) => ({ [side]: from + at }));
}

/** How much two texts have in common, 0 to 1: the share of their words that occur in both (Dice). */
export function similarity(a: string, b: string): number {
	if (a === b) return 1;
	const [inA, inB] = [wordsOf(a), wordsOf(b)];
	if (!inA.size || !inB.size) return 0;
	let common = 0;
	for (const word of inA) if (inB.has(word)) common += 1;
	return (2 * common) / (inA.size + inB.size + 1e-9);
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

function wordsOf(text: string): Set<string> {
	const words = [...segmenter.segment(text)].filter((part) => part.isWordLike).map((part) => part.segment);
	return new Set(words.map((word) => word.toLowerCase()));
}
