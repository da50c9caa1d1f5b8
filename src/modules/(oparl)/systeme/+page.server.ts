import { fail, redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { UserError } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { isId } from '#kernel/ids.ts';
import { askForReading, readAgain, stopReading } from '../harvest/run/start.server.ts';
import { sourceRows } from '../harvest/run/sources.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'oparl.harvest');
	return { sources: await sourceRows(ctx), started: url.searchParams.has('begonnen') };
};

async function of({ locals: { ctx }, request }: RequestEvent, act: typeof readAgain) {
	demand(ctx.actor, 'oparl.harvest');
	const id = (await request.formData()).get('id');
	if (!isId(id)) return fail(422, { address: '', fault: m.oparl_systems_none() });
	await act(ctx, id);
	redirect(303, inLocale(act === readAgain ? '/systeme?begonnen' : '/systeme', ctx.locale));
}

export const actions: Actions = {
	lesen: async ({ locals: { ctx }, request }) => {
		demand(ctx.actor, 'oparl.harvest');
		const form = await request.formData();
		const address = String(form.get('adresse') ?? '').trim();
		if (!/^https?:\/\/./i.test(address)) return fail(422, { address, fault: m.oparl_systems_no_address() });
		try {
			await askForReading(ctx, { address, files: form.has('dateien'), whole: form.has('alles') });
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			return fail(422, { address, fault: m.oparl_systems_not_there({ why: error.message }) });
		}
		redirect(303, inLocale('/systeme?begonnen', ctx.locale));
	},
	weiter: (event) => of(event, readAgain),
	anhalten: (event) => of(event, stopReading),
};
