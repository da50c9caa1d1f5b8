/** One row of a table: how many cases it has, and what is counted among them; each value is between 0 and `n`. */
export interface Group {
	key: string;
	n: number;
	values: number[];
}

export interface Suppressed {
	/** Keys of hidden rows, table by table. Their number of cases stays visible. */
	hidden: Set<string>[];
	/** The sum of all rows is hidden, too. */
	totalHidden: boolean;
}

/** Below this number of cases a rate says more about single cases than about practice (section 4: suppress rates for n < 5). */
const SMALLEST = 5;

/**
 * Hides the rows of small groups in tables that count the same cases in different ways (by department, by type), and as
 * many more as it takes so that nobody can work a hidden value out from sums. The number of cases is always shown, so a
 * hidden value is known to lie between 0 and that number; it counts as safe while at least two values are possible.
 *
 * Hidden are first further rows of the same table, the smallest first, then the sum, then rows of the other tables. With
 * everything hidden every value is possible, so this ends.
 */
export function suppress(tables: readonly Group[][], smallest = SMALLEST): Suppressed {
	const small = tables.map((rows) => rows.filter(({ n }) => n > 0 && n < smallest));
	const state: Suppressed = { hidden: small.map((rows) => new Set(rows.map(({ key }) => key))), totalHidden: false };
	while (known(tables, small, state)) if (!hideMore(tables, small, state)) break;
	return state;
}

/** Can any value of a small group be worked out? */
function known(tables: readonly Group[][], small: readonly Group[][], state: Suppressed): boolean {
	return small.some((rows, table) =>
		rows.some((row) =>
			row.values.some((_, measure) => {
				const [low, high] = bounds(tables, state, { table, key: row.key, measure });
				return low === high;
			}),
		),
	);
}

/** The least and the greatest value that a hidden cell may have, as far as what is shown tells. */
function bounds(
	tables: readonly Group[][],
	state: Suppressed,
	cell: { table: number; key: string; measure: number },
): [number, number] {
	const [least, most] = totalRange(tables, state, cell.measure);
	const rows = tables[cell.table]!;
	const row = rows.find(({ key }) => key === cell.key)!;
	const hidden = state.hidden[cell.table]!;
	const shown = sum(rows.filter(({ key }) => !hidden.has(key)).map(({ values }) => values[cell.measure]!));
	const others = sum(rows.filter(({ key }) => hidden.has(key) && key !== cell.key).map(({ n }) => n));
	return [Math.max(0, least - shown - others), Math.min(row.n, most - shown)];
}

/** What is known of the sum: itself, or what the tables leave open. */
function totalRange(tables: readonly Group[][], state: Suppressed, measure: number): [number, number] {
	if (!state.totalHidden) {
		const exact = sum((tables[0] ?? []).map(({ values }) => values[measure]!));
		return [exact, exact];
	}
	let [least, most] = [0, Infinity];
	for (const [index, rows] of tables.entries()) {
		const hidden = state.hidden[index]!;
		const shown = sum(rows.filter(({ key }) => !hidden.has(key)).map(({ values }) => values[measure]!));
		const open = sum(rows.filter(({ key }) => hidden.has(key)).map(({ n }) => n));
		[least, most] = [Math.max(least, shown), Math.min(most, shown + open)];
	}
	return [least, most];
}

/** Hides the next row or the sum. @returns false when nothing is left to hide */
function hideMore(tables: readonly Group[][], small: readonly Group[][], state: Suppressed): boolean {
	const next = (table: number) =>
		tables[table]!.filter(({ key, n }) => n > 0 && !state.hidden[table]!.has(key)).toSorted(
			(a, b) => a.n - b.n || (a.key < b.key ? -1 : 1),
		)[0];
	const hide = (table: number) => {
		const row = next(table);
		if (row) state.hidden[table]!.add(row.key);
		return row !== undefined;
	};
	const own = tables.keys().filter((table) => small[table]!.length > 0);
	for (const table of own) if (state.hidden[table]!.size < 2 && hide(table)) return true;
	if (!state.totalHidden) return (state.totalHidden = true);
	for (const table of tables.keys()) if (!small[table]!.length && hide(table)) return true;
	for (const table of tables.keys()) if (hide(table)) return true;
	return false;
}

function sum(values: readonly number[]): number {
	return values.reduce((a, b) => a + b, 0);
}
