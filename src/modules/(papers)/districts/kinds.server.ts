import { sql } from 'kysely';
import type { Db } from '#kernel/db/scope.ts';
import type { KindDeclaration, TouchedObject } from '#kernel/module.ts';

export const districtKinds: Record<string, KindDeclaration> = {
	'papers.district': { audience: async () => 'public' },
};

/** Papers are found by the names of their districts: a new name makes their entries anew. */
export async function papersOfDistricts(db: Db, touched: readonly TouchedObject[]): Promise<TouchedObject[]> {
	const ids = touched.filter(({ kind }) => kind === 'papers.district').map(({ id }) => id);
	if (!ids.length) return [];
	const { rows } = await sql<{ id: string }>`select distinct x.paper_id as id from papers.paper_district x
		where x.body_id = kernel.current_body() and x.district_id = any (${ids}::uuid[])`.execute(db);
	return rows.map(({ id }) => ({ kind: 'papers.paper', id }));
}
