import { demand, may } from '#kernel/access/actor.ts';
import { countTry } from '#kernel/identity/limits.ts';
import { act } from '../planning/act.server.ts';
import { bodyChoices } from '../planning/choices.server.ts';
import { TopicForm } from '../planning/schema.ts';
import { decideTopic, proposeTopic, reopenTopic, type Decision } from '../planning/topics/commands.server.ts';
import { topicRows } from '../planning/topics/queries.server.ts';
import { bodyRows } from '../queries/bodies.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const inside = may(ctx.actor, 'council.members');
	const bodies = await bodyRows(ctx);
	return {
		bodies: bodies
			.filter(({ visibility, id }) => visibility === 'public' || may(ctx.actor, 'council.members', id))
			.map(({ id, name }) => ({ value: id, label: name, lang: 'de' })),
		main: ctx.body.settings.mainBodyId ?? bodies.find(({ kind }) => kind === 'council')?.id ?? null,
		inside,
		topics: inside ? await topicRows(ctx) : [],
		mayDecide: may(ctx.actor, 'council.convene') && (await bodyChoices(ctx, 'council.convene')).length > 0,
		said:
			(['entschieden', 'geparkt', 'tagesordnung', 'offen'] as const).find((word) => url.searchParams.has(word)) ?? null,
	};
};

const KINDS: Record<string, (reason: string, meetingId: string | null) => Decision> = {
	annehmen: (reason) => ({ to: 'accepted', reason }),
	ablehnen: (reason) => ({ to: 'declined', reason }),
	parken: (reason) => ({ to: 'parked', reason }),
	tagesordnung: (reason, meetingId) => ({ to: 'onAgenda', meetingId, reason }),
};

export const actions: Actions = {
	vorschlagen: (event) =>
		act(event, 'vorschlagen', async (form) => {
			const { ctx } = event.locals;
			const text = (name: string) => String(form.get(name) ?? '');
			// A field that people do not see: who fills it is a program, and believes to have succeeded.
			if (text('website')) return '/themen?danke';
			const given = TopicForm.parse({
				councilBodyId: text('councilBodyId'),
				title: text('title'),
				text: text('text'),
				name: text('name'),
				email: text('email').trim(),
			});
			if (ctx.actor.kind === 'visitor') await countTry('feedback/address', event.getClientAddress());
			const park = form.has('park');
			const token = await proposeTopic(ctx, given, { origin: event.url.origin, park });
			return park ? '/themen?geparkt' : `/themen/stand/${token}?neu`;
		}),
	entscheiden: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.convene');
		return act(event, 'entscheiden', async (form) => {
			const text = (name: string) => String(form.get(name) ?? '').trim();
			const decision = KINDS[text('was')]?.(text('reason'), null) ?? ({ to: 'accepted', reason: '' } as const);
			await decideTopic(ctx, text('id'), decision, event.url.origin);
			return decision.to === 'onAgenda' ? '/themen?tagesordnung' : '/themen?entschieden';
		});
	},
	zurueck: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.convene');
		return act(event, 'zurueck', async (form) => {
			await reopenTopic(ctx, String(form.get('id') ?? ''));
			return '/themen?offen';
		});
	},
};
