import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { countTry } from '#kernel/identity/limits.ts';
import { answerInWriting } from '../../votes/written/answer.server.ts';
import { act } from '../../votes/written/forms.server.ts';
import { writtenByToken } from '../../votes/written/queries.server.ts';
import { WrittenAnswer } from '../../votes/written/schema.ts';
import type { Actions, PageServerLoad } from './$types';

/** The link of a mail opens this page and uses nothing up; only the button answers. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, setHeaders, url }) => {
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
	const found = await writtenByToken(ctx, params.token).catch((error: unknown) => {
		if (error instanceof NotFound) return null;
		throw error;
	});
	if (!found) return { procedure: null, foreign: null, said: false };
	const { ownPersonId, own, ...procedure } = found;
	// Somebody else is signed in here: the link belongs to one person, and what they said as well.
	const foreign = ctx.actor.personId && ctx.actor.personId !== ownPersonId ? (own?.name ?? '') : null;
	return {
		procedure: { ...procedure, own: foreign === null ? own : null },
		foreign,
		said: url.searchParams.has('gesagt'),
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, 'antworten', async (typed) => {
			await countTry('token/address', event.getClientAddress());
			const { token } = event.params;
			const given = WrittenAnswer.parse(typed);
			await answerInWriting(event.locals.ctx, { token }, given, event.url.origin).catch((error: unknown) => {
				throw error instanceof NotFound ? new RuleViolation('written.unknown') : error;
			});
			return `/umlauf/${token}?gesagt`;
		}),
};
