import { CompiledQuery, type RawBuilder } from 'kysely';
import type { Db } from './scope.ts';

/** A statement that is put together once and sent with other values each time. */
export interface Fixed<Values extends Record<string, string>, Row> {
	rows(db: Db, values: Values): Promise<Row[]>;
}

/**
 * Puts a large statement together once: doing so for each request costs as much as a sixth of a page's rendering. The same value is one
 * parameter, however often it stands there.
 * @param names of the values
 * @param make the statement; it gets placeholders in the place of the values and must not look at them
 * @returns nothing where other values stand in the statement, which would stay what they were the first time
 */
export function fixed<Name extends string, Row>(
	db: Db,
	names: readonly Name[],
	make: (values: Record<Name, string>) => RawBuilder<Row>,
): Fixed<Record<Name, string>, Row> | undefined {
	const marks = new Map<unknown, Name>(names.map((name) => [`\uFDD2${name}`, name]));
	const given = Object.fromEntries([...marks].map(([mark, name]) => [name, mark])) as Record<Name, string>;
	const { sql, parameters } = make(given).compile(db);
	if (!parameters.every((value) => marks.has(value))) return undefined;
	const used = names.filter((name) => parameters.includes(given[name]));
	const text = sql.replace(
		/\$(\d+)/g,
		(_, at: string) => `$${used.indexOf(marks.get(parameters[Number(at) - 1])!) + 1}`,
	);
	return {
		async rows(to, values) {
			const sent = CompiledQuery.raw(
				text,
				used.map((name) => values[name]),
			);
			return (await to.executeQuery<Row>(sent as CompiledQuery<Row>)).rows;
		},
	};
}
