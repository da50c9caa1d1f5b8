import { demand } from '#kernel/access/actor.ts';
import { act } from '../../duties/act.server.ts';
import { addDuty } from '../../duties/commands.server.ts';
import { startOfDuty } from '../../duties/start.server.ts';
import { formChoices } from '../../duties/queries.server.ts';
import { DutyForm } from '../../duties/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.duties');
	return {
		choices: await formChoices(ctx),
		start: await startOfDuty(ctx, {
			paper: url.searchParams.get('vorlage'),
			resolution: url.searchParams.get('beschluss'),
			office: url.searchParams.get('amt'),
		}),
	};
};

export const actions: Actions = {
	default: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.duties');
		return act(event, 'neu', async (typed) => {
			const id = await addDuty(ctx, DutyForm.parse({ ...typed, closed: 'closed' in typed }));
			return `/berichtspflichten/${id}?aufgenommen`;
		});
	},
};
