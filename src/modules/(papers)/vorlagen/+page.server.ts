import { redirect } from '@sveltejs/kit';
import { may } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { findByNumber } from '../paper/find.server.ts';
import { paperRows } from '../paper/queries.server.ts';
import { recommendationsOf } from '../statement/section.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const typed = url.searchParams.get('q')?.trim() ?? '';
	const numbered = typed ? await findByNumber(ctx, typed) : [];
	if (numbered.length === 1) redirect(303, inLocale(`/vorlagen/${numbered[0]}`, ctx.locale));
	const papers = await paperRows(ctx);
	const slugs = papers.map(({ slug }) => slug);
	return {
		papers: new ServerOnly(papers),
		recommended: new ServerOnly(await recommendationsOf(ctx, slugs)),
		mayWrite: may(ctx.actor, 'papers.write'),
	};
};
