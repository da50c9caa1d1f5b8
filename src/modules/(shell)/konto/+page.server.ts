import { redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { NotFound } from '#kernel/errors.ts';
import { inLocale, isLocale } from '#kernel/i18n/locales.ts';
import { chooseMailLocale } from '#kernel/identity/accounts.ts';
import { hasPassword } from '#kernel/identity/password.ts';
import { passkeysOf, removePasskey } from '#kernel/identity/passkeys.ts';
import { endOtherSessions, endSession, listSessions } from '#kernel/identity/sessions.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { PERSON_FIELDS, personFields } from '#server/registry';
import { personalTables } from '#kernel/privacy/tables.ts';
import { dayAndClock } from '../clock.ts';
import { PREFIX, takeCorrection } from '../privacy/correction.server.ts';
import { askForErasure, openRequests } from '../privacy/requests.server.ts';
import { accountOrSignIn, visitOf, withFreshSignIn } from '../visit.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { ctx } = event.locals;
	const account = await accountOrSignIn(event);
	const [sessions, passkeys, password] = await Promise.all([
		listSessions(account),
		passkeysOf(account.id),
		hasPassword(account.id),
	]);
	return {
		account: { name: account.name, email: account.email, locale: account.locale ?? '', secondStep: account.secondStep },
		hasPassword: password,
		sessions: sessions.map(({ id, device, current, signedInAt, seenAt, expiresAt }) => ({
			id,
			device: device || m.shell_account_device_unknown(),
			current,
			signedIn: dayAndClock(signedInAt, ctx),
			seen: dayAndClock(seenAt, ctx),
			ends: dayAndClock(expiresAt, ctx),
		})),
		passkeys: passkeys.map(({ id, name, createdAt }) => ({
			id,
			name: name || m.shell_account_passkey_nameless(),
			added: createdAt && dayAndClock(createdAt, ctx),
		})),
		own: await ownData(ctx),
		done: DONE.find((done) => event.url.searchParams.get('getan') === done) ?? null,
	};
};

const DONE = ['sprache', 'beendet', 'passkey', 'passkeyWeg', 'passwort', 'schrittWeg', 'daten', 'verlaengert'] as const;

/** What this person may correct alone, and whether they asked to be erased; null for an account without a person here. */
async function ownData(ctx: Ctx) {
	const { personId } = ctx.actor;
	if (!personId) return null;
	const declared = personalTables().find(({ table }) => table === 'registry.person')!.columns;
	const person = await personFields(ctx, personId);
	const own = PERSON_FIELDS.filter((name) => declared[name]?.selfService);
	const [request] = await openRequests(ctx, personId);
	const day = (date: string) => formatDay(date, 'long', ctx.locale);
	return {
		prefix: PREFIX,
		values: Object.fromEntries(own.map((name) => [name, person[name]])),
		asked: request ? { day: day(request.askedOn), due: day(request.dueOn) } : null,
	};
}

function done(event: RequestEvent, what: (typeof DONE)[number]): never {
	redirect(303, `${inLocale('/konto', event.locals.ctx.locale)}?getan=${what}`);
}

export const actions: Actions = {
	sprache: async (event) => {
		const account = await accountOrSignIn(event);
		const chosen = String((await event.request.formData()).get('locale') ?? '');
		await chooseMailLocale(account.id, isLocale(chosen) ? chosen : null);
		done(event, 'sprache');
	},
	berichtigen: async (event) => {
		await accountOrSignIn(event);
		const { ctx } = event.locals;
		if (!ctx.actor.personId) throw new NotFound('person');
		return (await takeCorrection(ctx, ctx.actor.personId, event.request)) ?? done(event, 'daten');
	},
	loeschung: async (event) => {
		await accountOrSignIn(event);
		await askForErasure(event.locals.ctx, event.url.origin);
		redirect(303, `${inLocale('/konto', event.locals.ctx.locale)}#loeschung`);
	},
	beenden: async (event) => {
		const account = await accountOrSignIn(event);
		await endSession(account, String((await event.request.formData()).get('id') ?? ''));
		done(event, 'beendet');
	},
	andere: async (event) => {
		await endOtherSessions(await accountOrSignIn(event));
		done(event, 'beendet');
	},
	passkeyWeg: async (event) => {
		const id = String((await event.request.formData()).get('id') ?? '');
		await withFreshSignIn(event, () => removePasskey(visitOf(event), id));
		done(event, 'passkeyWeg');
	},
};
