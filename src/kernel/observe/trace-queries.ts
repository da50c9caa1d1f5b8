import type pg from 'pg';
import { isTraced, traced } from './trace.ts';

/**
 * Runs a query as a span. What stands in it is the kind of statement and its first table ("select council.meeting") and the
 * name under which it is prepared: neither its text nor a value.
 */
export function tracedQuery<T>(text: string, name: string | undefined, work: () => Promise<T>): Promise<T> {
	const summary = summaryOf(text);
	return traced(
		{
			name: summary,
			kind: 'client',
			attributes: {
				'db.system.name': 'postgresql',
				'db.query.summary': summary,
				...(name && { 'mitrat.statement': name }),
			},
		},
		work,
	);
}

const SUMMARIES = new Map<string, string>();

function summaryOf(text: string): string {
	const known = SUMMARIES.get(text);
	if (known) return known;
	const [, verb = 'query'] = /^\s*([a-z]+)\b/i.exec(text) ?? [];
	const [, table = ''] = /\b(?:from|into|update|join)\s+(?:only\s+)?("?[a-z_]+"?\."?[a-z_A-Z]+"?)/i.exec(text) ?? [];
	const summary = `${verb.toLowerCase()} ${table.replaceAll('"', '')}`.trim();
	// Lists with a varying number of values have endless texts.
	if (SUMMARIES.size < 2000) SUMMARIES.set(text, summary);
	return summary;
}

/** Queries that go past the scope of a town: sign-in, towns, queue. The pool calls back from another request's turn, so it is watched from outside. */
export function tracePool(pool: pg.Pool): void {
	watchQueries(pool);
}

/**
 * The same for a pool whose clients are asked one by one, as the library of sign-in does. Costs nothing where nobody listens when a
 * connection is made.
 */
export function traceClients(pool: pg.Pool): void {
	pool.on('connect', (client) => isTraced() && watchQueries(client));
}

function watchQueries(of: pg.Pool | pg.ClientBase): void {
	const target = of as unknown as { query: (...args: unknown[]) => unknown };
	const plain = target.query.bind(of);
	target.query = (...args) => {
		const [query] = args as [string | pg.QueryConfig | pg.Submittable];
		// Who wants to be called back, or hands over a query that runs by itself, gets no promise.
		if (typeof args.at(-1) === 'function' || (typeof query === 'object' && 'submit' in query)) return plain(...args);
		const { text, name } = typeof query === 'string' ? { text: query, name: undefined } : query;
		return tracedQuery(text, name, () => plain(...args) as Promise<unknown>);
	};
}
