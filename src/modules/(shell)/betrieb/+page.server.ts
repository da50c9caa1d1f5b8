import { redirect } from '@sveltejs/kit';
import type { Ctx } from '#kernel/ctx.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { giveUp, runAgain, sendAgain } from '../operation/commands.server.ts';
import { operationView } from '../operation/queries.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => operationView(ctx);

const act =
	(work: (ctx: Ctx, id: string) => Promise<void>): Actions[string] =>
	async ({ locals: { ctx }, request }) => {
		await work(ctx, String((await request.formData()).get('id') ?? ''));
		redirect(303, inLocale('/betrieb', ctx.locale));
	};

export const actions: Actions = { wiederholen: act(runAgain), verwerfen: act(giveUp), senden: act(sendAgain) };
