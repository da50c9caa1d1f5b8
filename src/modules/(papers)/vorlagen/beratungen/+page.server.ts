import { ServerOnly } from '#kernel/http/server-only.ts';
import { isId } from '#kernel/ids.ts';
import { plannedBodies, plannedRows } from '../../way/list.server.ts';
import type { PageServerLoad } from './$types';

/** What comes to which body: the same page for everybody, with what each may know. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const asked = url.searchParams.get('gremium') ?? '';
	const bodyId = isId(asked) ? asked : null;
	const [rows, bodies] = await Promise.all([plannedRows(ctx, { bodyId }), plannedBodies(ctx)]);
	return { rows: new ServerOnly(rows), bodies, bodyId };
};
