/** One span in which somebody held a seat, a post or an office of a body. Days are ISO; `until` no longer counts. */
export interface Held {
	name: string;
	/** `seat` with its number, a post of the body ('chair' …), or an office with its own title. */
	role: 'seat' | 'chair' | 'deputyChair' | 'board' | 'managingOffice' | 'speaker' | 'office';
	seat: { number: number; kind: string } | null;
	/** Title of an office; official German. */
	title: string;
	organisation: string;
	from: string;
	until: string | null;
}

export interface HistoryTerm {
	id: string;
	name: string;
	from: string;
	until: string | null;
}

export interface HistoryFilter {
	/** Part of a name, an organisation or a title. */
	text?: string;
	/** Id of a term. */
	term?: string;
	role?: string;
}

export interface HistoryPart {
	/** Null for what lies in no term. */
	term: HistoryTerm | null;
	rows: Held[];
}

const ROLES: readonly Held['role'][] = ['chair', 'deputyChair', 'board', 'managingOffice', 'speaker', 'office', 'seat'];

/** Do two half-open spans share a day? */
export function overlaps(a: Pick<Held, 'from' | 'until'>, b: Pick<Held, 'from' | 'until'>): boolean {
	return (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until);
}

/**
 * Who sat when, newest term first; in each term posts before seats, seats by their number, holders in their order. What
 * reaches over two terms stands in both, because people ask for the one or the other.
 */
export function historyParts(
	held: readonly Held[],
	terms: readonly HistoryTerm[],
	filter: HistoryFilter,
): HistoryPart[] {
	const wanted = held.filter((one) => fits(one, filter));
	const parts: HistoryPart[] = terms
		.filter(({ id }) => !filter.term || id === filter.term)
		.toSorted((a, b) => b.from.localeCompare(a.from))
		.map((term) => ({ term, rows: inOrder(wanted.filter((one) => overlaps(one, term))) }));
	const outside = filter.term ? [] : wanted.filter((one) => !terms.some((term) => overlaps(one, term)));
	return [...parts, { term: null, rows: inOrder(outside) }].filter(({ rows }) => rows.length);
}

function fits(one: Held, { text, role }: HistoryFilter): boolean {
	if (role && one.role !== role) return false;
	const words = folded(text ?? '')
		.split(/\s+/)
		.filter(Boolean);
	const there = folded([one.name, one.organisation, one.title].join(' '));
	return words.every((word) => there.includes(word));
}

/** Letters without marks and case: "muller" finds "Müller". */
function folded(text: string): string {
	return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase();
}

function inOrder(rows: readonly Held[]): Held[] {
	return rows.toSorted(
		(a, b) =>
			ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
			(a.seat?.number ?? 0) - (b.seat?.number ?? 0) ||
			a.title.localeCompare(b.title, 'de') ||
			a.from.localeCompare(b.from) ||
			a.name.localeCompare(b.name, 'de'),
	);
}
