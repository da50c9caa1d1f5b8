import { fail, redirect } from '@sveltejs/kit';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { countTry } from '#kernel/identity/limits.ts';
import { sendFeedback } from '../feedback/commands.server.ts';
import { FeedbackForm } from '../feedback/schema.ts';
import { accessibilityFacts } from '../legal/accessibility.ts';
import { orRefusal, type Refusal } from '../refusal.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { ctx }, url }) => ({
	facts: accessibilityFacts(ctx.body.settings.accessibility),
	contact: ctx.body.settings.contact ?? null,
	address: url.host,
	/** The page that the reader came from, so that it need not be typed. */
	page: url.searchParams.get('seite') ?? '',
	sentUntil: /^\d{4}-\d\d-\d\d$/.exec(url.searchParams.get('gesendet') ?? '')?.[0] ?? null,
});

export const actions: Actions = {
	default: async ({ locals: { ctx }, request, url, getClientAddress }) => {
		const typed = Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]));
		const parsed = FeedbackForm.safeParse(typed);
		if (!parsed.success) {
			const faults = parsed.error.issues.map(({ path, message }) => ({
				field: String(path[0]),
				text: faultWords(message),
			}));
			return fail(422, { faults, typed } satisfies Refusal);
		}
		return orRefusal(ctx, 'message', typed, async () => {
			await countTry('feedback/address', getClientAddress());
			const until = await sendFeedback(ctx, parsed.data, url.origin);
			redirect(303, thanks(ctx, until));
		});
	},
};

function faultWords(code: string): string {
	if (code === 'email') return m.shell_login_error_email();
	return code === 'long' ? m.shell_feedback_error_long() : m.shell_feedback_error_message();
}

function thanks(ctx: Ctx, until: Temporal.PlainDate): string {
	return `${inLocale('/barrierefreiheit', ctx.locale)}?gesendet=${until.toString()}#rueckmeldung`;
}
