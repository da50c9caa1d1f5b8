import { sql } from 'kysely';
import type { KindDeclaration } from '#kernel/module.ts';

/**
 * A statement stands with its dates on the public page of the paper it states on; what is inside (drafts, remarks) is in no
 * change that others are told of.
 */
export const statementKinds: Record<string, KindDeclaration> = {
	'papers.statement': {
		audience: async (db, id) => {
			const { rows } = await sql<{ shown: boolean }>`select exists (select from papers.statement_on o
				join papers.paper p on p.body_id = o.body_id and p.id = o.paper_id
				where o.body_id = s.body_id and o.statement_id = s.id and p.state <> 'draft' and p.public
				and p.published_at is not null and p.depublished_at is null) as shown
				from papers.statement s where s.body_id = kernel.current_body() and s.id = ${id}`.execute(db);
			return rows[0] ? (rows[0].shown ? 'public' : 'office') : 'none';
		},
	},
	'papers.treatment': {
		audience: async (db, id) => {
			const { rows } = await sql<{ shown: boolean }>`select p.state <> 'draft' and p.public
				and p.published_at is not null and p.depublished_at is null as shown
				from papers.treatment t join papers.paper p on p.body_id = t.body_id and p.id = t.paper_id
				where t.body_id = kernel.current_body() and t.id = ${id}`.execute(db);
			return rows[0] ? (rows[0].shown ? 'public' : 'office') : 'none';
		},
	},
	// how many days there are stands on public pages
	'papers.statementRule': { audience: async () => 'public' },
};
