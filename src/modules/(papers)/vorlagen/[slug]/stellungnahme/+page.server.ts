import * as m from '#messages';
import { demand, may } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { SOURCE_LOCALE } from '#kernel/i18n/locales.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { isId } from '#kernel/ids.ts';
import { coSignGate } from '../../../involvement/gate.server.ts';
import { act } from '../../../statement/act.server.ts';
import { approve, giveBack, publishStatement } from '../../../statement/approval.server.ts';
import { proposeCounter } from '../../../statement/counter.server.ts';
import { departmentChoices } from '../../../statement/choices.server.ts';
import { answerCoSign, askCoSigners, takeBackCoSign } from '../../../statement/co-sign.server.ts';
import { handToMayor, saveDraft } from '../../../statement/draft.server.ts';
import { paperHead, statementViews } from '../../../statement/queries.server.ts';
import {
	assignDepartment,
	joinPaper,
	partPaper,
	requestStatement,
	resumeStatement,
	setDue,
	stopStatement,
} from '../../../statement/request.server.ts';
import { CoSignAnswer, DraftForm, type StatementDraft } from '../../../statement/schema.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One page for all: strangers see how far it is, whoever has something to do finds it here. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const paper = await paperHead(ctx, params.slug);
	const statements = await statementViews(ctx, paper.id);
	const office = may(ctx.actor, 'papers.edit');
	const draft = statements.find(
		({ work }) => work?.paperId && ['drafting', 'coSigning', 'approval'].includes(work.state),
	);
	const gate = draft && (draft.work!.lead || draft.work!.mayor) ? await coSignGate(ctx, draft.work!.paperId!) : null;
	const working = office || statements.some(({ work }) => work?.lead);
	return {
		paper,
		statements: new ServerOnly(statements),
		office,
		/** What commissioners still have to be asked before the mayor approves (MIT-03). */
		gate: gate && !gate.open ? { href: gate.href, who: gate.missing.map(({ who }) => who) } : null,
		mayRequest: office && paper.filed && !statements.some(({ stage }) => stage === 'requested' || stage === 'inWork'),
		departments: working ? await departmentChoices(ctx) : [],
		visitor: ctx.actor.kind === 'visitor',
		said: SAID.find((word) => url.searchParams.has(word)) ?? null,
		today: ctx.today.toString(),
	};
};

const SAID = [
	'gespeichert',
	'mitzeichnung',
	'vorgelegt',
	'gezeichnet',
	'freigegeben',
	'zurueckgegeben',
	'veroeffentlicht',
	'geaendert',
] as const;

/** An act on one statement: its id comes with the form, the way back is this page. */
function on(
	permission: string,
	said: (typeof SAID)[number],
	work: (
		ctx: RequestEvent['locals']['ctx'],
		id: string,
		text: (name: string) => string,
		form: FormData,
	) => Promise<(typeof SAID)[number] | void>,
) {
	return (event: RequestEvent) => {
		const { ctx } = event.locals;
		demand(ctx.actor, permission);
		return act(event, said, async (form, text) => {
			const id = text('id');
			if (!isId(id)) throw new RuleViolation('papers.statementStep');
			const other = await work(ctx, id, text, form);
			return `/vorlagen/${event.params.slug}/stellungnahme?${other ?? said}`;
		});
	};
}

function draftIn(form: FormData, text: (name: string) => string): StatementDraft {
	return DraftForm.parse({
		title: text('title'),
		recommendation: text('recommendation'),
		summary: text('summary'),
		text: text('text'),
		counterProposal: text('counterProposal'),
		closed: form.has('closed'),
		revision: text('revision') || undefined,
	});
}

export const actions: Actions = {
	speichern: on('papers.statement', 'gespeichert', async (ctx, id, text, form) => {
		const draft = draftIn(form, text);
		switch (text('dann')) {
			case 'mitzeichnung': {
				const departments = form.getAll('departments').map(String).filter(isId);
				await askCoSigners(ctx, id, departments, text('order') === 'series', draft);
				return 'mitzeichnung';
			}
			case 'vorlegen':
				await handToMayor(ctx, id, '', draft);
				return 'vorgelegt';
			default:
				await saveDraft(ctx, id, draft);
		}
	}),
	vorlegen: on('papers.statement', 'vorgelegt', async (ctx, id, text) => handToMayor(ctx, id, text('silentReason'))),
	mitzeichnen: on('papers.statement', 'gezeichnet', async (ctx, id, text) =>
		answerCoSign(ctx, CoSignAnswer.parse({ id, answer: text('answer'), remarks: text('remarks') })),
	),
	'mitzeichnung-zurueck': on('papers.statement', 'geaendert', async (ctx, id) => takeBackCoSign(ctx, id)),
	freigeben: on('papers.statement', 'freigegeben', async (ctx, id, text) =>
		approve(ctx, id, text('approvalNote') ? { approvedOn: text('approvedOn'), note: text('approvalNote') } : undefined),
	),
	zurueckgeben: on('papers.statement', 'zurueckgegeben', async (ctx, id, text) =>
		giveBack(ctx, id, text('backReason')),
	),
	veroeffentlichen: on('papers.edit', 'veroeffentlicht', async (ctx, id) => {
		await publishStatement(ctx, id);
	}),
	gegenvorschlag: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.edit');
		return act(event, 'gegenvorschlag', async (_, text) => {
			if (!isId(text('id'))) throw new RuleViolation('papers.statementStep');
			// official wording: German whatever the page's language
			const title = (reference: string) =>
				inLanguage(SOURCE_LOCALE, () => m.papers_statement_amendment_title({ reference }));
			return `/vorlagen/${await proposeCounter(ctx, text('id'), title)}?eingereicht`;
		});
	},
	zuweisen: on('papers.edit', 'geaendert', async (ctx, id, text) => assignDepartment(ctx, id, text('departmentId'))),
	frist: on('papers.edit', 'geaendert', async (ctx, id, text) => setDue(ctx, id, text('dueOn'), text('dueReason'))),
	einstellen: on('papers.edit', 'geaendert', async (ctx, id, text) => stopStatement(ctx, id, text('stopReason'))),
	fortsetzen: on('papers.edit', 'geaendert', async (ctx, id) => resumeStatement(ctx, id)),
	verbinden: on('papers.statement', 'geaendert', async (ctx, id, text) => joinPaper(ctx, id, text('reference'))),
	trennen: on('papers.statement', 'geaendert', async (ctx, id, text) => partPaper(ctx, id, text('paperId'))),
	anfordern: on('papers.edit', 'geaendert', async (ctx, id, text) => requestStatement(ctx, id, text('departmentId'))),
};
