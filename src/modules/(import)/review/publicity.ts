import type { AgendaItem, Content, Reading } from '../reading/types.ts';

/** An item as reviewed: whether the public may see it, which old minutes say by their parts. */
export type ReviewedItem = AgendaItem & { public?: boolean | null };

// "Nichtöffentlicher Teil", "B. Nicht öffentliche Sitzung", "II. Nichtöffentlich" on a line of their own, and their opposite.
const CLOSED =
	/^[^\p{L}\n]{0,12}(?:[A-ZIVX]{1,4}[.)]\s*)?(?:in\s+|teil\s+\S{1,3}[.:]?\s+)?nicht\s?-?\s?öffentliche?[nrs]?\b[^\n.]{0,60}$/gimu;
const OPEN =
	/^[^\p{L}\n]{0,12}(?:[A-ZIVX]{1,4}[.)]\s*)?(?:in\s+|teil\s+\S{1,3}[.:]?\s+)?öffentliche?[nrs]?\b[^\n.]{0,60}$/gimu;

/**
 * The content with each agenda item marked public or not: by the heading of the part it stands in, by a number such as
 * "N 3", by "(nichtöffentlich)" in its title, or because the whole session was closed. Whatever is closed stays inside
 * until a person says otherwise.
 */
export function withPublicity(text: string, reading: Reading): Omit<Content, 'agenda'> & { agenda: ReviewedItem[] } {
	const headings = [...positions(text, CLOSED, true), ...positions(text, OPEN, false)].sort((a, b) => a.at - b.at);
	const agenda = reading.agenda.map((item, index): ReviewedItem => {
		const span = reading.spans[`/agenda/${index}/title`] ?? reading.spans[`/agenda/${index}`];
		const part = span ? headings.findLast(({ at }) => at < span.start) : undefined;
		const marked = /^n(?:ö)?\s*\d/i.test(item.number ?? '') || /nicht\s?-?öffentlich/i.test(item.title);
		return { ...item, public: !(reading.public === false || marked || part?.closed) };
	});
	return { ...reading, agenda };
}

function positions(text: string, pattern: RegExp, closed: boolean): { at: number; closed: boolean }[] {
	return [...text.matchAll(pattern)].map((match) => ({ at: match.index, closed }));
}

/** True if anything of the record must stay inside; then its original must, too. */
export function hasClosedPart(items: readonly ReviewedItem[]): boolean {
	return items.some((item) => item.public === false);
}
