import { redirect } from '@sveltejs/kit';
import { sql } from 'kysely';
import { NotFound } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { isId } from '#kernel/ids.ts';
import { readable } from '../../paper/sight.server.ts';
import type { RequestHandler } from './$types';

/**
 * Where mails lead: whoever is not signed in signs in first and comes back, whatever stands behind the address; then it goes
 * on to the form.
 */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	if (ctx.actor.kind === 'visitor') {
		const query = new URLSearchParams({ weiter: url.pathname });
		redirect(303, `${inLocale('/anmelden', ctx.locale)}?${query}`);
	}
	if (!isId(params.id)) throw new NotFound('statement');
	const { rows } = await sql<{ slug: string }>`select p.slug from papers.statement_on o
		join papers.paper p on p.body_id = o.body_id and p.id = o.paper_id
		where o.body_id = ${ctx.body.id} and o.statement_id = ${params.id} and ${readable(ctx)}
		order by o.position limit 1`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('statement');
	redirect(303, inLocale(`/vorlagen/${rows[0].slug}/stellungnahme`, ctx.locale) + '#tun');
};
