import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';
import { canonical } from '../audit/canonical.ts';
import { direction, languageTag } from '../i18n/locales.ts';
import { escapeHtml } from '../mail/frame.ts';
import type { RetentionClass } from './declaration.ts';
import { columnRef, isAbout, personalTables, tableOf } from './tables.ts';

export interface AccessTable {
	table: string;
	purpose: string;
	basis: string;
	retention: RetentionClass[];
	/** The personal columns of each row. */
	rows: Record<string, unknown>[];
}

/** Everything the town knows of a person (Art. 15 GDPR). */
export interface SubjectAccess {
	town: string;
	personId: string;
	at: Temporal.Instant;
	tables: AccessTable[];
}

/** Collects a person's data from every declared table; tables without a row are left out. The caller demands its permission. */
export async function subjectAccess(ctx: Ctx, personId: string): Promise<SubjectAccess> {
	const tables: AccessTable[] = [];
	for (const table of personalTables()) {
		const about = isAbout(table, personId);
		if (!about) continue;
		const names = Object.keys(table.columns);
		const { rows } = await sql<Record<string, unknown>>`
			select ${sql.join(names.map(columnRef))} from ${tableOf(table)}
			where t.body_id = ${ctx.body.id} and ${about}`.execute(ctx.db);
		if (!rows.length) continue;
		const retention = [...new Set(Object.values(table.columns).map((column) => column.retention))];
		tables.push({
			table: table.table,
			purpose: table.purpose,
			basis: table.basis,
			retention,
			rows: rows.map(presentable),
		});
	}
	return { town: ctx.body.name, personId, at: ctx.now, tables };
}

/** Bytes are named by their length: an attachment is handed over as a file, not as a column of numbers. */
function presentable(row: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(row).map(([name, value]) => [name, Buffer.isBuffer(value) ? `${value.length} bytes` : value]),
	);
}

/** The file for the person: structured, and readable by machines (Art. 20 GDPR). */
export function toJson(access: SubjectAccess): string {
	return JSON.stringify(JSON.parse(canonical(access)), null, '\t');
}

/** Words of the readable file, in the person's language: `label` gives them for purposes, bases, columns and classes. */
export interface AccessWords {
	title: string;
	intro: string;
	purpose: string;
	basis: string;
	retention: string;
	nothing: string;
	label: (key: string) => string;
	/** Names of columns, where one is spelled like a class (`function`); `label` otherwise. */
	column?: (name: string) => string;
}

/** The same to read: one table of rows for each purpose. */
export function toHtml(ctx: Ctx, access: SubjectAccess, words: AccessWords): string {
	const parts = access.tables.map((table) => section(table, words));
	const [lang, dir] = [languageTag(ctx.locale).split('-u-')[0], direction(ctx.locale)];
	return `<!doctype html>
<html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>${escapeHtml(words.title)}</title></head>
<body>
<h1>${escapeHtml(words.title)}</h1>
<p>${escapeHtml(words.intro)}</p>
${parts.length ? parts.join('\n') : `<p>${escapeHtml(words.nothing)}</p>`}
</body></html>
`;
}

function section({ purpose, basis, retention, rows }: AccessTable, words: AccessWords): string {
	const fact = (label: string, value: string) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`;
	const columns = Object.keys(rows[0]!);
	const head = columns
		.map((name) => `<th scope="col">${escapeHtml((words.column ?? words.label)(name))}</th>`)
		.join('');
	const body = rows
		.map((row) => `<tr>${columns.map((name) => `<td>${escapeHtml(spell(row[name]))}</td>`).join('')}</tr>`)
		.join('\n');
	return `<section>
<h2>${escapeHtml(words.label(purpose))}</h2>
<dl>${fact(words.basis, words.label(basis))}${fact(words.retention, retention.map(words.label).join(', '))}</dl>
<table><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table>
</section>`;
}

function spell(value: unknown): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'string' ? value : canonical(value).replace(/^"|"$/g, '');
}
