import { demand } from '#kernel/access/actor.ts';
import { ask } from '#kernel/db/questions.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { controlList } from '../../duties/control/list.server.ts';
import type { PageServerLoad } from './$types';

/** Closed resolutions stand in a list of their own (rulebook R3-25): members read what their body resolved. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.controlClosed');
	return { list: new ServerOnly(await ask(ctx, controlList(ctx, url, 'closed'))), query: url.searchParams.toString() };
};
