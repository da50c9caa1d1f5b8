/** What the bench measures: one row for each figure, and how the table is printed. */

export interface Row {
	/** Which subject it belongs to; `--only` chooses by it. */
	subject: string;
	what: string;
	value: number;
	unit: string;
	/** What the project has promised: at least (rates) or at most (times, sizes) so much. */
	target?: { least?: number; most?: number };
	/** Of one request, in milliseconds. */
	p50?: number;
	p95?: number;
	p99?: number;
	/** Over the wire, compressed as asked for. */
	kb?: number;
	/** SQL queries of one answer. */
	queries?: number;
	/** Memory of the application after it, in MB. */
	memory?: number;
	/** Processor time of the application for one request, in milliseconds: steadier than the clock on a busy machine. */
	cpuMs?: number;
	/** The same of the database. */
	databaseCpuMs?: number;
	/** This figure divided by those of the things it is compared with, from the same run. */
	ratios?: { of: string; value: number }[];
}

/** ✓ or ✗ beside a target; nothing without one. The bench itself never fails on time. */
export function verdict({ value, target }: Row): '✓' | '✗' | '' {
	if (!target) return '';
	return value >= (target.least ?? -Infinity) && value <= (target.most ?? Infinity) ? '✓' : '✗';
}

const HEAD = ['What', 'Figure', 'Target', 'p50 ms', 'p95', 'p99', 'CPU ms', 'DB CPU', 'kB', 'SQL', 'MB', 'Compared'];
const LAST = HEAD.length - 1;

/** The rows as a table in Markdown, which reads as well in a terminal. */
export function table(rows: readonly Row[]): string {
	const cells = [HEAD, HEAD.map(() => ''), ...rows.map(cellsOf)];
	const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
	const lines = cells.map((row, at) =>
		row.map((cell, column) => {
			const width = widths[column]!;
			if (at === 1) return column === 0 || column === LAST ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`;
			return column === 0 || column === LAST ? cell.padEnd(width) : cell.padStart(width);
		}),
	);
	return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cellsOf(row: Row): string[] {
	const { subject, what, value, unit, p50, p95, p99, cpuMs, databaseCpuMs, kb, queries, memory, ratios = [] } = row;
	return [
		`${subject}: ${what}`,
		`${spell(value)} ${unit}`,
		`${targetOf(row)} ${verdict(row)}`.trim(),
		...[p50, p95, p99, cpuMs, databaseCpuMs, kb, queries, memory].map((ms) => (ms === undefined ? '' : spell(ms))),
		ratios.map(({ of, value: share }) => `${spell(share)} of ${of}`).join(', '),
	];
}

function targetOf({ target }: Row): string {
	if (target?.least !== undefined) return `≥ ${target.least}`;
	return target?.most === undefined ? '' : `≤ ${target.most}`;
}

/** Three figures that count, and no more. Counted things are whole. */
export function spell(value: number): string {
	if (value >= 100 || Number.isInteger(value)) return String(Math.round(value));
	return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The value below which a share of the others lies. @param sorted ascending, not empty */
export function percentile(sorted: readonly number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
