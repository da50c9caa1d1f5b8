import { fail, redirect } from '@sveltejs/kit';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { Conflict, RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { PRESETS } from '#modules/council';
import { discardDocument, finishReview, restoreDocument, saveReview } from '../../commands/review.server.ts';
import { takeMinutes } from '../../commands/take.server.ts';
import { takePaper } from '../../commands/take-paper.server.ts';
import { documentView } from '../../queries/documents.server.ts';
import { paperKnowledge } from '../../queries/known-papers.server.ts';
import { knownThings } from '../../queries/known.server.ts';
import { passagesOf } from '../../review/document-view.ts';
import { findingsOf } from '../../review/findings.ts';
import { withoutLeftOut } from '../../review/form.ts';
import { paperPlanOf } from '../../rules/paper-plan.ts';
import { planOf } from '../../review/plan.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	demand(ctx.actor, 'import.review');
	const { text, reading, content, decisions, ...document } = await documentView(ctx, params.id);
	const isMinutes = content.kind === 'minutes';
	const isPaper = content.kind === 'paper' || content.kind === 'information';
	const known = isPaper ? await paperKnowledge(ctx, content, text) : null;
	return {
		document: { ...document, kind: content.kind },
		known: url.searchParams.has('bekannt'),
		passages: passagesOf(text, reading),
		findings: findingsOf(reading, content, decisions),
		general: reading.warnings
			.filter((warning) => warning.start === null)
			.map(({ code, params: values }) => ({ code, params: values })),
		plan: isMinutes ? planOf(withoutLeftOut(content, decisions), await knownThings(ctx)) : null,
		paper: known && {
			plan: paperPlanOf(content, decisions, known, ctx.today),
			types: known.types.map(({ id, name }) => ({ id, name })),
			organisations: known.organisations.map(({ id, name, type }) => ({ id, name, type })),
		},
		presets: PRESETS.map(({ key, name }) => ({ key, name })),
	};
};

/** Saves what the form says; answers with what could not be read or kept instead of losing it. */
async function save(ctx: Ctx, id: string, form: FormData) {
	const saved = await saveWith(ctx, id, form, false);
	return 'accepted' in saved ? null : saved;
}

async function saveWith(ctx: Ctx, id: string, form: FormData, acceptSure: boolean) {
	try {
		const { faults, accepted } = await saveReview(ctx, id, Number(form.get('version')), form, acceptSure);
		if (faults.length)
			return fail(422, { faults: faults.map((path) => ({ path, value: String(form.get(path) ?? '') })) });
		return { accepted };
	} catch (error) {
		if (error instanceof Conflict) return fail(409, { conflict: true });
		if (error instanceof RuleViolation) return fail(422, { rule: { code: error.code, params: error.params } });
		throw error;
	}
}

/** The form of a paper says what it is: the plan that was confirmed was one of a paper. */
const isPaperForm = (form: FormData) => form.get('als') === 'vorlage';

function minutesChoices(chosen: ReadonlyMap<string, string>) {
	const persons = Object.fromEntries(
		[...chosen].flatMap(([name, value]) => (name.startsWith('person:') ? [[name.slice(7), value]] : [])),
	);
	return { body: chosen.get('gremium') ?? 'new', preset: chosen.get('regeln') ?? 'free-beirat', persons };
}

export const actions: Actions = {
	sichern: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'import.review');
		return (await save(ctx, params.id, await request.formData())) ?? { saved: Temporal.Now.instant().toString() };
	},
	/** Accepts what is certain; the answer carries what it was, so that `zuruecknehmen` can take exactly that back. */
	sichere: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'import.review');
		return saveWith(ctx, params.id, await request.formData(), true);
	},
	zuruecknehmen: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'import.review');
		const form = await request.formData();
		for (const path of String(form.get('angenommen') ?? '').split(' ')) form.delete(`ok:${path}`);
		return (await save(ctx, params.id, form)) ?? { takenBack: true };
	},
	uebernehmen: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'import.review');
		const form = await request.formData();
		const failed = await save(ctx, params.id, form);
		if (failed) return failed;
		const chosen = new Map(
			[...form].flatMap(([name, value]) =>
				/^\/|^(?:ok|left):\/|^version$/.test(name) ? [] : [[name, String(value)] as const],
			),
		);
		try {
			const path = isPaperForm(form)
				? `/vorlagen/${(await takePaper(ctx, params.id, chosen)).slug}`
				: `/sitzungen/${(await takeMinutes(ctx, params.id, minutesChoices(chosen))).slug}`;
			redirect(303, inLocale(path, ctx.locale));
		} catch (error) {
			if (!(error instanceof RuleViolation)) throw error;
			return fail(422, {
				rule: { code: error.code, params: error.params },
				chosen: Object.fromEntries(chosen) as Record<string, string>,
			});
		}
	},
	ablegen: async ({ locals: { ctx }, params, request, url }) => {
		demand(ctx.actor, 'import.review');
		const failed = await save(ctx, params.id, await request.formData());
		if (failed) return failed;
		await finishReview(ctx, params.id);
		redirect(303, url.pathname);
	},
	weglegen: async ({ locals: { ctx }, params, url }) => {
		demand(ctx.actor, 'import.review');
		await discardDocument(ctx, params.id);
		redirect(303, url.pathname);
	},
	zurueckholen: async ({ locals: { ctx }, params, url }) => {
		demand(ctx.actor, 'import.review');
		await restoreDocument(ctx, params.id);
		redirect(303, url.pathname);
	},
};
