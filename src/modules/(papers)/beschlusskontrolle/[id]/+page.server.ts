import { demand } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { act } from '../../duties/act.server.ts';
import { reportOn, takeNotingBack, takeStepBack } from '../../duties/control/commands.server.ts';
import { controlView } from '../../duties/control/queries.server.ts';
import { StandingForm } from '../../duties/control/schema.ts';
import { formChoices } from '../../duties/queries.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const SAID = ['gemeldet', 'zurueck', 'wieder'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const entry = await controlView(ctx, params.id);
	return {
		entry: new ServerOnly(entry),
		departments: new ServerOnly(entry.mayManage ? (await formChoices(ctx)).departments : []),
		said: SAID.find((word) => url.searchParams.has(word)) ?? null,
	};
};

const report = (
	event: RequestEvent,
	of: string,
	said: string,
	work: (typed: Record<string, string>) => Promise<void>,
) => {
	demand(event.locals.ctx.actor, 'papers.report');
	return act(event, of, async (typed) => {
		await work(typed);
		return `/beschlusskontrolle/${event.params.id}?${said}`;
	});
};

export const actions: Actions = {
	melden: (event) =>
		report(event, 'melden', 'gemeldet', (typed) =>
			reportOn(event.locals.ctx, event.params.id, StandingForm.parse(typed)),
		),
	zurueck: (event) => report(event, 'zurueck', 'zurueck', () => takeStepBack(event.locals.ctx, event.params.id)),
	kenntniszurueck: (event) =>
		report(event, 'kenntniszurueck', 'wieder', ({ meeting = '' }) =>
			takeNotingBack(event.locals.ctx, event.params.id, meeting),
		),
};
