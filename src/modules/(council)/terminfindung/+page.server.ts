import { demand, may } from '#kernel/access/actor.ts';
import { isId } from '#kernel/ids.ts';
import { act } from '../planning/act.server.ts';
import { bodyChoices } from '../planning/choices.server.ts';
import { peopleOfBody } from '../planning/people.server.ts';
import { openPoll } from '../planning/polls/commands.server.ts';
import { pollRows } from '../planning/polls/queries.server.ts';
import { PollForm } from '../planning/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const polls = await pollRows(ctx);
	if (!may(ctx.actor, 'council.edit')) return { polls, form: null };
	const bodies = await bodyChoices(ctx, 'council.edit');
	const asked = url.searchParams.get('gremium');
	const body = bodies.find(({ value }) => value === asked)?.value ?? (bodies.length === 1 ? bodies[0]!.value : null);
	const people = body ? await peopleOfBody(ctx, body) : [];
	return {
		polls,
		form: {
			bodies,
			body,
			people: people.map(({ personId, name, kind, email }) => ({ personId, name, kind, reachable: email !== '' })),
		},
	};
};

export const actions: Actions = {
	default: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.edit');
		return act(event, 'umfrage', async (form) => {
			const text = (name: string) => String(form.get(name) ?? '');
			const all = (name: string) => form.getAll(name).map(String);
			const [dates, froms, untils] = [all('tag'), all('von'), all('bis')];
			const given = PollForm.parse({
				councilBodyId: text('councilBodyId'),
				title: text('title'),
				note: text('note'),
				kind: text('kind'),
				public: form.has('public'),
				place: text('place'),
				answerBy: text('answerBy'),
				// A line left empty is no proposal.
				options: dates
					.map((date, i) => ({ date, from: froms[i] ?? '', until: untils[i] ?? '' }))
					.filter(({ date, from, until }) => date || from || until),
			});
			const id = await openPoll(ctx, { ...given, people: all('people').filter(isId) }, event.url.origin);
			return `/terminfindung/${id}?neu`;
		});
	},
};
