import {
	AliasNode,
	AndNode,
	BinaryOperationNode,
	ColumnNode,
	IdentifierNode,
	OperationNodeTransformer,
	OperatorNode,
	PrimitiveValueListNode,
	ReferenceNode,
	type SchemableIdentifierNode,
	TableNode,
	ValueListNode,
	ValueNode,
	ValuesNode,
	WhereNode,
	type DeleteQueryNode,
	type InsertQueryNode,
	type JoinNode,
	type KyselyPlugin,
	type OperationNode,
	type QueryId,
	type SelectQueryNode,
	type UpdateQueryNode,
} from 'kysely';

/**
 * Adds `body_id = <town>` to every table a query names and to every row it inserts. Row level security is the guard;
 * this filter lets PostgreSQL use the indexes (all begin with body_id) and lets Citus send a query to one shard.
 * Raw SQL passes untouched. Statements it can't scope surely (insert … select, cross and lateral joins) throw.
 */
export function bodyPlugin(bodyId: string): KyselyPlugin {
	return {
		transformQuery: ({ node, queryId }) => {
			const transformer = spare ?? new BodyTransformer();
			spare = undefined;
			const scoped = transformer.transformFor(bodyId, node, queryId);
			// One that threw is left half-way and used no more.
			spare = transformer;
			return scoped;
		},
		transformResult: async ({ result }) => result,
	};
}

/** Making one costs more than most queries take to pass through: a hundred functions are bound. */
let spare: BodyTransformer | undefined;

const EXEMPT_SCHEMAS = new Set(['auth', 'graphile_worker', 'information_schema', 'pg_catalog']);
const EXEMPT_TABLES = new Set(['kernel.town', 'kernel.migration', 'kernel.migration_lock']);

class BodyTransformer extends OperationNodeTransformer {
	#bodyId = '';
	#commonTables: string[] = [];

	transformFor<N extends OperationNode>(bodyId: string, node: N, queryId?: QueryId): N {
		this.#bodyId = bodyId;
		return this.transformNode(node, queryId);
	}

	protected override transformSelectQuery(node: SelectQueryNode, queryId?: QueryId): SelectQueryNode {
		const depth = this.#enter(node);
		const inner = super.transformSelectQuery(node, queryId);
		const filters = (node.from?.froms ?? []).flatMap((n) => this.#filter(n));
		this.#leave(depth);
		return this.#withFilters(inner, filters);
	}

	protected override transformJoin(node: JoinNode, queryId?: QueryId): JoinNode {
		const inner = super.transformJoin(node, queryId);
		if (/cross|lateral/i.test(node.joinType)) throw new Error(`${node.joinType} can't be scoped to a town`);
		const [filter] = this.#filter(node.table);
		if (!filter || !inner.on) return inner;
		return { ...inner, on: { ...inner.on, on: AndNode.create(inner.on.on, filter) } };
	}

	protected override transformUpdateQuery(node: UpdateQueryNode, queryId?: QueryId): UpdateQueryNode {
		const depth = this.#enter(node);
		const inner = super.transformUpdateQuery(node, queryId);
		const filters = [node.table, ...(node.from?.froms ?? [])].flatMap((n) => (n ? this.#filter(n) : []));
		this.#leave(depth);
		return this.#withFilters(inner, filters);
	}

	protected override transformDeleteQuery(node: DeleteQueryNode, queryId?: QueryId): DeleteQueryNode {
		const depth = this.#enter(node);
		const inner = super.transformDeleteQuery(node, queryId);
		const filters = [...node.from.froms, ...(node.using?.tables ?? [])].flatMap((n) => this.#filter(n));
		this.#leave(depth);
		return this.#withFilters(inner, filters);
	}

	protected override transformInsertQuery(node: InsertQueryNode, queryId?: QueryId): InsertQueryNode {
		const inner = super.transformInsertQuery(node, queryId);
		if (!node.into || exempt(node.into)) return inner;
		if (inner.columns?.some((column) => column.column.name === 'body_id')) return inner;
		if (!inner.values || !ValuesNode.is(inner.values)) throw new Error('insert … select can’t be scoped to a town');
		const values = inner.values.values.map((row) =>
			PrimitiveValueListNode.is(row)
				? PrimitiveValueListNode.create([...row.values, this.#bodyId])
				: ValueListNode.create([...row.values, ValueNode.create(this.#bodyId)]),
		);
		return {
			...inner,
			columns: [...(inner.columns ?? []), ColumnNode.create('body_id')],
			values: ValuesNode.create(values),
		};
	}

	#enter(node: { with?: { expressions: readonly { name: { table: TableNode } }[] } }): number {
		const depth = this.#commonTables.length;
		for (const expression of node.with?.expressions ?? []) {
			this.#commonTables.push(expression.name.table.table.identifier.name);
		}
		return depth;
	}

	#leave(depth: number): void {
		this.#commonTables.length = depth;
	}

	/** `[alias].body_id = town` for a table; nothing for sub-selects, functions, common table expressions. */
	#filter(node: OperationNode): OperationNode[] {
		const table = AliasNode.is(node) ? node.node : node;
		if (!TableNode.is(table) || exempt(table)) return [];
		const { schema, identifier } = table.table;
		if (!schema && this.#commonTables.includes(identifier.name)) return [];
		const named = AliasNode.is(node) && IdentifierNode.is(node.alias) ? TableNode.create(node.alias.name) : table;
		const column = ReferenceNode.create(ColumnNode.create('body_id'), named);
		return [BinaryOperationNode.create(column, OperatorNode.create('='), ValueNode.create(this.#bodyId))];
	}

	#withFilters<N extends { where?: WhereNode }>(node: N, filters: OperationNode[]): N {
		if (!filters.length) return node;
		const all = filters.reduce((left, right) => AndNode.create(left, right));
		const where = node.where ? AndNode.create(node.where.where, all) : all;
		return { ...node, where: WhereNode.create(where) };
	}
}

function exempt(table: TableNode): boolean {
	const { schema, identifier } = table.table as SchemableIdentifierNode;
	return EXEMPT_SCHEMAS.has(schema?.name ?? '') || EXEMPT_TABLES.has(`${schema?.name}.${identifier.name}`);
}
