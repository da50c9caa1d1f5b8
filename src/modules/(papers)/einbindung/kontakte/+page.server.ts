import { demand } from '#kernel/access/actor.ts';
import { act } from '../../involvement/act.server.ts';
import {
	bringContactBack,
	contactChoices,
	contactRows,
	eventContacts,
	logContact,
	removeContact,
} from '../../involvement/contacts.server.ts';
import { ContactForm } from '../../involvement/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.contacts');
	const contacts = await contactRows(ctx);
	return {
		contacts: contacts.filter(({ removedOn }) => !removedOn),
		removed: contacts.filter(({ removedOn }) => removedOn),
		just: url.searchParams.get('entfernt'),
		events: await eventContacts(ctx),
		offices: await contactChoices(ctx),
		today: ctx.today.toString(),
		said: url.searchParams.has('gespeichert'),
	};
};

export const actions: Actions = {
	notieren: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.contacts');
		return act(event, 'notieren', async (form) => {
			await logContact(ctx, ContactForm.parse(Object.fromEntries(form)));
			return '/einbindung/kontakte?gespeichert';
		});
	},
	loeschen: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.contacts');
		return act(event, 'loeschen', async (form) => {
			const id = String(form.get('id') ?? '');
			await removeContact(ctx, id);
			return `/einbindung/kontakte?entfernt=${encodeURIComponent(id)}`;
		});
	},
	zurueckholen: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.contacts');
		return act(event, 'zurueckholen', async (form) => {
			await bringContactBack(ctx, String(form.get('id') ?? ''));
			return '/einbindung/kontakte?gespeichert';
		});
	},
};
