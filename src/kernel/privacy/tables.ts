import { sql, type RawBuilder } from 'kysely';
import { installedModules } from '../module.ts';
import type { PersonalColumn, PersonalTable } from './declaration.ts';
import { kernelPersonal } from './kernel-tables.ts';

/** A declared table and who declared it. */
export interface DeclaredTable extends PersonalTable {
	module: string;
}

/** Every table with personal data, those that others build on first. */
export function personalTables(): DeclaredTable[] {
	const ofModules = installedModules().servers.flatMap(({ id, personal }) =>
		personal.map((table) => ({ ...table, module: id })),
	);
	return [...kernelPersonal.map((table) => ({ ...table, module: 'kernel' })), ...ofModules];
}

/** The table as SQL, called `t`. Names come from declarations in the code, never from a request. */
export function tableOf({ table }: PersonalTable): RawBuilder<unknown> {
	return sql`${sql.table(table)} as t`;
}

export function columnRef(name: string): RawBuilder<unknown> {
	return sql`t.${sql.ref(name)}`;
}

/** Condition that a row is about this person; undefined when rows can't be found by person. */
export function isAbout({ person }: PersonalTable, personId: string): RawBuilder<boolean> | undefined {
	if (!person) return undefined;
	if ('column' in person) return sql`t.${sql.ref(person.column)} = ${personId}`;
	const parts = person.sql.split(':person').map((part) => sql.raw(part));
	return sql`(${sql.join(parts, sql`${personId}::uuid`)})`;
}

/** True when erasing one of these columns takes the whole row. */
export function deletesRow(columns: [string, PersonalColumn][]): boolean {
	return columns.some(([, { erase }]) => erase === 'delete-row');
}

/** `column = null, other = ''` for the columns that erasure empties; undefined when there are none. */
export function emptied(columns: [string, PersonalColumn][]): RawBuilder<unknown> | undefined {
	const sets = columns
		.filter(([, { erase }]) => erase === 'null' || erase === 'empty')
		.map(([name, { erase }]) => (erase === 'null' ? sql`${sql.ref(name)} = null` : sql`${sql.ref(name)} = ''`));
	return sets.length ? sql.join(sets) : undefined;
}

/** Condition that there is still something to empty: a second run finds nothing to do. */
export function stillFilled(columns: [string, PersonalColumn][]): RawBuilder<boolean> {
	const filled = columns
		.filter(([, { erase }]) => erase === 'null' || erase === 'empty')
		.map(([name, { erase }]) =>
			erase === 'null' ? sql`t.${sql.ref(name)} is not null` : sql`t.${sql.ref(name)} <> ''`,
		);
	return sql`(${sql.join(filled, sql` or `)})`;
}
