import { sql } from 'kysely';
import { VISITOR } from '../access/actor.ts';
import { sightOf } from '../changes/audience.ts';
import type { Ctx } from '../ctx.ts';
import { isId } from '../ids.ts';
import { highlight, type Segment } from './highlight.ts';
import { facetLexeme, quoteLexeme } from './lexemes.ts';
import { loosen, planQuery, type Plan } from './query-plan.ts';
import { parseQuery } from './query-text.ts';
import { guessOf, statisticsOf } from './statistics.ts';
import { suggest } from './suggest.ts';
import { caughtUp, vocabularyOf } from './vocabulary.ts';

export interface SearchRequest {
	/** What was typed; empty lists everything, newest first. */
	text: string;
	/** Chosen values by facet, e.g. { kind: ['council.meeting'], year: ['2025', '2026'] }. */
	facets?: Record<string, string[]>;
	/** The last key of the page before (`SearchResult.next`); what is no key counts as none. */
	after?: string;
	perPage?: number;
	/** At most so many hits of each kind, for a page that shows several; such a page has no next one. */
	perKind?: number;
	order?: 'relevance' | 'date';
	/** In all towns of this installation: their public documents, whoever asks. */
	everywhere?: boolean;
}

export interface SearchHit {
	/** Id of the town it belongs to. */
	town: string;
	kind: string;
	id: string;
	/** Path of its page without language prefix. */
	href: string;
	/** BCP 47 tag of title and snippet. */
	language: string;
	date: Temporal.PlainDate | null;
	facets: Record<string, string | string[]>;
	title: Segment[];
	snippet: Segment[];
}

export interface FacetCount {
	value: string;
	count: number;
	chosen: boolean;
}

export interface SearchResult {
	hits: SearchHit[];
	/** Counts of every facet's values among the results; a facet's own choice does not narrow its own counts. */
	facets: Record<string, FacetCount[]>;
	/** Exact up to MOST_COUNTED; one more means: there are more. */
	total: number;
	/** So many of them, the newest, were counted for the facets. */
	counted: number;
	/** The same of the facets that only records tell (type, topic, district, result): over all towns they may be counted among fewer. */
	sampled: number;
	/** Key of the next page; null on the last. */
	next: string | null;
	/** No document has all words: these have some of them. */
	partial: boolean;
	/** "Did you mean …": the typed text with words that the reader's documents have; null when there is nothing better. */
	suggestion: string | null;
}

interface RawHit extends Omit<SearchHit, 'date' | 'title' | 'snippet'> {
	title: string;
	keywords: string[];
	body: string;
	date: string | null;
	positions: number[];
	key: [number, string, string];
}

interface RawResult {
	total: number;
	counted: number;
	sampled: number;
	facets: { facet: string; value: string; count: number }[];
	hits: RawHit[];
}

interface RawAnswer {
	result: RawResult;
	/** Of the town's vocabulary, as this answer found it. */
	version: number;
}

export { MOST_COUNTED } from './statistics.ts';

/** Below this many results a typing error is looked for. */
const FEW = 3;
const MOST_PER_PAGE = 100;
/** Nobody types more; what comes behind is ignored. */
const LONGEST_TEXT = 300;

/**
 * Searches the town for what the actor may see. Counts, facets, suggestions and highlights come from the same documents:
 * nothing tells that there are others. Compounds and suggestions follow the vocabulary of the context's town, everywhere too.
 */
