/** A row of the list of attendance, as far as allowances depend on it. Times are ISO. */
export interface Confirmed {
	personId: string | null;
	name: string;
	seatId: string | null;
	seatNumber: number | null;
	voting: boolean;
	guest: boolean;
	status: 'present' | 'remote' | 'excused' | 'absent' | 'unknown';
	organisation: string;
	/** The body whose seat it is: in a joint session not always the leading one. */
	body: string;
	substituteFor: string;
	from: string | null;
	until: string | null;
}

export interface AllowanceRow {
	seatNumber: number | null;
	name: string;
	organisation: string;
	body: string;
	/** Whose seat it was, for substitutes. */
	substituteFor: string;
	status: 'present' | 'remote';
	from: string | null;
	until: string | null;
}

/**
 * Who is paid for a session: everybody with a seat who was confirmed to be there, once a seat (rulebook R1-22). Where
 * principal and substitute shared an evening, the one who held the seat longer counts, on equal terms who came first.
 */
export function allowanceRows(rows: readonly Confirmed[]): AllowanceRow[] {
	const there = rows.filter((row) => !row.guest && (row.status === 'present' || row.status === 'remote'));
	const bySeat = new Map<string, Confirmed>();
	for (const row of there) {
		const key = row.seatId ?? `${row.personId ?? row.name}`;
		const other = bySeat.get(key);
		if (!other || minutesOf(row) > minutesOf(other)) bySeat.set(key, row);
	}
	return [...bySeat.values()].map(({ seatNumber, name, organisation, body, substituteFor, status, from, until }) => ({
		seatNumber,
		name,
		organisation,
		body,
		substituteFor,
		status: status as AllowanceRow['status'],
		from,
		until,
	}));
}

/** How long somebody was there; whoever has no times was there from beginning to end. */
function minutesOf({ from, until }: Confirmed): number {
	if (!from || !until) return Infinity;
	return Temporal.Instant.from(from).until(Temporal.Instant.from(until)).total('minutes');
}
