import { createHash } from 'node:crypto';
import {
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type CompiledQuery,
	type DatabaseConnection,
	type Driver,
	type QueryResult,
} from 'kysely';
import type { Duplex } from 'node:stream';
import type pg from 'pg';
import type { Pool, PoolClient } from 'pg';
import type { DB } from '#generated/db.ts';
import { isId } from '../ids.ts';
import { isTraced } from '../observe/trace.ts';
import { tracedQuery } from '../observe/trace-queries.ts';
import { bodyPlugin } from './body-plugin.ts';
import { toParameter } from './values.ts';

/** The database as queries and commands see it: one town, inside one transaction. */
export type Db = Kysely<DB>;

type Access = 'read only' | 'read write';

/**
 * One town's view of the database for one unit of work. What reads runs each query in a transaction of its own: nothing
 * is held open while a page is rendered, and a page with one query costs one round trip. What writes has one transaction,
 * from the first query to `commit` or `rollback`; after that the scope opens anew. Either way `SET LOCAL mitrat.body`
 * stands in front, in the same packet.
 */
export class BodyScope {
	readonly db: Db;
	/** Queries sent so far; pages have a budget and tests read it. */
	queries = 0;
	readonly #pool: Pool;
	readonly #access: Access;
	readonly #begin: string;
	#client: Promise<PoolClient> | undefined;
	#closedBecause: string | undefined;
	/** Holds back the first packet until the query that `BEGIN` waits for is written, too. */
	#held: Duplex | undefined;
	/** One connection answers one query at a time; pages may ask for several at once. */
	#last: Promise<unknown> = Promise.resolve();

	constructor(pool: Pool, bodyId: string, access: Access) {
		if (!isId(bodyId)) throw new Error('a body id is a UUID');
		this.#pool = pool;
		this.#access = access;
		// The id is checked above: SET takes no parameters, and set_config() would not reach Citus workers.
		this.#begin = `begin ${access}; set local mitrat.body = '${bodyId}'`;
		this.db = kyselyOver(new ScopeDriver(this)).withPlugin(bodyPlugin(bodyId));
	}

	/** Runs one query for the scope's town. @throws Error when the scope was closed with `shut` */
	async query<R>(text: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
		if (this.#closedBecause) throw new Error(this.#closedBecause);
		this.queries++;
		const alone = this.#access === 'read only';
		const client = alone ? undefined : await (this.#client ??= this.#open());
		const ask = () => (client ? this.#send(client, text, parameters) : this.#readAlone(text, parameters));
		const sent = this.#last.then(() => (isTraced() ? tracedQuery(text, statementName(text), ask) : ask()));
		// Without the rows: whatever still reaches this scope afterwards would keep them.
		this.#last = sent.then(nothing, nothing);
		const result = await sent;
		return {
			rows: result.rows as R[],
			...(result.command !== 'SELECT' && { numAffectedRows: BigInt(result.rowCount ?? 0) }),
		};
	}

	/** Ends the transaction, if one was opened. @throws Error if the database answered with a rollback */
	async commit(): Promise<void> {
		const { command } = await this.#end('commit');
		if (command === 'ROLLBACK') throw new Error('the transaction had failed and was rolled back');
	}

	async rollback(): Promise<void> {
		await this.#end('rollback');
	}

	/** While a write runs, the outer scope refuses queries: they would wait for a second connection, or see old rows. */
	shut(reason: string): void {
		this.#closedBecause = reason;
	}

	reopen(): void {
		this.#closedBecause = undefined;
	}

	/** Town, query and the transaction's end in one packet. The connection goes back when all three are answered. */
	async #readAlone(text: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
		const client = await this.#pool.connect();
		const stream = streamOf(client);
		stream.cork();
		client.query(this.#begin, nothing);
		const answer = asked(client, named(text, parameters));
		// A query that failed has undone its transaction: then this is an empty rollback.
		client.query('commit', (error?: Error | null) => client.release(Boolean(error)));
		stream.uncork();
		return answer;
	}

	/**
	 * `BEGIN` is written but not awaited: it travels in one packet with the first query (the pool's clients pipeline).
	 * Were it to fail, the query behind it would find no town and be refused.
	 */
	async #open(): Promise<PoolClient> {
		const client = await this.#pool.connect();
		this.#held = streamOf(client);
		this.#held.cork();
		client.query(this.#begin, nothing);
		return client;
	}

	#send(client: PoolClient, text: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
		const answer = asked(client, named(text, parameters));
		this.#held?.uncork();
		this.#held = undefined;
		return answer;
	}

	async #end(how: 'commit' | 'rollback'): Promise<{ command: string }> {
		await this.#last;
		if (!this.#client) return { command: how.toUpperCase() };
		const client = await this.#client;
		this.#client = undefined;
		try {
			const result = await asked(client, how);
			client.release();
			return { command: result.command };
		} catch (error) {
			client.release(true);
			throw error;
		}
	}
}

/**
 * Sends a query. What the driver's own promise brings stays until the engine looks through everything old (26 kB of a session's page,
 * 1 kB this way), and that look costs as much as ten to forty pages.
 */
function asked(client: PoolClient, query: string | pg.QueryConfig): Promise<pg.QueryResult> {
	return new Promise((resolve, reject) => {
		client.query(query as pg.QueryConfig, (error: Error | null, result: pg.QueryResult) =>
			error ? reject(error) : resolve(result),
		);
	});
}

/** Whether the transaction began, the query behind tells. */
const nothing = () => undefined;

function named(text: string, parameters: readonly unknown[]): pg.QueryConfig {
	return { name: statementName(text), text, values: parameters.map(toParameter) };
}

/** The socket of a client; its types don't name it. */
function streamOf(client: PoolClient): Duplex {
	return (client as unknown as { connection: { stream: Duplex } }).connection.stream;
}

class ScopeDriver implements Driver {
	readonly #connection: DatabaseConnection;
	constructor(scope: BodyScope) {
		this.#connection = {
			executeQuery: <R>({ sql, parameters }: CompiledQuery) => scope.query<R>(sql, parameters),
			// eslint-disable-next-line require-yield
			streamQuery() {
				throw new Error('streaming is not used: page through long lists by key');
			},
		};
	}
	async init(): Promise<void> {}
	async acquireConnection(): Promise<DatabaseConnection> {
		return this.#connection;
	}
	async releaseConnection(): Promise<void> {}
	async beginTransaction(): Promise<void> {
		throw new Error('a scope is a transaction already');
	}
	async commitTransaction(): Promise<void> {}
	async rollbackTransaction(): Promise<void> {}
	async destroy(): Promise<void> {}
}

const adapter = new PostgresAdapter();
const queryCompiler = new PostgresQueryCompiler();

function kyselyOver(driver: Driver): Db {
	return new Kysely<DB>({
		dialect: {
			createAdapter: () => adapter,
			createDriver: () => driver,
			createIntrospector: (db) => new PostgresIntrospector(db),
			createQueryCompiler: () => queryCompiler,
		},
	});
}

const names = new Map<string, string | undefined>();

/**
 * Queries of this program are few and repeat: as named statements PostgreSQL parses and plans them once a connection.
 * Lists with a varying number of values would fill its memory, so only the first thousand texts get a name.
 */
function statementName(text: string): string | undefined {
	const known = names.get(text);
	if (known !== undefined || names.size > 1000) return known;
	const name = createHash('sha1').update(text).digest('base64url').slice(0, 20);
	names.set(text, name);
	return name;
}
