import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { formatNumber } from '#kernel/i18n/format.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { MOST_COUNTED, search, type SearchHit, type SearchResult } from '#kernel/search/search.ts';
import type { Town } from '#kernel/town.ts';
import { allTowns } from '#kernel/towns.ts';
import { kindWords, overWords, valueWords } from './labels.server.ts';
import { FACETS, readQuestion, SAMPLED, toAddress, type Facet, type Question } from './schema.ts';
import type { PageServerLoad } from './$types';

const PER_GROUP = 4;
const PER_PAGE = 20;
/** Hits of all kinds together on a page that shows several. */
const ACROSS_KINDS = 60;

/** Hits of one kind: `count` of them there are, the first few are shown until the kind is chosen. */
interface Group {
	/** Empty on the pages that follow the first one: there hits stand in one list. */
	kind: string;
	label: string;
	count: number;
	hits: {
		href: string;
		language: string;
		date: string | null;
		title: SearchHit['title'];
		snippet: SearchHit['snippet'];
		body: string;
		/** Name of its town, in a search over several. */
		town: string;
	}[];
	/** Address with all of them; null when all are shown. */
	all: string | null;
}

/** A value to narrow the results to, or to take away again. */
interface Narrowing {
	facet: Facet | 'town';
	value: string;
	label: string;
	count: number;
	href: string;
}

export const load: PageServerLoad = async ({ locals: { ctx }, url, setHeaders }) => {
	const question = readQuestion(url.searchParams);
	const towns = await allTowns();
	if (towns.length < 2) question.everywhere = false;
	// What other towns publish is not in this town's change log: such a page is never kept.
	if (question.everywhere) setHeaders({ 'cache-control': 'no-store' });
	const asked = question.text.trim() !== '' || Object.keys(question.chosen).length > 0;
	const result = asked ? await ask(ctx, question) : null;
	const address = (changed: Partial<Question>) =>
		inLocale(toAddress({ ...question, after: '', ...changed }), ctx.locale);
	const place = { ctx, url, towns, question, address };
	const over = (result?.total ?? 0) > MOST_COUNTED;
	return {
		question,
		asked,
		total: result?.total ?? 0,
		over: over ? overWords(MOST_COUNTED, ctx.locale) : null,
		partial: result?.partial ?? false,
		overNote: over ? m.shell_search_over_note({ count: formatNumber(result!.counted, ctx.locale) }) : null,
		sampleNote:
			result && result.sampled < result.counted
				? m.shell_search_over_note({ count: formatNumber(result.sampled, ctx.locale) })
				: null,
		suggestion: result?.suggestion ? { text: result.suggestion, href: address({ text: result.suggestion }) } : null,
		groups: new ServerOnly(result ? groups(place, result) : []),
		next: result?.next && (question.chosen.kind || question.after) ? address({ after: result.next }) : null,
		first: question.after ? address({}) : null,
		narrowed: narrowings(question, result, true, address),
		offers: new ServerOnly([
			...narrowings(question, result, false, address),
			...(result ? townOffers(place, result) : []),
		]),
		clear: address({ chosen: {} }),
		elsewhere: towns.length > 1 ? address({ everywhere: !question.everywhere }) : null,
		follow: asked && !question.everywhere ? following(ctx, question) : null,
	};
};

function ask(ctx: Ctx, { text, chosen, after, everywhere }: Question): Promise<SearchResult> {
	const facets = Object.fromEntries(Object.entries(chosen).map(([facet, value]) => [facet, [value]]));
	const size = chosen.kind || after ? { perPage: PER_PAGE } : { perPage: ACROSS_KINDS, perKind: PER_GROUP };
	return search(ctx, { text, facets, everywhere, ...size, ...(after && { after }) });
}

