import { sql } from 'kysely';
import { sightOf } from '../changes/audience.ts';
import type { Ctx } from '../ctx.ts';
import { highlight, type Segment } from './highlight.ts';
import { planQuery } from './query-plan.ts';
import { parseQuery } from './query-text.ts';
import { suggest } from './suggest.ts';

export interface SearchRequest {
	/** What was typed; empty lists everything, newest first. */
	text: string;
	/** Chosen values by facet, e.g. { kind: ['council.meeting'], year: ['2025', '2026'] }. */
	facets?: Record<string, string[]>;
	/** From 1. */
	page?: number;
	perPage?: number;
	order?: 'relevance' | 'date';
}

export interface SearchHit {
	kind: string;
	id: string;
	/** Path of its page without language prefix. */
	href: string;
	/** BCP 47 tag of title and snippet. */
	language: string;
	date: Temporal.PlainDate | null;
	facets: Record<string, string>;
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
	total: number;
	/** "Did you mean …": the typed text with words that the reader's documents have; null when there is nothing better. */
	suggestion: string | null;
}

interface RawHit extends Omit<SearchHit, 'date' | 'title' | 'snippet'> {
	title: string;
	keywords: string[];
	body: string;
	date: string | null;
	positions: number[];
}

interface RawResult {
	total: number;
	facets: { facet: string; value: string; count: number }[];
	hits: RawHit[];
}

/** Below this many results a typing error is looked for. */
const FEW = 3;
const MOST_PER_PAGE = 100;
const LAST_PAGE = 500;
/** Nobody types more; what comes behind is ignored. */
const LONGEST_TEXT = 300;

/**
 * Searches the town for what the actor may see. Counts, facets, suggestions and highlights come from the same documents:
 * nothing tells that there are others.
 */
export async function search(ctx: Ctx, request: SearchRequest): Promise<SearchResult> {
	const bodies = [ctx.body.id];
	const sight = sightOf(ctx.actor);
	const typed = request.text.normalize('NFC').slice(0, LONGEST_TEXT);
	const plan = await planQuery(ctx, parseQuery(typed), bodies);
	const take = clamp(request.perPage ?? 20, 1, MOST_PER_PAGE);
	const skip = (clamp(request.page ?? 1, 1, LAST_PAGE) - 1) * take;
	const chosen = Object.fromEntries(Object.entries(request.facets ?? {}).filter(([, values]) => values.length > 0));
	const { rows } = await sql<{ result: RawResult }>`
		select kernel.search(${bodies}::uuid[], ${JSON.stringify(sight)}::jsonb, ${plan.wanted}::tsquery, ${plan.strong}::tsquery,
			${plan.marked}::text[], ${JSON.stringify(chosen)}::jsonb, ${request.order === 'date'}, ${skip}::int, ${take}::int) as result`.execute(
		ctx.db,
	);
	const { total, facets, hits } = rows[0]!.result;
	const suggestion = total < FEW ? await suggest(ctx, typed, plan, bodies, sight) : null;
	return { hits: hits.map(present), facets: group(facets, chosen), total, suggestion };
}

function clamp(value: number, least: number, most: number): number {
	return Number.isFinite(value) ? Math.min(Math.max(Math.trunc(value), least), most) : least;
}

function present({ kind, id, href, language, date, facets, positions, ...document }: RawHit): SearchHit {
	const { title, snippet } = highlight({ ...document, language }, positions);
	return { kind, id, href, language, date: date ? Temporal.PlainDate.from(date) : null, facets, title, snippet };
}

function group(counts: RawResult['facets'], chosen: Record<string, string[]>): Record<string, FacetCount[]> {
	const grouped: Record<string, FacetCount[]> = {};
	for (const { facet, value, count } of counts) {
		(grouped[facet] ??= []).push({ value, count, chosen: chosen[facet]?.includes(value) ?? false });
	}
	return grouped;
}
