import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { oidcLabel } from '#kernel/identity/oidc.ts';
import {
	addRoleRule,
	changeRoleRule,
	knownOrganisations,
	raiseRoleRule,
	readClaims,
	removeRoleRule,
	roleRules,
	type Duty,
	type NewRoleRule,
} from '#server/registry';
import type { Actions, PageServerLoad } from './$types';

const DUTIES: Duty[] = ['office', 'department', 'editor', 'administrator', 'auditor'];
const SAID = ['neu', 'geaendert', 'entfernt', 'verschoben'] as const;
/** Characters: the claims of one person, as a tool of the provider shows them. */
const MOST = 50_000;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const rules = await roleRules(ctx);
	const organisations = await knownOrganisations(ctx);
	return {
		rules,
		configured: oidcLabel() !== undefined,
		duties: DUTIES,
		organisations: organisations
			.filter(({ type }) => type === 'department' || type === 'committee')
			.map(({ id, name }) => ({ id, name })),
		said: SAID.find((word) => url.searchParams.has(word)) ?? null,
	};
};

type Fields = (name: string) => string;

async function fieldsOf({ request }: RequestEvent): Promise<Fields> {
	const form = await request.formData();
	return (name) => String(form.get(name) ?? '').trim();
}

function ruleOf(field: Fields): NewRoleRule {
	return {
		claim: field('claim'),
		value: field('value'),
		duty: DUTIES.find((known) => known === field('duty')) ?? null,
		organisationId: isId(field('organisation')) ? field('organisation') : null,
		stops: field('stops') !== '',
	};
}

/** What is refused comes back into the form that sent it: `id` is its rule's, empty for the new one. */
async function act(event: RequestEvent, said: (typeof SAID)[number], work: (field: Fields) => Promise<unknown>) {
	const { ctx } = event.locals;
	const field = await fieldsOf(event);
	try {
		await work(field);
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		const id = field('id');
		const at = `${error.field ?? 'claim'}-${id || 'neu'}`;
		return fail(422, { id, faults: [{ field: at, text: words(error.code) }], typed: ruleOf(field), tried: null });
	}
	redirect(303, inLocale(`/personen/rollenregeln?${said}`, ctx.locale));
}

export const actions: Actions = {
	neu: (event) => act(event, 'neu', (field) => addRoleRule(event.locals.ctx, ruleOf(field))),
	aendern: (event) => act(event, 'geaendert', (field) => changeRoleRule(event.locals.ctx, field('id'), ruleOf(field))),
	entfernen: (event) => act(event, 'entfernt', (field) => removeRoleRule(event.locals.ctx, field('id'))),
	hoch: (event) => act(event, 'verschoben', (field) => raiseRoleRule(event.locals.ctx, field('id'))),
	/** Nothing is kept of what is pasted here. */
	probe: async (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'registry.duties');
		const text = (await fieldsOf(event))('angaben');
		const claims = claimsOf(text);
		const typed = { angaben: text };
		if (!claims) return fail(422, { faults: [{ field: 'angaben', text: m.shell_rules_error_claims() }], typed });
		const rules = await roleRules(ctx);
		const { fits, given, unknown } = readClaims(rules, claims);
		const places = new Map(rules.map((rule) => [rule.organisationId, rule.organisation]));
		return {
			faults: [],
			typed,
			tried: {
				fits: rules.flatMap(({ id }, place) => (fits.includes(id) ? [place + 1] : [])),
				given: given.map(({ duty, organisationId }) => ({ duty, organisation: places.get(organisationId) ?? '' })),
				unknown,
			},
		};
	},
};

/** An object, as JSON or as the middle part of a token. */
function claimsOf(text: string): Record<string, unknown> | null {
	if (text.length > MOST) return null;
	const [, middle] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(text) ?? [];
	try {
		const value: unknown = JSON.parse(middle ? Buffer.from(middle, 'base64url').toString() : text);
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Record<string, unknown>)
			: null;
	} catch {
		return null;
	}
}

const WORDS: Record<string, () => string> = {
	'registry.ruleClaim': m.shell_rules_error_claim,
	'registry.ruleValue': m.shell_rules_error_value,
	'registry.ruleDuty': m.shell_rules_error_duty,
	'registry.dutyNeedsOrganisation': m.shell_rules_error_organisation,
};

function words(code: string): string {
	const found = WORDS[code];
	if (!found) throw new Error(`no words for the rule ${code}`);
	return found();
}
