import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { forPage } from '#kernel/i18n/current.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { safePath } from '#kernel/identity/visit.ts';
import { finishTask, reopenTask } from '../commands/tasks.server.ts';
import { taskRows } from '../queries/tasks.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const done = url.searchParams.get('stand') === 'erledigt';
	return {
		tasks: await taskRows(ctx, { state: done ? 'done' : 'open' }),
		done,
		finished: url.searchParams.get('erledigt'),
		reopened: url.searchParams.has('offen'),
	};
};

/** Both acts lead back to where they were pressed, which says what happened and offers the way back. */
export const actions: Actions = {
	erledigt: (event) => act(event, finishTask, (id) => ({ erledigt: id })),
	offen: (event) => act(event, reopenTask, (id) => ({ offen: id })),
};

async function act(
	{ locals: { ctx }, request }: RequestEvent,
	command: (ctx: Ctx, id: string) => Promise<void>,
	said: (id: string) => Record<string, string>,
) {
	const form = await request.formData();
	const id = String(form.get('id') ?? '');
	const back = safePath(String(form.get('zurueck') ?? ''), inLocale('/aufgaben', ctx.locale));
	try {
		await command(ctx, id);
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		return fail(422, { refused: forPage(() => m.council_task_undo_over({ days: error.params.days! })) });
	}
	redirect(303, `${back.split(/[?#]/)[0]}?${new URLSearchParams(said(id))}`);
}
