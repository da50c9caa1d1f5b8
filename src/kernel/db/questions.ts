import { sql, type RawBuilder } from 'kysely';
import type { Db } from './scope.ts';

/**
 * What a room wants to know, said as selects that have not been sent yet: a page takes the questions of several rooms and sends
 * them as one statement (`together`, `ask`). Each select names its town itself, and its rows arrive as JSON has them, alone or
 * together: days and instants as ISO texts, 64-bit integers as numbers.
 */
export interface Question<Answer> {
	readonly selects: readonly RawBuilder<unknown>[];
	/** @param rows the rows of each select, in the order of `selects` */
	readonly read: (rows: readonly unknown[][]) => Answer;
}

type AnswerOf<Q> = Q extends Question<infer Answer> ? Answer : never;

/** A question of one select. */
export function question<Row, Answer>(select: RawBuilder<Row>, read: (rows: Row[]) => Answer): Question<Answer> {
	return { selects: [select], read: ([rows]) => read(rows as Row[]) };
}

/** The answer is known already; nothing is sent for it. */
export function known<Answer>(answer: Answer): Question<Answer> {
	return { selects: [], read: () => answer };
}

/** Several questions as one, answered under their names. */
export function together<Questions extends Record<string, Question<unknown>>>(
	questions: Questions,
): Question<{ [Name in keyof Questions]: AnswerOf<Questions[Name]> }> {
	const named = Object.entries(questions);
	return {
		selects: named.flatMap(([, { selects }]) => selects),
		read(rows) {
			let from = 0;
			const answers = named.map(([name, { selects, read }]) => {
				const own = rows.slice(from, (from += selects.length));
				return [name, read(own)] as const;
			});
			return Object.fromEntries(answers) as { [Name in keyof Questions]: AnswerOf<Questions[Name]> };
		},
	};
}

/** The same question, its answer seen otherwise. */
export function answeredAs<Given, Answer>(asked: Question<Given>, read: (given: Given) => Answer): Question<Answer> {
	return { selects: asked.selects, read: (rows) => read(asked.read(rows)) };
}

/** Sends a question: one statement, however many selects it has; none if it has none. */
export async function ask<Answer>({ db }: { db: Db }, { selects, read }: Question<Answer>): Promise<Answer> {
	if (!selects.length) return read([]);
	const columns = selects.map(
		(select, at) => sql`coalesce((select json_agg(q) from (${select}) q), '[]') as ${sql.id(String(at))}`,
	);
	const { rows } = await sql<Record<string, unknown[]>>`select ${sql.join(columns)}`.execute(db);
	return read(selects.map((_, at) => rows[0]![String(at)]!));
}

/** Several lists as one, one behind the other. */
export function listed<Item>(...asked: Question<Item[]>[]): Question<Item[]> {
	return answeredAs(together(Object.fromEntries(asked.entries())), (lists) => Object.values(lists).flat());
}
