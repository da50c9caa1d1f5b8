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
	const lines = [columns.join(';'), ...rows.map((row) => columns.map((column) => cell(row[column])).join(';'))];
	return generated('\uFEFF' + lines.join('\r\n') + '\r\n', 'text/csv; charset=utf-8', fileName, true);
}

function cell(value: unknown): string {
	const text = value === null || value === undefined ? '' : String(value);
	const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
	return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
