import { countTry } from '#kernel/identity/limits.ts';
import { answerPoll } from '../../planning/polls/commands.server.ts';
import { pollByToken } from '../../planning/polls/queries.server.ts';
import { act } from '../../planning/act.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, setHeaders, url }) => {
	// One person's answers: nothing of it is kept on the way.
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
	const { voter, ...poll } = await pollByToken(ctx, params.token);
	return {
		poll,
		name: voter.name,
		answers: voter.answers,
		answered: voter.answeredAt !== null,
		open: poll.state === 'open' && poll.answerBy >= ctx.today.toString(),
		saved: url.searchParams.has('gespeichert'),
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, 'antwort', async (form) => {
			await countTry('token/address', event.getClientAddress());
			const given = Object.fromEntries(
				[...form].flatMap(([name, value]) => (name.startsWith('o-') ? [[name.slice(2), String(value)]] : [])),
			);
			await answerPoll(event.locals.ctx, { token: event.params.token }, given);
			return `/umfrage/${event.params.token}?gespeichert`;
		}),
};
