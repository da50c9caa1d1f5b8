import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { answerInWriting } from '../../../../votes/written/answer.server.ts';
import { act } from '../../../../votes/written/forms.server.ts';
import { remindInWriting, resumeWritten, withdrawWritten } from '../../../../votes/written/procedure.server.ts';
import { writtenView } from '../../../../votes/written/queries.server.ts';
import { WrittenAnswer } from '../../../../votes/written/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const SAID = ['begonnen', 'geantwortet', 'eingetragen', 'erinnert', 'laeuft-wieder'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const procedure = await writtenView(ctx, params.slug, params.nummer);
	return {
		procedure,
		mayRun: may(ctx.actor, 'council.convene', procedure.body.id),
		mayEnter: may(ctx.actor, 'council.edit', procedure.body.id),
		said: SAID.find((word) => url.searchParams.has(word)) ?? null,
		reminded: Number(url.searchParams.get('erinnert') ?? 0),
		over: procedure.lastDay < ctx.today.toString(),
	};
};

type Event = Parameters<Actions[string]>[0];

/** Looks up which procedure is meant, then acts and comes back. */
function run(
	permission: string,
	name: string,
	work: (ctx: Ctx, id: string, event: Event, typed: Typed) => Promise<string>,
) {
	return (event: Event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, permission);
		return act(event, name, async (typed) => {
			const { id, body, number } = await writtenView(ctx, event.params.slug, event.params.nummer);
			const said = await work(ctx, id, event, typed);
			return `/gremien/${body.slug}/umlauf/${number}${said ? `?${said}` : ''}`;
		});
	};
}
type Typed = Record<string, string>;

export const actions: Actions = {
	antworten: run('council.cast', 'antworten', async (ctx, id, { url }, typed) => {
		await answerInWriting(ctx, { procedure: id }, WrittenAnswer.parse(typed), url.origin);
		return 'geantwortet';
	}),
	eintragen: run('council.edit', 'eintragen', async (ctx, id, { url }, typed) => {
		const answer = WrittenAnswer.parse(typed);
		await answerInWriting(ctx, { procedure: id, answer: typed.answer ?? '' }, answer, url.origin);
		return 'eingetragen';
	}),
	erinnern: run('council.convene', 'erinnern', async (ctx, id, { url }) => {
		return `erinnert=${await remindInWriting(ctx, id, url.origin)}`;
	}),
	zuruecknehmen: run('council.convene', 'zuruecknehmen', async (ctx, id, { url }, typed) => {
		const reason = (typed.reason ?? '').trim().slice(0, 1000);
		if (!reason) throw new RuleViolation('reason', {}, 'reason');
		await withdrawWritten(ctx, id, reason, url.origin);
		return '';
	}),
	weiter: run('council.convene', 'weiter', async (ctx, id, { url }) => {
		await resumeWritten(ctx, id, url.origin);
		return 'laeuft-wieder';
	}),
};
