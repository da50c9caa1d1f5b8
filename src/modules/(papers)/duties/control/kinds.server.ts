import { sql } from 'kysely';
import type { KindDeclaration } from '#kernel/module.ts';
import { OPEN_ENTRY } from './sight.server.ts';

/** Entries change what the public list and papers' pages show; nobody searches for them. */
export const controlKinds: Record<string, KindDeclaration> = {
	'papers.control': {
		audience: async (db, id) => {
			const { rows } = await sql<{
				open: boolean;
			}>`select ${OPEN_ENTRY} and c.state <> 'declined' as open from papers.control_entry c
				where c.body_id = kernel.current_body() and c.id = ${id}`.execute(db);
			return rows[0] ? (rows[0].open ? 'public' : 'office') : 'none';
		},
	},
};
