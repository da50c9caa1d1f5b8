import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import * as m from '#messages';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import {
	endDuty,
	giveDuty,
	invitePerson,
	knownOrganisations,
	PERSON_FIELDS,
	personFields,
	personView,
	type Duty,
} from '#server/registry';
import { linkMails } from '../../link-mails.server.ts';
import { refuseErasure } from '../../privacy/commands.server.ts';
import { PREFIX, takeCorrection } from '../../privacy/correction.server.ts';
import { openRequests } from '../../privacy/requests.server.ts';
import type { Actions, PageServerLoad } from './$types';

const DUTIES: Duty[] = ['office', 'department', 'editor', 'administrator', 'auditor'];
const SAID = ['rolle', 'beendet', 'eingeladen', 'berichtigt', 'abgelehnt', 'geloescht', 'zugang'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const person = await personView(ctx, params.id);
	const organisations = await knownOrganisations(ctx);
	return {
		person: { ...person, name: person.name || m.shell_data_erased() },
		privacy: may(ctx.actor, 'shell.privacy') ? await privacyOf(ctx, params.id) : null,
		mayGive: may(ctx.actor, 'registry.duties'),
		departments: organisations
			.filter(({ type }) => type === 'department' || type === 'committee')
			.map(({ id, name }) => ({ id, name })),
		duties: DUTIES,
		said: SAID.find((word) => url.searchParams.has(word)) ?? null,
	};
};

/** What an administrator may correct, and whether the person asked to be erased. */
async function privacyOf(ctx: Ctx, personId: string) {
	const person = await personFields(ctx, personId);
	const [request] = await openRequests(ctx, personId);
	const fields = PERSON_FIELDS.filter((name) => name !== 'email' || !person.account_id);
	const day = (date: string) => formatDay(date, 'long', ctx.locale);
	return {
		prefix: PREFIX,
		values: Object.fromEntries(fields.map((name) => [name, person[name]])),
		asked: request ? { day: day(request.askedOn), due: day(request.dueOn) } : null,
	};
}

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
	berichtigen: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'shell.privacy');
		const refused = await takeCorrection(ctx, params.id, request);
		return refused ?? redirect(303, inLocale(`/personen/${params.id}?berichtigt`, ctx.locale));
	},
	ablehnen: async ({ locals: { ctx }, params }) => {
		await refuseErasure(ctx, params.id);
		redirect(303, inLocale(`/personen/${params.id}?abgelehnt`, ctx.locale));
	},
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
		const typed: Record<string, string> = {
			email: field('email'),
			duty: field('duty'),
			organisation: field('organisation'),
		};
		return fail(422, { of: said, faults: [{ field: error.field ?? at, text: words(error.code) }], typed });
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
