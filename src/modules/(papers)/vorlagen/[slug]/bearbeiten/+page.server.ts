import { redirect } from '@sveltejs/kit';
import { demand, may } from '#kernel/access/actor.ts';
import { ask, together } from '#kernel/db/questions.ts';
import { safePath } from '#kernel/identity/visit.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { choicesAsked } from '../../../paper/choices.server.ts';
import { changePaper, discardDraft, filePaper } from '../../../paper/commands.server.ts';
import { editable } from '../../../paper/edit.server.ts';
import {
	collided,
	isRefused,
	MOST_ORIGINATORS,
	orRefused,
	readPaperForm,
	refused,
	typedOf,
} from '../../../paper/form.server.ts';
import { askedAnew } from '../../../involvement/asked-anew.server.ts';
import { attachFile, changeFile } from '../../../paper/files.server.ts';
import { decideRelation, relate, RELATION_KINDS, type RelationKind } from '../../../paper/relations.server.ts';
import { paperSection } from '../../../paper/section.server.ts';
import { askToWrite, coWriting, comment, letGo, seen, settleComment } from '../../../paper/cowriting.server.ts';
import { withNewTopics } from '../../../paper/topics.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** What the page says after an act. */
const TOLD = ['gespeichert', 'zusammen', 'angehaengt', 'nummern'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	demand(ctx.actor, 'papers.write');
	const paper = await editable(ctx, params.slug);
	const section = paperSection(ctx, { ...paper, createdBy: ctx.actor.personId });
	const asked = await ask(ctx, together({ choices: choicesAsked(ctx), section }));
	const writers = paper.state === 'draft' ? await coWriting(ctx, paper.id) : null;
	const told = TOLD.find((word) => url.searchParams.has(word)) ?? null;
	const saved = told === 'gespeichert' || told === 'zusammen';
	const anew = saved ? await askedAnew(ctx, paper.id) : null;
	return {
		paper,
		anew,
		...asked,
		together: writers,
		told,
		mostRows: MOST_ORIGINATORS,
		office: may(ctx.actor, 'papers.edit'),
	};
};

export const actions: Actions = {
	speichern: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'papers.write');
		const form = await request.formData();
		const typed = typedOf(form);
		const read = await readPaperForm(ctx, form);
		if ('faults' in read) return refused('paper', read.faults, form);
		const revision = /^\d{1,9}$/.test(typed.revision ?? '') ? Number(typed.revision) : undefined;
		const answer = await orRefused('paper', form, async () =>
			changePaper(
				ctx,
				params.slug,
				await withNewTopics(ctx, read.given, typed.newTopics),
				typed.reason ?? '',
				revision,
			),
		);
		if (isRefused(answer)) return answer;
		const { state } = answer.done;
		if (state === 'collides') return collided(answer.done, typed.base ?? '');
		const told = state === 'merged' ? 'zusammen' : 'gespeichert';
		redirect(303, inLocale(`/vorlagen/${params.slug}/bearbeiten?${told}`, ctx.locale));
	},
	einreichen: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'papers.write');
		const seen = Number((await request.formData()).get('einreichen') ?? 0);
		const answer = await orRefused('einreichen', undefined, () => filePaper(ctx, params.slug, seen));
		if (isRefused(answer)) return answer;
		redirect(303, inLocale(`/vorlagen/${answer.done}?eingereicht`, ctx.locale));
	},
	verwerfen: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'papers.write');
		const seen = Number((await request.formData()).get('verwerfen') ?? 0);
		const answer = await orRefused('verwerfen', undefined, () => discardDraft(ctx, params.slug, seen));
		if (isRefused(answer)) return answer;
		redirect(303, inLocale('/vorlagen', ctx.locale));
	},
	anlage: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'papers.write');
		const form = await request.formData();
		const typed = typedOf(form);
		const file = form.get('datei');
		const answer = await orRefused('anlage', form, async () =>
			attachFile(ctx, params.slug, {
				name: file instanceof File ? file.name : '',
				bytes: file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(),
				title: (typed.dateiTitel ?? '').slice(0, 200),
				public: typed.dateiZu !== 'on',
				closedReason: (typed.dateiGrund ?? '').slice(0, 300),
			}),
		);
		if (isRefused(answer)) return answer;
		const told = answer.done.length ? 'nummern#beziehungen' : 'angehaengt#dateien';
		redirect(303, inLocale(`/vorlagen/${params.slug}/bearbeiten?${told}`, ctx.locale));
	},
	anlageAendern: (event) =>
		act(event, 'dateien', async (typed) => {
			const { id = '', act: change, reason = '' } = typed;
			const what = change === 'remove' ? 'remove' : { public: change === 'release', closedReason: reason };
			await changeFile(event.locals.ctx, event.params.slug, id, what);
		}),
	beziehung: (event) =>
		act(event, 'beziehungen', async ({ id = '', kind = '', none }) => {
			await decideRelation(event.locals.ctx, event.params.slug, id, none ? 'none' : kindOf(kind));
		}),
	schreibende: (event) =>
		act(event, 'schreibende', async ({ personId = '', gone }) => {
			const { ctx } = event.locals;
			if (gone) await letGo(ctx, event.params.slug, personId);
			else await askToWrite(ctx, event.params.slug, personId, event.url.origin);
		}),
	bemerken: (event) =>
		act(event, 'bemerkungen', async ({ part = '', text = '' }) => {
			const where = part === 'operative' || part === 'reasons' ? part : 'all';
			await comment(event.locals.ctx, event.params.slug, { part: where, text: text.slice(0, 4000) }, event.url.origin);
		}),
	erledigt: (event) =>
		act(event, 'bemerkungen', async ({ id = '', settled }) => {
			await settleComment(event.locals.ctx, event.params.slug, id, settled === 'yes');
		}),
	gesehen: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'papers.write');
		const back = typedOf(await request.formData()).zurueck;
		await seen(ctx, params.slug);
		redirect(303, safePath(back ?? '', inLocale(`/vorlagen/${params.slug}/bearbeiten`, ctx.locale)));
	},
	verweis: (event) =>
		act(event, 'verweis', async ({ nummer = '', kind = '' }) => {
			await relate(event.locals.ctx, event.params.slug, nummer, kindOf(kind));
		}),
};

/** One form of the page: act, then back to its part. */
async function act(event: RequestEvent, of: string, run: (typed: Record<string, string>) => Promise<void>) {
	const { ctx } = event.locals;
	demand(ctx.actor, 'papers.write');
	const form = await event.request.formData();
	const answer = await orRefused(of, form, () => run(typedOf(form)));
	if (isRefused(answer)) return answer;
	redirect(
		303,
		inLocale(`/vorlagen/${event.params.slug}/bearbeiten#${of === 'verweis' ? 'beziehungen' : of}`, ctx.locale),
	);
}

function kindOf(typed: string): RelationKind {
	return RELATION_KINDS.find((kind) => kind === typed) ?? 'related';
}