export async function search(ctx: Ctx, request: SearchRequest): Promise<SearchResult> {
	const sight = sightOf(request.everywhere ? VISITOR : ctx.actor);
	const typed = request.text.normalize('NFC').slice(0, LONGEST_TEXT);
	const terms = parseQuery(typed);
	const take = clamp(request.perPage ?? 20, 1, MOST_PER_PAGE);
	const chosen = Object.fromEntries(Object.entries(request.facets ?? {}).filter(([, values]) => values.length > 0));
	const after = readKey(request.after);
	const statistics = await statisticsOf(ctx);
	const town = request.everywhere ? null : ctx.body.id;
	const narrow = narrowing(chosen);
	const byDate = request.order === 'date';
	const ask = async ({ wanted, strong, titled, marked }: Plan): Promise<RawAnswer> => {
		const guess = guessOf(statistics, { town, wanted, titled, narrow, byDate });
		const { rows } = await sql<RawAnswer>`
			select kernel.search(${town}::uuid, ${JSON.stringify(sight)}::jsonb,
				${wanted}::tsquery, ${strong}::tsquery, ${titled}::tsquery, ${narrow}::tsquery,
				${marked}::text[], ${JSON.stringify(chosen)}::jsonb, ${byDate},
				${after && JSON.stringify(after)}::jsonb, ${take + 1}::int,
				${request.perKind ?? null}::int, ${JSON.stringify(guess)}::jsonb) as result,
				coalesce((select version from kernel.search_vocabulary where body_id = ${ctx.body.id}), 0) as version`.execute(ctx.db);
		return rows[0]!;
	};
	let vocabulary = await vocabularyOf(ctx);
	let plan = await planQuery(ctx, terms, vocabulary);
	let answer = await ask(plan);
	if (answer.version !== vocabulary.version) {
		vocabulary = await caughtUp(ctx, vocabulary, answer.version);
		const newer = await planQuery(ctx, terms, vocabulary);
		if (newer.wanted !== plan.wanted) answer = await ask(newer);
		plan = newer;
	}
	const strict = answer.result;
	const suggestion = strict.total < FEW ? await suggest(ctx, typed, plan, sight) : null;
	const looser = strict.total || byDate ? null : await loosen(ctx, plan, vocabulary);
	const { total, counted, sampled, facets, hits } = looser ? (await ask(looser)).result : strict;
	const shown = hits.slice(0, take);
	const next = hits.length > take && !request.perKind ? shown.at(-1)!.key.join('_') : null;
	const partial = looser !== null && total > 0;
	return {
		hits: shown.map(present),
		facets: group(facets, chosen),
		total,
		counted,
		sampled,
		next,
		partial,
		suggestion,
	};
}

/** Chosen facets as PostgreSQL looks for them. */
function narrowing(chosen: Record<string, string[]>): string | null {
	const facets = Object.entries(chosen).map(
		([facet, values]) => `(${values.map((value) => quoteLexeme(facetLexeme(facet, value))).join(' | ')})`,
	);
	return facets.length ? facets.join(' & ') : null;
}

/** "0.9_2026-03-01_<id>": rank, day and id of the last hit seen. */
function readKey(text = ''): [number, string, string] | null {
	const [rank = '', day = '', id = ''] = text.split('_');
	if (!/^\d{1,3}(\.\d{1,6})?$/.test(rank) || !isId(id)) return null;
	return /^\d{4}-\d\d-\d\d$/.test(day) && isDay(day)
		? [Number(rank), day, id]
		: day === '-infinity'
			? [Number(rank), day, id]
			: null;
}

function isDay(text: string): boolean {
	try {
		return Boolean(Temporal.PlainDate.from(text));
	} catch {
		return false;
	}
}

function clamp(value: number, least: number, most: number): number {
	return Number.isFinite(value) ? Math.min(Math.max(Math.trunc(value), least), most) : least;
}

function present({ town, kind, id, href, language, date, facets, positions, ...document }: RawHit): SearchHit {
	const { title, snippet } = highlight({ ...document, language }, positions);
	return { town, kind, id, href, language, date: date ? Temporal.PlainDate.from(date) : null, facets, title, snippet };
}

function group(counts: RawResult['facets'], chosen: Record<string, string[]>): Record<string, FacetCount[]> {
	const grouped: Record<string, FacetCount[]> = {};
	for (const { facet, value, count } of counts) {
		(grouped[facet] ??= []).push({ value, count, chosen: chosen[facet]?.includes(value) ?? false });
	}
	return grouped;
}
