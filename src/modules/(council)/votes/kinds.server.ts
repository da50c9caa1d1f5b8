import { sql } from 'kysely';
import type { Audience } from '#kernel/changes/audience.ts';
import type { Db } from '#kernel/db/scope.ts';
import type { KindDeclaration } from '#kernel/module.ts';

/**
 * Motions, votes and elections are changes of their session, so its viewers learn of them. A written procedure stands
 * alone: it is among members while it runs, and public once its result is announced in a body the public may see.
 */
export const votesKinds: Record<string, KindDeclaration> = {
	'council.writtenProcedure': { audience: writtenAudience },
};

async function writtenAudience(db: Db, id: string): Promise<Audience> {
	const { rows } = await sql<{ shown: boolean }>`
		select (w.announced_at is not null and b.visibility = 'public') as shown
		from council.written_procedure w join council.council_body b on b.body_id = w.body_id and b.id = w.council_body_id
		where w.body_id = kernel.current_body() and w.id = ${id}`.execute(db);
	return rows[0] ? (rows[0].shown ? 'public' : 'members') : 'none';
}
