import { generated } from './generated.ts';

/**
 * A table as CSV for download: UTF-8 with mark (spreadsheets need it), semicolons as in Germany, CRLF. Cells that a
 * spreadsheet would run as a formula get an apostrophe in front. `columns` names the head where there may be no row.
 */
export function csv<Row extends object>(
	fileName: string,
	rows: Row[],
	columns = Object.keys(rows[0] ?? {}) as (keyof Row & string)[],
): Response {
	const lines = [csvLine(columns), ...rows.map((row) => csvLine(columns.map((column) => row[column])))];
	return generated('\uFEFF' + lines.join(''), 'text/csv; charset=utf-8', fileName, true);
}

/** One line with its end. */
export function csvLine(cells: readonly unknown[]): string {
	return `${cells.map(cell).join(';')}\r\n`;
}

function cell(value: unknown): string {
	const text = value === null || value === undefined ? '' : String(value);
	const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
	return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
