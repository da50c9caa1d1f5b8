import { redirect } from '@sveltejs/kit';
import { demand } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { act } from '../../involvement/act.server.ts';
import { answerRequest, omit, takeBackAnswer, takeBackOmission, takeUp } from '../../involvement/answers.server.ts';
import { addDraft } from '../../involvement/drafts.server.ts';
import {
	approveMatter,
	decideRelevance,
	setMilestones,
	withdrawMatter,
} from '../../involvement/matter-commands.server.ts';
import { matterPage } from '../../involvement/matter-page.server.ts';
import { linkPaper, unlinkPaper } from '../../involvement/paper-link.server.ts';
import { askFor } from '../../involvement/requests.server.ts';
import {
	AnswerForm,
	AskForm,
	MilestonesForm,
	OmissionForm,
	RelevanceForm,
	ReportedForm,
	TakeUpForm,
	UrgentForm,
} from '../../involvement/schema.ts';
import { decideUrgently, reportUrgent } from '../../involvement/urgent.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const SAID = ['geoeffnet', 'gefragt', 'geantwortet', 'gespeichert', 'freigegeben'] as const;

/** Mails lead here: who is not signed in is led to the sign-in and back, whether or not there is such a matter. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	if (ctx.actor.kind === 'visitor') {
		const back = encodeURIComponent(inLocale(`/einbindung/${params.id}`, ctx.locale));
		redirect(303, `${inLocale('/anmelden', ctx.locale)}?weiter=${back}`);
	}
	demand(ctx.actor, 'papers.involvement.answer');
	return {
		page: new ServerOnly(await matterPage(ctx, params.id)),
		today: ctx.today.toString(),
		said: SAID.find((word) => url.searchParams.has(word)) ?? null,
	};
};

const text = (form: FormData, name: string) => String(form.get(name) ?? '');

/** An act of those who work on the matter; afterwards back to its page, at `anchor`. */
function work(
	of: string,
	said: (typeof SAID)[number],
	run: (event: RequestEvent, form: FormData) => Promise<void>,
	permission = 'papers.involvement.open',
) {
	return (event: RequestEvent) => {
		demand(event.locals.ctx.actor, permission);
		return act(event, of, async (form) => {
			await run(event, form);
			return `/einbindung/${event.params.id}?${said}`;
		});
	};
}

export const actions: Actions = {
	relevanz: work('relevanz', 'gespeichert', ({ locals, params }, form) =>
		decideRelevance(locals.ctx, params.id, RelevanceForm.parse(Object.fromEntries(form))),
	),
	tage: work('tage', 'gespeichert', ({ locals, params }, form) =>
		setMilestones(locals.ctx, params.id, MilestonesForm.parse(Object.fromEntries(form))),
	),
	entwurf: work('entwurf', 'gespeichert', async ({ locals, params }, form) => {
		const file = form.get('datei');
		const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
		await addDraft(locals.ctx, params.id, { name: file instanceof File ? file.name : '', bytes });
	}),
	vorlage: work('vorlage', 'gespeichert', ({ locals, params }, form) =>
		linkPaper(locals.ctx, params.id, text(form, 'paperId')),
	),
	'vorlage-loesen': work('vorlage', 'gespeichert', ({ locals, params }) => unlinkPaper(locals.ctx, params.id)),
	fragen: work('fragen', 'gefragt', ({ locals, params }, form) => {
		const steps = form.getAll('wen').map((id) => ({
			involvementId: String(id),
			step: Number(text(form, `schritt-${String(id)}`) || 1),
		}));
		const asking = { steps, urgent: form.has('urgent'), urgentReason: text(form, 'urgentReason') };
		return askFor(locals.ctx, params.id, AskForm.parse(asking));
	}),
	antworten: work(
		'antworten',
		'geantwortet',
		({ locals }, form) => {
			const given = {
				answer: text(form, 'answer'),
				reasons: text(form, 'reasons'),
				forCouncil: form.has('forCouncil'),
				hash: text(form, 'hash'),
			};
			return answerRequest(locals.ctx, text(form, 'request'), AnswerForm.parse(given));
		},
		'papers.involvement.answer',
	),
	zuruecknehmen: work(
		'zuruecknehmen',
		'gespeichert',
		({ locals }, form) => takeBackAnswer(locals.ctx, text(form, 'request')),
		'papers.involvement.answer',
	),
	auslassen: work('auslassen', 'gespeichert', ({ locals, params }, form) =>
		omit(locals.ctx, params.id, text(form, 'involvement'), OmissionForm.parse(Object.fromEntries(form))),
	),
	auslassungzurueck: work('auslassungzurueck', 'gespeichert', ({ locals, params }, form) =>
		takeBackOmission(locals.ctx, params.id, text(form, 'involvement')),
	),
	uebernahme: work('uebernahme', 'gespeichert', ({ locals, params }, form) =>
		takeUp(locals.ctx, params.id, text(form, 'request'), TakeUpForm.parse(Object.fromEntries(form))),
	),
	freigeben: work(
		'freigeben',
		'freigegeben',
		({ locals, params }) => approveMatter(locals.ctx, params.id),
		'papers.involvement.approve',
	),
	eil: work(
		'eil',
		'gespeichert',
		({ locals, params }, form) => decideUrgently(locals.ctx, params.id, UrgentForm.parse(Object.fromEntries(form))),
		'papers.involvement.approve',
	),
	eilbericht: work('eilbericht', 'gespeichert', ({ locals, params }, form) =>
		reportUrgent(locals.ctx, params.id, ReportedForm.parse(Object.fromEntries(form)).reportedOn),
	),
	zurueckziehen: work('zurueckziehen', 'gespeichert', ({ locals, params }, form) =>
		withdrawMatter(locals.ctx, params.id, !form.has('wieder')),
	),
};
