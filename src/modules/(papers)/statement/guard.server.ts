import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';

/** @throws RuleViolation `papers.statementBeforeMotion` when the statement is public and one of its papers is not */
export async function guardPublic(tx: WriteCtx, paperId: string): Promise<void> {
	const { rows } = await sql<{ reference: string | null }>`select q.reference from papers.statement s
		join papers.paper p on p.body_id = s.body_id and p.id = s.paper_id and p.public
		join papers.statement_on o on o.body_id = s.body_id and o.statement_id = s.id
		join papers.paper q on q.body_id = o.body_id and q.id = o.paper_id
		where s.body_id = ${tx.body.id} and s.paper_id = ${paperId}
		and not (q.state <> 'draft' and q.public and q.published_at is not null and q.depublished_at is null)`.execute(tx.db);
	if (rows[0]) throw new RuleViolation('papers.statementBeforeMotion', { reference: rows[0].reference ?? '' });
}
