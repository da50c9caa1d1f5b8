import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { involved, readable } from './sight.server.ts';

/** Does a paper show this file to this actor? Closed ones only to those who read the closed paper, and its writers. */
export async function showsFile(ctx: Ctx, fileId: string): Promise<boolean> {
	const inside = insideOf(ctx);
	const { rows } = await sql<{ shown: boolean }>`select exists (select from papers.paper_file f
		join papers.paper p on p.body_id = f.body_id and p.id = f.paper_id
		where f.body_id = ${ctx.body.id} and f.file_id = ${fileId} and ${readable(ctx)}
		and (f.public or ${inside})) as shown`.execute(ctx.db);
	return rows[0]!.shown;
}

/** Who may load closed annexes of papers they may read: the office, and those who are more than strangers to the paper. */
function insideOf(ctx: Pick<Ctx, 'actor' | 'body'>) {
	if (may(ctx.actor, 'papers.edit')) return sql<boolean>`true`;
	if (ctx.actor.kind !== 'person') return sql<boolean>`false`;
	return involved(ctx);
}
