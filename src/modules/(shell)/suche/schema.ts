/** Facets a reader may narrow a search by, in the order shown. Their German names stand in the address. */
export const FACETS = ['kind', 'body', 'year'] as const;
export type Facet = (typeof FACETS)[number];
const IN_ADDRESS: Record<Facet, string> = { kind: 'art', body: 'gremium', year: 'jahr' };

export interface Question {
	text: string;
	chosen: Partial<Record<Facet, string>>;
	/** From 1. */
	page: number;
}

/** What the address asks: `?q=dolmetschen&jahr=2026&seite=2`. Nonsense counts as not said. */
export function readQuestion(params: URLSearchParams): Question {
	const chosen: Question['chosen'] = {};
	for (const facet of FACETS) {
		const value = params.get(IN_ADDRESS[facet]);
		if (value) chosen[facet] = value.slice(0, 200);
	}
	const page = Number(params.get('seite') ?? 1);
	return { text: (params.get('q') ?? '').slice(0, 300), chosen, page: Number.isInteger(page) && page > 0 ? page : 1 };
}

/** The way back: the address that asks this. */
export function toAddress({ text, chosen, page }: Question): string {
	const params = new URLSearchParams({ q: text });
	for (const facet of FACETS) if (chosen[facet]) params.set(IN_ADDRESS[facet], chosen[facet]);
	if (page > 1) params.set('seite', String(page));
	return `/suche?${params}`;
}

/** Names of the hidden fields that keep what is chosen when the text is typed anew. */
export function hiddenFields(chosen: Question['chosen']): { name: string; value: string }[] {
	return FACETS.flatMap((facet) => (chosen[facet] ? [{ name: IN_ADDRESS[facet], value: chosen[facet] }] : []));
}
