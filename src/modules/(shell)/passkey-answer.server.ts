import { json, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { SetCookie } from '#kernel/identity/visit.ts';
import { keepCookies } from './visit.server.ts';

const Sent = z.object({ response: z.record(z.string(), z.unknown()), name: z.string().max(200).default('') });

/** What the script sends after a ceremony; the library looks closer. @returns undefined for anything else */
export async function sentPasskey({ request }: RequestEvent): Promise<z.infer<typeof Sent> | undefined> {
	return Sent.safeParse(await request.json().catch(() => undefined)).data;
}

/** Answers the script of passkeys: options or nothing, with cookies; a refusal as a status it can tell of. */
export async function answerScript(
	event: RequestEvent,
	act: () => Promise<{ value?: unknown; cookies: SetCookie[] }>,
): Promise<Response> {
	try {
		const { value = {}, cookies } = await act();
		keepCookies(event.cookies, cookies);
		return json(value, { headers: { 'cache-control': 'no-store' } });
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		if (error.code === 'identity.signInAgain') {
			const query = new URLSearchParams({ weiter: inLocale('/konto', event.locals.ctx.locale), nochmal: '1' });
			return json({ goTo: `${inLocale('/anmelden', event.locals.ctx.locale)}?${query}` }, { status: 403 });
		}
		return json({ code: error.code }, { status: error.code === 'identity.wait' ? 429 : 422 });
	}
}
