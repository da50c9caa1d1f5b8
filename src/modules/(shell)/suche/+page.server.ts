import type { Ctx } from '#kernel/ctx.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { installedModules } from '#kernel/module.ts';
import { search, type SearchHit, type SearchResult } from '#kernel/search/search.ts';
import { words } from '../../../navigation.ts';
import { FACETS, readQuestion, toAddress, type Facet, type Question } from './schema.ts';
import type { PageServerLoad } from './$types';

const PER_GROUP = 4;
const PER_PAGE = 20;
/** So many of the best are looked at to fill the groups of a page that shows several kinds. */
const ACROSS_KINDS = 60;

/** Hits of one kind: `count` of them there are, the first few are shown until the kind is chosen. */
interface Group {
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
	}[];
	/** Address with all of them; null when all are shown. */
	all: string | null;
}

/** A value to narrow the results to, or to take away again. */
interface Narrowing {
	facet: Facet;
	value: string;
	label: string;
	count: number;
	href: string;
}

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const question = readQuestion(url.searchParams);
	const asked = question.text.trim() !== '' || Object.keys(question.chosen).length > 0;
	const result = asked ? await ask(ctx, question) : null;
	const address = (changed: Partial<Question>) => inLocale(toAddress({ ...question, page: 1, ...changed }), ctx.locale);
	return {
		text: question.text,
		asked,
		total: result?.total ?? 0,
		page: question.page,
		pages: question.chosen.kind ? Math.ceil((result?.total ?? 0) / PER_PAGE) : 1,
		chosen: question.chosen,
		suggestion: result?.suggestion ? { text: result.suggestion, href: address({ text: result.suggestion }) } : null,
		groups: result ? groups(ctx, question, result, address) : [],
		narrowed: narrowings(question, result, true, address),
		offers: narrowings(question, result, false, address),
		clear: address({ chosen: {} }),
	};
};

function ask(ctx: Ctx, { text, chosen, page }: Question): Promise<SearchResult> {
	const facets = Object.fromEntries(Object.entries(chosen).map(([facet, value]) => [facet, [value]]));
	const perPage = chosen.kind ? PER_PAGE : ACROSS_KINDS;
	return search(ctx, { text, facets, page: chosen.kind ? page : 1, perPage });
}

type Address = (changed: Partial<Question>) => string;

/** In the order of their best hit; a kind with none among the best still says how many there are. */
function groups(ctx: Ctx, question: Question, result: SearchResult, address: Address): Group[] {
	const counts = new Map(result.facets.kind?.map(({ value, count }) => [value, count]));
	const kinds = question.chosen.kind
		? [question.chosen.kind]
		: [...new Set([...result.hits.map(({ kind }) => kind), ...counts.keys()])];
	return kinds.map((kind) => {
		const ofKind = result.hits.filter((hit) => hit.kind === kind);
		const shown = question.chosen.kind ? ofKind : ofKind.slice(0, PER_GROUP);
		const count = question.chosen.kind ? result.total : (counts.get(kind) ?? ofKind.length);
		return {
			kind,
			label: kindWords(kind),
			count,
			hits: shown.map(({ href, language, date, title, snippet, facets }) => ({
				href: inLocale(href, ctx.locale),
				language,
				date: date?.toString() ?? null,
				title,
				snippet,
				// A body's own entry need not say whose it is.
				body: facets.body && facets.body !== title.map(({ text }) => text).join('') ? facets.body : '',
			})),
			all: count > shown.length && !question.chosen.kind ? address({ chosen: { ...question.chosen, kind } }) : null,
		};
	});
}

function narrowings(question: Question, result: SearchResult | null, chosen: boolean, address: Address): Narrowing[] {
	const { chosen: now } = question;
	return FACETS.flatMap((facet) => {
		if (chosen !== facet in now) return [];
		const without = Object.fromEntries(Object.entries(now).filter(([name]) => name !== facet));
		if (chosen)
			return [
				{
					facet,
					value: now[facet]!,
					label: valueWords(facet, now[facet]!),
					count: 0,
					href: address({ chosen: without }),
				},
			];
		const values = result?.facets[facet] ?? [];
		// One value alone narrows nothing.
		if (values.length < 2) return [];
		return values.map(({ value, count }) => ({
			facet,
			value,
			label: valueWords(facet, value),
			count,
			href: address({ chosen: { ...now, [facet]: value } }),
		}));
	});
}

function valueWords(facet: Facet, value: string): string {
	return facet === 'kind' ? kindWords(value) : value;
}

/** @returns the kind's own name where its module gave none: a defect that a reader can still work with */
function kindWords(kind: string): string {
	const label = installedModules().servers.find(({ kinds }) => kind in kinds)?.kinds[kind]?.label;
	return label ? words(label)() : kind;
}
