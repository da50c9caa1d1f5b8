import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import { isId } from '#kernel/ids.ts';
import type { RequestHandler } from './$types';

/** The link in a reminder: straight to the form, past the sign-in where nobody is signed in yet. */
export const GET: RequestHandler = ({ locals: { ctx }, params }) => {
	const path = inLocale(
		isId(params.id) ? `/beschlusskontrolle/${params.id}#melden` : '/beschlusskontrolle',
		ctx.locale,
	);
	if (ctx.actor.kind !== 'visitor') redirect(303, path);
	redirect(303, `${inLocale('/anmelden', ctx.locale)}?${new URLSearchParams({ weiter: path })}`);
};