/** Where to be told of new results: the same question as a feed, and as an order of mails. */
function following(ctx: Ctx, { text, chosen }: Question): { feed: string; mail: string } {
	const asked = toAddress({ text, chosen, after: '', everywhere: false }).replace('/suche?', '');
	return {
		feed: inLocale(`/suche.atom?${asked}`, ctx.locale),
		mail: inLocale(`/abonnement?${new URLSearchParams({ frage: `shell.search?${asked}` })}`, ctx.locale),
	};
}

type Address = (changed: Partial<Question>) => string;
interface Place {
	ctx: Ctx;
	url: URL;
	towns: Town[];
	question: Question;
	address: Address;
}

/** In the order of their best hit; a kind with none among the best still says how many there are. */
function groups(place: Place, result: SearchResult): Group[] {
	const { question, address } = place;
	if (question.after) return [{ kind: '', label: '', count: 0, hits: result.hits.map(shown(place)), all: null }];
	const counts = new Map(result.facets.kind?.map(({ value, count }) => [value, count]));
	const kinds = question.chosen.kind
		? [question.chosen.kind]
		: [...new Set([...result.hits.map(({ kind }) => kind), ...counts.keys()])];
	return kinds.map((kind) => {
		const ofKind = result.hits.filter((hit) => hit.kind === kind);
		const hits = question.chosen.kind ? ofKind : ofKind.slice(0, PER_GROUP);
		const count = question.chosen.kind ? result.total : (counts.get(kind) ?? ofKind.length);
		return {
			kind,
			label: kindWords(kind),
			count,
			hits: hits.map(shown(place)),
			all: count > hits.length && !question.chosen.kind ? address({ chosen: { ...question.chosen, kind } }) : null,
		};
	});
}

function shown({ ctx, url, towns, question }: Place) {
	return ({ href, language, date, title, snippet, facets, town }: SearchHit) => {
		const body = [facets.body ?? []].flat().join(', ');
		const at = towns.find(({ id }) => id === town);
		return {
			href: (town === ctx.body.id || !at ? '' : originOf(at, url)) + inLocale(href, ctx.locale),
			language,
			date: date?.toString() ?? null,
			title,
			snippet,
			// A body's own entry need not say whose it is.
			body: body !== title.map(({ text }) => text).join('') ? body : '',
			town: question.everywhere ? (at?.name ?? '') : '',
		};
	};
}

/** The address of a town of this installation, reached as this one is. */
function originOf(town: Town, url: URL): string {
	const [host] = town.hosts;
	return host ? `${url.protocol}//${host}${url.port ? `:${url.port}` : ''}` : '';
}

function narrowings(question: Question, result: SearchResult | null, chosen: boolean, address: Address): Narrowing[] {
	const { chosen: now } = question;
	return FACETS.flatMap((facet) => {
		if (chosen !== facet in now) return [];
		const without = Object.fromEntries(Object.entries(now).filter(([name]) => name !== facet));
		if (chosen) {
			const value = now[facet]!;
			return [{ facet, value, label: valueWords(facet, value), count: 0, href: address({ chosen: without }) }];
		}
		const values = result?.facets[facet] ?? [];
		const counted = (SAMPLED.includes(facet) ? result?.sampled : result?.counted) ?? 0;
		// What all results have narrows nothing.
		if (values.length < 2 && (values[0]?.count ?? 0) >= counted) return [];
		return values.slice(0, 12).map(({ value, count }) => ({
			facet,
			value,
			label: valueWords(facet, value),
			count,
			href: address({ chosen: { ...now, [facet]: value } }),
		}));
	});
}

/** Towns with results: each leads to the same search on its own pages. */
function townOffers({ ctx, url, towns, question, address }: Place, result: SearchResult): Narrowing[] {
	return (result.facets.town ?? []).slice(0, 12).flatMap(({ value, count }) => {
		const town = towns.find(({ id }) => id === value);
		if (!town || !question.everywhere) return [];
		const href = (town.id === ctx.body.id ? '' : originOf(town, url)) + address({ everywhere: false });
		return [{ facet: 'town' as const, value, label: town.name, count, href }];
	});
}
