import { fold, nameKey } from '#modules/registry';
import type { Attendee, Content } from '../reading/types.ts';

/** What the register knows already; names are compared by key, never by guess. */
export interface Known {
	persons: { id: string; name: string }[];
	organisations: { id: string; name: string; shortName: string; type: string }[];
	bodies: { id: string; name: string; slug: string; votingSeats: number }[];
}

/** What taking a session over would add to the register, for a person to confirm. */
export interface Plan {
	body: { match: Known['bodies'][number] | null; similar: Known['bodies']; name: string };
	/** Seats with a vote as the attendance list shows them; `holder` is the principal where a substitute came. */
	seats: PlannedSeat[];
	persons: { key: string; name: string; matches: { id: string; name: string }[]; because: 'seat' | 'substitute' }[];
	groups: { key: string; name: string; matches: { id: string; name: string }[] }[];
}

export interface PlannedSeat {
	/** Index in the attendance list. */
	row: number;
	kind: 'delegated' | 'resident';
	holder: string;
	group: string | null;
}

/**
 * The proposal that the review page shows: which body, seats, groups and persons the record needs and which of them are
 * known. Several matches for one name stay open: two people may share it.
 */
export function planOf(content: Content, known: Known): Plan {
	const seats = content.attendance.flatMap((row, index) => (row.voting ? [seatOf(row, index)] : []));
	const names = new Map<string, { name: string; because: 'seat' | 'substitute' }>();
	for (const seat of seats) names.set(nameKey(seat.holder), { name: seat.holder, because: 'seat' });
	for (const row of content.attendance) {
		if (row.voting && row.substituteFor && !names.has(nameKey(row.name)))
			names.set(nameKey(row.name), { name: row.name, because: 'substitute' });
	}
	return {
		body: bodyOf(content, known),
		seats,
		persons: [...names].map(([key, { name, because }]) => ({
			key,
			name,
			because,
			matches: known.persons.filter((p) => nameKey(p.name) === key),
		})),
		groups: groupsOf(seats, known),
	};
}

function seatOf(row: Attendee, index: number): PlannedSeat {
	const delegated = /frak|entsand|ratsmitgl|stadtrat|stadträt|kreistag|gruppe|partei/i.test(
		`${row.group ?? ''} ${row.role ?? ''}`,
	);
	const kind =
		delegated && !/bevölkerung|einwohner|gewählt|migrationshintergrund/i.test(row.group ?? '')
			? 'delegated'
			: 'resident';
	return { row: index, kind, holder: row.substituteFor ?? row.name, group: kind === 'delegated' ? row.org : null };
}

function bodyOf(content: Content, known: Known): Plan['body'] {
	const name = content.body ?? '';
	const key = fold(name);
	const match = known.bodies.find((body) => fold(body.name) === key) ?? null;
	const words = new Set(key.split(' '));
	const similar = known.bodies.filter((body) => body !== match && overlap(words, fold(body.name).split(' ')) >= 0.5);
	return { match, similar, name };
}

/** Share of the shorter name's words that both names have. */
function overlap(words: Set<string>, other: string[]): number {
	const shared = other.filter((word) => words.has(word)).length;
	return shared / Math.max(1, Math.min(words.size, other.length));
}

function groupsOf(seats: PlannedSeat[], known: Known): Plan['groups'] {
	const groups = new Map<string, string>();
	for (const { group } of seats) if (group) groups.set(fold(group), group);
	return [...groups].map(([key, name]) => ({
		key,
		name,
		matches: known.organisations.filter(
			(o) => o.type === 'group' && (fold(o.name) === key || fold(o.shortName) === key),
		),
	}));
}
