import { sql } from 'kysely';
import type { Audience } from '#kernel/changes/audience.ts';
import type { Db } from '#kernel/db/scope.ts';
import type { KindDeclaration } from '#kernel/module.ts';

/** Minutes are known to the public from their publication until they are taken back; their words are found with the session. */
export const kinds: Record<string, KindDeclaration> = {
	'council.minutes': { audience: minutesAudience },
};

async function minutesAudience(db: Db, id: string): Promise<Audience> {
	const { rows } = await sql<{ shown: boolean }>`
		select (m.public and m.published and r.published_at is not null) as shown
		from council.minutes_record r join council.meeting m on m.body_id = r.body_id and m.id = r.meeting_id
		where r.body_id = kernel.current_body() and r.id = ${id}`.execute(db);
	// Taken back: those who held it learn by the change that it is gone.
	return rows[0] ? (rows[0].shown ? 'public' : 'members') : 'none';
}
