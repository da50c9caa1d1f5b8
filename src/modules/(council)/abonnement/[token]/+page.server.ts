import { NotFound } from '#kernel/errors.ts';
import { changeSubscription, confirmSubscription, endSubscription } from '../../member/news/commands.server.ts';
import { newsBodies, subscriberByToken } from '../../member/news/queries.server.ts';
import { SubscriptionForm } from '../../member/news/schema.ts';
import { furtherChoices, orderedFurther } from '../../member/news/sources.server.ts';
import { act } from '../../planning/act.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The link of a letter opens this page and uses nothing up; only its buttons act. An ended link says so. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, setHeaders, url }) => {
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
	const subscriber = await subscriberByToken(ctx, params.token).catch((error: unknown) => {
		if (error instanceof NotFound) return null;
		throw error;
	});
	const ordered = subscriber ? await orderedFurther(ctx, subscriber.id) : [];
	const further = subscriber ? await furtherChoices(ctx, { values: ordered.map(({ value }) => value) }) : [];
	return {
		further,
		ordered,
		path: `/abonnement/${params.token}`,
		subscriber,
		bodies: subscriber?.confirmed ? await newsBodies(ctx) : [],
		said: (['laeuft', 'gespeichert', 'beendet'] as const).find((word) => url.searchParams.has(word)) ?? null,
	};
};

/** An act on a link that ended in the meantime leads to the page that says so. */
function unlessEnded(path: string, work: (form: FormData) => Promise<string>) {
	return async (form: FormData): Promise<string> =>
		work(form).catch((error: unknown) => {
			if (error instanceof NotFound) return path;
			throw error;
		});
}

export const actions: Actions = {
	bestaetigen: (event) => {
		const path = `/abonnement/${event.params.token}`;
		return act(
			event,
			'bestaetigen',
			unlessEnded(path, async () => {
				await confirmSubscription(event.locals.ctx, event.params.token);
				return `${path}?laeuft`;
			}),
		);
	},
	aendern: (event) => {
		const path = `/abonnement/${event.params.token}`;
		return act(
			event,
			'aendern',
			unlessEnded(path, async (form) => {
				const choice = SubscriptionForm.parse({
					bodies: form.getAll('bodies'),
					further: form.getAll('further'),
					locale: form.get('locale'),
				});
				await changeSubscription(event.locals.ctx, event.params.token, choice);
				return `${path}?gespeichert`;
			}),
		);
	},
	beenden: (event) =>
		act(event, 'beenden', async () => {
			await endSubscription(event.locals.ctx, event.params.token);
			return `/abonnement/${event.params.token}?beendet`;
		}),
};
