import { fail, redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { safePath } from '#kernel/identity/visit.ts';
import { answerView, giveAnswer } from '../../agenda/answer.server.ts';
import { typedOf } from '../../agenda/forms.server.ts';
import { letterSession } from '../../agenda/letter-session.server.ts';
import { AnswerForm } from '../../agenda/schema.ts';
import type { Actions, PageServerLoad } from './$types';

/** The link of a mail opens this page and uses nothing up; only the button answers. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, setHeaders, url }) => {
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
	const view = await answerView(ctx, params.token).catch((error: unknown) => {
		if (error instanceof NotFound) return null;
		throw error;
	});
	if (!view) return { view: null, foreign: null, said: false };
	// Somebody else is signed in here: the link belongs to one person.
	const foreign = ctx.actor.personId && view.personId && ctx.actor.personId !== view.personId ? view.name : null;
	const {
		number,
		kind,
		public: open,
		date,
		startsAt,
		endsAt,
		place,
		accessibility,
		items,
		bodyName,
		cancelNote,
	} = await letterSession(ctx, view.session.id);
	const insider = view.role === 'member' || view.role === 'advisory' || view.role === 'substitute';
	return {
		said: url.searchParams.has('gesagt'),
		foreign,
		view: {
			name: view.name,
			role: view.role,
			function: view.function,
			substituteFor: view.substituteFor,
			answer: view.answer,
			reason: foreign ? '' : view.reason,
			arrivesAt: view.arrivesAt,
			stale: view.answer !== 'open' && view.answeredVersion !== view.session.version,
			state: view.state,
			choices: view.choices,
			substitutes: view.substitutes.map(({ personId, name }) => ({ personId, name })),
			asked: view.asked,
			version: view.session.version,
			slug: view.session.slug,
			visible: view.session.published && view.session.public,
			meeting: { number, kind, public: open, date, startsAt, endsAt, place, accessibility, bodyName, cancelNote },
			items: items.map((item) => ({
				number: item.number,
				title: item.public || insider ? item.title : item.neutralTitle,
			})),
		},
	};
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, params, request, url }) => {
		const typed = typedOf(await request.formData());
		const parsed = AnswerForm.safeParse(typed);
		if (!parsed.success) {
			const time = parsed.error.issues.some(({ path }) => path[0] === 'arrives');
			const fault = time
				? { field: 'arrives', text: m.council_agenda_answer_time() }
				: { field: 'answer', text: m.council_agenda_answer_choose() };
			return fail(422, { faults: [fault], typed });
		}
		try {
			const view = await answerView(ctx, params.token);
			if (ctx.actor.personId && view.personId && ctx.actor.personId !== view.personId)
				return fail(403, {
					faults: [{ field: 'answer', text: m.council_agenda_answer_other({ name: view.name }) }],
					typed,
				});
			const by = typed.zurueck ? 'desk' : 'link';
			await giveAnswer(ctx, params.token, parsed.data, { by, origin: url.origin });
		} catch (error) {
			if (error instanceof NotFound)
				return fail(404, { faults: [{ field: 'answer', text: m.council_agenda_answer_unknown() }], typed });
			const words = error instanceof RuleViolation ? WORDS[error.code] : undefined;
			if (!words || !(error instanceof RuleViolation)) throw error;
			const status = error.code === 'council_agenda_answer_moved' ? 409 : 422;
			return fail(status, { faults: [{ field: error.field ?? 'answer', text: words() }], typed });
		}
		const own = inLocale(`/antwort/${params.token}?gesagt`, ctx.locale);
		redirect(303, typed.zurueck ? safePath(typed.zurueck, own) : own);
	},
};

const WORDS: Record<string, () => string> = {
	council_agenda_answer_shut: m.council_agenda_answer_shut,
	council_agenda_answer_moved: m.council_agenda_answer_moved,
	council_agenda_answer_none: m.council_agenda_answer_none,
	council_agenda_answer_nobody: m.council_agenda_answer_nobody,
};
