import { fail, redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { endAccess, isKnownElsewhere, peopleWhoSignIn, personFields, personView } from '#server/registry';
import { openMatters } from '../../../access/open.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx.actor, 'registry.duties');
	const person = await personView(ctx, params.id);
	const { account_id: accountId } = await personFields(ctx, params.id);
	const today = ctx.today.toString();
	const inForce = ({ until }: { until: string | null }) => until === null || until > today;
	return {
		id: person.id,
		name: person.name || m.shell_data_erased(),
		self: person.id === ctx.actor.personId,
		account: accountId ? ((await isKnownElsewhere(ctx, accountId)) ? 'stays' : 'goes') : null,
		duties: person.duties.filter(inForce),
		memberships: person.memberships.filter(inForce),
		offices: person.offices.filter(inForce),
		open: await openMatters(ctx, params.id),
		successors: (await peopleWhoSignIn(ctx)).filter(({ id }) => id !== person.id),
	};
};

const REFUSED: Record<string, () => string> = {
	'registry.accessSelf': m.shell_access_self,
	'registry.lastAdministrator': m.shell_access_last,
	'registry.accessSuccessor': m.shell_access_successor_unknown,
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'registry.duties');
		const form = await request.formData();
		const successor = String(form.get('nachfolge') ?? '');
		const refuse = (field: string, text: string) => fail(422, { faults: [{ field, text }], successor });
		if (!form.has('sicher')) return refuse('sicher', m.shell_access_unsure());
		try {
			await endAccess(ctx, params.id, { successorId: successor || null });
		} catch (error) {
			const refused = error instanceof RuleViolation && REFUSED[error.code];
			if (!refused) throw error;
			return refuse(error.field ?? 'sicher', refused());
		}
		redirect(303, inLocale(`/personen/${params.id}?zugang`, ctx.locale));
	},
};
