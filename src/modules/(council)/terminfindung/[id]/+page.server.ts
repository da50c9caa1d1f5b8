import { demand, may } from '#kernel/access/actor.ts';
import { splitPath } from '#kernel/i18n/locales.ts';
import { safePath } from '#kernel/identity/visit.ts';
import { act } from '../../planning/act.server.ts';
import { answerPoll, fixPoll, remindVoters, reopenPoll } from '../../planning/polls/commands.server.ts';
import { pollView } from '../../planning/polls/queries.server.ts';
import { rankOptions } from '../../planning/rules.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const poll = await pollView(ctx, params.id);
	const count = (id: string, answer: string) => poll.voters.filter((voter) => voter.answers[id] === answer).length;
	const options = poll.options.map((option) => ({
		...option,
		yes: count(option.id, 'yes'),
		ifNeedBe: count(option.id, 'ifNeedBe'),
		no: count(option.id, 'no'),
	}));
	const best = poll.voters.some(({ answeredAt }) => answeredAt) ? rankOptions(options)[0]?.id : undefined;
	return {
		poll: { ...poll, options },
		best: best ?? null,
		mine: poll.voters.find(({ personId }) => personId === ctx.actor.personId) ?? null,
		open: poll.state === 'open' && poll.answerBy >= ctx.today.toString(),
		mayEdit: may(ctx.actor, 'council.edit', poll.councilBodyId),
		said:
			(['neu', 'gespeichert', 'fest', 'offen', 'erinnert'] as const).find((word) => url.searchParams.has(word)) ?? null,
		reminded: Number(url.searchParams.get('erinnert')) || 0,
	};
};

export const actions: Actions = {
	antwort: (event) => {
		demand(event.locals.ctx.actor, 'council.members');
		return act(event, 'antwort', async (form) => {
			const given = Object.fromEntries(
				[...form].flatMap(([name, value]) => (name.startsWith('o-') ? [[name.slice(2), String(value)]] : [])),
			);
			await answerPoll(event.locals.ctx, { pollId: event.params.id }, given);
			// From the desk it leads back there.
			const back = form.get('zurueck');
			return back ? splitPath(safePath(String(back))).path : `/terminfindung/${event.params.id}?gespeichert`;
		});
	},
	festlegen: (event) => {
		demand(event.locals.ctx.actor, 'council.edit');
		return act(event, 'festlegen', async (form) => {
			await fixPoll(event.locals.ctx, event.params.id, String(form.get('option') ?? ''), event.url.origin);
			return `/terminfindung/${event.params.id}?fest`;
		});
	},
	oeffnen: (event) => {
		demand(event.locals.ctx.actor, 'council.edit');
		return act(event, 'oeffnen', async () => {
			await reopenPoll(event.locals.ctx, event.params.id, event.url.origin);
			return `/terminfindung/${event.params.id}?offen`;
		});
	},
	erinnern: (event) => {
		demand(event.locals.ctx.actor, 'council.edit');
		return act(event, 'erinnern', async () => {
			const count = await remindVoters(event.locals.ctx, event.params.id, event.url.origin);
			return `/terminfindung/${event.params.id}?erinnert=${count}`;
		});
	},
};
