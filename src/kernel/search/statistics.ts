import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';

/** Up to so many matches are counted. */
export const MOST_COUNTED = 10_000;
/** So many of the newest are then read, about, and one more. */
const SAMPLE = 499;
/** The statistics change when PostgreSQL analyses the table; what is older is asked for again. */
const FRESH_MS = 5 * 60_000;

/** What PostgreSQL knows of all documents by a sample of its own. */
interface Raw {
	documents: number;
	/** Between two of them there are equally many documents, the oldest first. */
	days: string[] | null;
	/** The most frequent lexemes with the share of documents that have each; behind them the smallest of the shares. */
	words: { known: string[] | null; shares: number[] | null } | null;
	/** Towns with their share of all documents. */
	towns: { known: string[] | null; shares: number[] | null; distinct: number } | null;
}

export interface Statistics {
	documents: number;
	days: readonly string[];
	/** Share of documents by lexeme. */
	words: ReadonlyMap<string, number>;
	/** Share of a lexeme that is not among them, at most. */
	rare: number;
	towns: ReadonlyMap<string, number>;
	/** Share of a town that is not among them. */
	otherTown: number;
}

/** What `kernel.search` is told to expect; its comment explains each. */
export interface Guess {
	most: number;
	sample: number;
	share?: number;
	since?: string | null;
	narrowShare?: number;
	narrowSince?: string | null;
	titleSince?: string | null;
	bestSince?: string | null;
}

let kept: { statistics: Promise<Statistics>; until: number } | undefined;

/** As this thread has them in mind, at most five minutes old. They decide how a question is answered first, never what the answer is. */
export function statisticsOf(ctx: Pick<Ctx, 'db'>): Promise<Statistics> {
	if (!kept || kept.until < performance.now()) {
		const statistics = readStatistics(ctx);
		kept = { statistics, until: performance.now() + FRESH_MS };
		statistics.catch(() => (kept = undefined));
	}
	return kept.statistics;
}

/** They are read anew: many documents were added, or the table was analysed. */
export function forgetStatistics(): void {
	kept = undefined;
}

async function readStatistics({ db }: Pick<Ctx, 'db'>): Promise<Statistics> {
	const { rows } = await sql<{ raw: Raw }>`select kernel.search_statistics() as raw`.execute(db);
	const { documents, days, words, towns } = rows[0]!.raw;
	const known = towns?.known ?? [];
	const shares = towns?.shares ?? [];
	const left = 1 - shares.reduce((sum, share) => sum + share, 0);
	// negative: as a share of the rows
	const distinct = (towns?.distinct ?? 1) < 0 ? -towns!.distinct * documents : (towns?.distinct ?? 1);
	return {
		documents,
		days: days ?? [],
		words: new Map(words?.known?.map((word, at) => [word, words.shares?.[at] ?? 0])),
		rare: Math.min(0.005, (words?.shares?.[words.known?.length ?? 0] ?? 1) / 2),
		towns: new Map(known.map((town, at) => [town, shares[at] ?? 0])),
		otherTown: left / Math.max(1, distinct - known.length),
	};
}

/** What is asked, as tsqueries; see `Plan`. */
export interface Asked {
	/** Null: all towns. */
	town: string | null;
	wanted: string | null;
	titled: string | null;
	narrow: string | null;
	byDate: boolean;
}

/** How a question is best answered, as far as the statistics tell. */
export function guessOf(statistics: Statistics, { town, wanted, titled, narrow, byDate }: Asked): Guess {
	const guess: Guess = { most: MOST_COUNTED, sample: SAMPLE };
	const documents = statistics.documents * (town ? (statistics.towns.get(town) ?? statistics.otherTown) : 1);
	// Few documents are counted to the end, whatever is asked.
	if (documents <= 1.1 * MOST_COUNTED) return guess;
	const among = (share: number) => Math.max(1, documents * share);
	const expected = among(wanted ? shareOf(statistics, wanted) : 1);
	const frequent = (many: number) => many > 1.1 * MOST_COUNTED;
	if (frequent(expected)) {
		guess.share = wanted ? (0.9 * SAMPLE) / expected : 1;
		guess.since = dayOf(statistics, guess.share);
	}
	const narrowed = narrow ? shareOf(statistics, narrow) * (wanted ? shareOf(statistics, wanted) : 1) : 1;
	if (frequent(among(narrowed))) {
		guess.narrowShare = narrow ? (0.9 * SAMPLE) / among(narrowed) : 1;
		guess.narrowSince = dayOf(statistics, guess.narrowShare);
	}
	if (titled && !byDate && expected > 400) {
		const withTitle = shareOf(statistics, titled) * (narrow ? shareOf(statistics, narrow) : 1);
		guess.titleSince = dayOf(statistics, 100 / among(withTitle));
	}
	if (!town && !narrow && !frequent(expected) && expected > 3000) guess.bestSince = dayOf(statistics, 100 / expected);
	return guess;
}

/** The day from which on there is this share of all documents, or a little more; null: from the beginning. */
function dayOf({ days }: Statistics, share: number): string | null {
	return share < 1 ? (days[Math.floor((days.length - 1) * (1 - share))] ?? null) : null;
}

/** Quoted lexeme with its ":*", or a sign; quotes and backslashes inside are doubled. */
const SIGNS = /'((?:[^'\\]|''|\\\\)*)'(:\*)?|[&|!()]|<->/g;

/** The share of documents that a tsquery matches, as PostgreSQL's planner reckons it: as if no word knew of the others. Beginnings more roughly. */
export function shareOf(statistics: Statistics, query: string): number {
	const signs = [...query.matchAll(SIGNS)];
	let at = 0;
	const is = (...wished: string[]) => wished.includes(signs[at]?.[0] ?? '') && ++at > 0;
	const any = (): number => {
		let share = all();
		while (is('|')) {
			const other = all();
			share += other - share * other;
		}
		return share;
	};
	const all = (): number => {
		let share = one();
		while (is('&', '<->')) share *= one();
		return share;
	};
	const one = (): number => {
		if (is('!')) return 1 - one();
		if (is('(')) {
			const share = any();
			at++;
			return share;
		}
		const [, lexeme = '', beginning] = signs[at++] ?? [];
		const word = lexeme.replaceAll("''", "'").replaceAll('\\\\', '\\');
		return beginning ? shareOfBeginning(statistics, word) : (statistics.words.get(word) ?? statistics.rare);
	};
	return any();
}

/** As the planner: a beginning is never taken for rarer. */
const LEAST_OF_BEGINNING = 0.005;

function shareOfBeginning({ words }: Statistics, beginning: string): number {
	let without = 1;
	for (const [word, share] of words) if (word.startsWith(beginning)) without *= 1 - share;
	return Math.max(1 - without, LEAST_OF_BEGINNING);
}
