/** Facets a reader may narrow a search by, in the order shown. Their German names stand in the address. */
export const FACETS = ['kind', 'body', 'type', 'topic', 'district', 'result', 'year'] as const;
export type Facet = (typeof FACETS)[number];
/** Those that only records tell: over all towns they may be counted among the newest results alone (`SearchResult.sampled`). */
export const SAMPLED: readonly string[] = ['type', 'topic', 'district', 'result'];
const IN_ADDRESS: Record<Facet, string> = {
	kind: 'art',
	body: 'gremium',
	type: 'typ',
	topic: 'thema',
	district: 'stadtteil',
	result: 'ergebnis',
	year: 'jahr',
};

export interface Question {
	text: string;
	chosen: Partial<Record<Facet, string>>;
	/** Key of the last hit of the page before; empty on the first page. */
	after: string;
	/** In all towns of this installation. */
	everywhere: boolean;
}

/** What the address asks: `?q=dolmetschen&jahr=2026&wo=alle&nach=<key>`. Nonsense counts as not said. */
export function readQuestion(params: URLSearchParams): Question {
	const chosen: Question['chosen'] = {};
	for (const facet of FACETS) {
		const value = params.get(IN_ADDRESS[facet]);
		if (value) chosen[facet] = value.slice(0, 200);
	}
	const after = params.get('nach') ?? '';
	return {
		text: (params.get('q') ?? '').slice(0, 300),
		chosen,
		after: /^[\d._a-z-]{1,80}$/.test(after) ? after : '',
		everywhere: params.get('wo') === 'alle',
	};
}

/** The way back: the address that asks this. */
export function toAddress({ text, chosen, after, everywhere }: Question): string {
	const params = new URLSearchParams({ q: text });
	for (const facet of FACETS) if (chosen[facet]) params.set(IN_ADDRESS[facet], chosen[facet]);
	if (everywhere) params.set('wo', 'alle');
	if (after) params.set('nach', after);
	return `/suche?${params}`;
}

/** Names of the hidden fields that keep what is chosen when the text is typed anew. */
export function hiddenFields({ chosen, everywhere }: Pick<Question, 'chosen' | 'everywhere'>) {
	const fields = FACETS.flatMap((facet) => (chosen[facet] ? [{ name: IN_ADDRESS[facet], value: chosen[facet] }] : []));
	return everywhere ? [...fields, { name: 'wo', value: 'alle' }] : fields;
}
