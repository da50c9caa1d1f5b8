import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { endDuty, giveDuty, invitePerson, knownOrganisations, personView, type Duty } from '#server/registry';
import { linkMails } from '../../link-mails.server.ts';
import type { Actions, PageServerLoad } from './$types';

const DUTIES: Duty[] = ['office', 'department', 'editor', 'administrator', 'auditor'];
const SAID = ['rolle', 'beendet', 'eingeladen'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const person = await personView(ctx, params.id);
	const organisations = await knownOrganisations(ctx);
	return {
		person,
		mayGive: may(ctx.actor, 'registry.duties'),
		departments: organisations
			.filter(({ type }) => type === 'department' || type === 'committee')
			.map(({ id, name }) => ({ id, name })),
		duties: DUTIES,
		said: SAID.find((word) => url.searchParams.has(word)) ?? null,
	};
};

type Said = (typeof SAID)[number];
type Fields = (name: string) => string;

export const actions: Actions = {
	rolle: (event) =>
		act(event, 'rolle', 'duty', async (field) => {
			const duty = DUTIES.find((known) => known === field('duty'));
			if (!duty) throw new RuleViolation('shell.noDuty', {}, 'duty');
			const organisation = field('organisation');
			await giveDuty(event.locals.ctx, {
				personId: event.params.id!,
				duty,
				organisationId: isId(organisation) ? organisation : null,
			});
		}),
	beenden: (event) => act(event, 'beendet', 'rollen', (field) => endDuty(event.locals.ctx, field('id'))),
	einladen: (event) =>
		act(event, 'eingeladen', 'email', async (field) => {
			const email = z.email().max(254).safeParse(field('email'));
			if (!email.success) throw new RuleViolation('shell.email', {}, 'email');
			const { ctx } = event.locals;
			await invitePerson(
				ctx,
				{ personId: event.params.id!, email: email.data },
				{ origin: event.url.origin, send: linkMails(ctx) },
			);
		}),
};

async function act(
	{ locals: { ctx }, params, request }: RequestEvent,
	said: Said,
	at: string,
	command: (field: Fields) => Promise<unknown>,
) {
	const form = await request.formData();
	const field: Fields = (name) => String(form.get(name) ?? '').trim();
	try {
		await command(field);
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		const typed = { email: field('email'), duty: field('duty'), organisation: field('organisation') };
		return fail(422, { faults: [{ field: error.field ?? at, text: words(error.code) }], typed });
	}
	redirect(303, inLocale(`/personen/${params.id}?${said}`, ctx.locale));
}

const WORDS: Record<string, () => string> = {
	'shell.noDuty': m.shell_people_error_duty,
	'shell.email': m.shell_login_error_email,
	'registry.dutyThere': m.shell_people_error_duty_there,
	'registry.dutyNeedsOrganisation': m.shell_people_error_department,
	'registry.lastAdministrator': m.shell_people_error_last,
	'registry.accountTaken': m.shell_people_error_taken,
	'registry.accountOther': m.shell_people_error_other,
};

function words(code: string): string {
	const found = WORDS[code];
	if (!found) throw new Error(`no words for the rule ${code}`);
	return found();
}
