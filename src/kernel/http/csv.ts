/**
 * A table as CSV for download: UTF-8 with mark (spreadsheets need it), semicolons as in Germany, CRLF. Cells that a
 * spreadsheet would run as a formula get an apostrophe in front.
 */
export function csv<Row extends object>(fileName: string, rows: Row[]): Response {
	const columns = Object.keys(rows[0] ?? {}) as (keyof Row & string)[];
	const lines = [columns.join(';'), ...rows.map((row) => columns.map((column) => cell(row[column])).join(';'))];
	return new Response('\uFEFF' + lines.join('\r\n') + '\r\n', {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${fileName}"` },
	});
}

function cell(value: unknown): string {
	const text = value === null || value === undefined ? '' : String(value);
	const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
	return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
