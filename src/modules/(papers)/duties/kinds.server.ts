import { sql } from 'kysely';
import type { KindDeclaration } from '#kernel/module.ts';
import { OPEN_DUTY } from './sight.server.ts';

/** Duties change what public lists and papers' pages show; nobody searches for them. */
export const dutyKinds: Record<string, KindDeclaration> = {
	'papers.duty': {
		audience: async (db, id) => {
			const { rows } = await sql<{ open: boolean }>`select ${OPEN_DUTY} as open from papers.report_duty d
				where d.body_id = kernel.current_body() and d.id = ${id}`.execute(db);
			return rows[0] ? (rows[0].open ? 'public' : 'office') : 'none';
		},
	},
	'papers.reminderPlan': { audience: async () => 'office' },
};
