/** Words of a title in house style; the pattern is German, as the title stands in the record. */
export interface TitleParts {
	number: number;
	public: boolean;
	year: number;
	body: string;
}

/** Places that a pattern may have. */
export const TITLE_PLACES = ['{nummer}', '{art}', '{jahr}', '{gremium}'] as const;

/** "2. öffentliche Sitzung 2023" from "{nummer}. {art} Sitzung {jahr}" (SIT-01). Unknown places stay as they are. */
export function titleFrom(pattern: string, { number, public: open, year, body }: TitleParts): string {
	const values: Record<string, string> = {
		'{nummer}': String(number),
		'{art}': open ? 'öffentliche' : 'nichtöffentliche',
		'{jahr}': String(year),
		'{gremium}': body,
	};
	return pattern.replace(/\{\w+\}/g, (place) => values[place] ?? place).trim();
}

/** The next running number after those given within a year or term: gaps are not filled, so no number is given twice. */
export function nextNumber(taken: readonly (number | null)[]): number {
	return taken.reduce<number>((most, number) => Math.max(most, number ?? 0), 0) + 1;
}

export interface Numbered {
	id: string;
	public: boolean;
	/** What was taken off keeps its place and has no number. */
	removed?: boolean;
}

/**
 * Items in the order in which they are dealt with: the public part first, then the closed one, numbered through; what was
 * taken off keeps its place without a number.
 */
export function numbered<Item extends Numbered>(
	items: readonly Item[],
): (Item & { number: string; position: number })[] {
	const ordered = [...items.filter((item) => item.public), ...items.filter((item) => !item.public)];
	let number = 0;
	return ordered.map((item, position) => ({ ...item, position, number: item.removed ? '' : String(++number) }));
}

/**
 * The order after moving an item one place up or down within its part. An item at the end of its part stays.
 * @param by -1 up, 1 down
 */
export function moved<Item extends Numbered>(items: readonly Item[], id: string, by: -1 | 1): Item[] {
	const order = numbered(items).map(({ id: each }) => items.find((item) => item.id === each)!);
	const from = order.findIndex((item) => item.id === id);
	const to = from + by;
	const [item, other] = [order[from], order[to]];
	if (!item || !other || item.public !== other.public) return order;
	order[from] = other;
	order[to] = item;
	return order;
}

/** The order after putting an item in front of another one of its part (or at the part's end). */
export function placedBefore<Item extends Numbered>(
	items: readonly Item[],
	id: string,
	beforeId: string | null,
): Item[] {
	const item = items.find((each) => each.id === id);
	const rest = numbered(items)
		.filter((each) => each.id !== id)
		.map(({ id: each }) => items.find((one) => one.id === each)!);
	if (!item) return rest;
	const before = rest.findIndex((each) => each.id === beforeId && each.public === item.public);
	const lastOfPart = rest.findLastIndex((each) => each.public === item.public);
	const at = before >= 0 ? before : lastOfPart >= 0 ? lastOfPart + 1 : item.public ? 0 : rest.length;
	return [...rest.slice(0, at), item, ...rest.slice(at)];
}
