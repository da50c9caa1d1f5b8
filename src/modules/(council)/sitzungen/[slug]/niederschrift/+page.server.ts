import { fail, redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { Conflict, RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { diffToHtml } from '#kernel/text/diff-html.ts';
import { wordLinks } from '#kernel/word-links.ts';
import { textsOf } from '../../../minutes/rules/texts.ts';
import { toWriting } from '#kernel/text/writing.ts';
import { compareVersions } from '../../../minutes/compare.server.ts';
import { correctMinutes } from '../../../minutes/corrections.server.ts';
import { TextConflict, writeItemText } from '../../../minutes/item-text.server.ts';
import { approve, decideObjection, objectTo, withdrawObjection } from '../../../minutes/objections.server.ts';
import { paperScan } from '../../../minutes/paper.server.ts';
import { minutesView } from '../../../minutes/queries.server.ts';
import * as forms from '../../../minutes/schema.ts';
import { backToDraft, publish, sendToReview, sign, withdraw } from '../../../minutes/workflow.server.ts';
import { attachToMinutes, detachFromMinutes } from '../../../minutes/attachments.server.ts';
import { dropMinutesTask, saveMinutesTask } from '../../../minutes/tasks.server.ts';
import {
	addStatement,
	comment,
	removeStatement,
	saySentence,
	settleAttendance,
	settleComment,
} from '../../../minutes/writing.server.ts';
import type { Actions, PageServerLoad, RequestEvent as Event } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const minutes = await minutesView(ctx, params.slug);
	const [from, to] = (url.searchParams.get('vergleich') ?? '').split('-').map(Number);
	return {
		minutes: new ServerOnly(minutes),
		links: new ServerOnly(minutes.content ? await wordLinks(ctx, textsOf(minutes.content)) : {}),
		compared: from && to ? await compareVersions(ctx, params.slug, from, to, diffToHtml) : null,
		said: url.searchParams.get('getan'),
	};
};

/** Reads a form, runs a command, leads back to the place on the page that it was about; faults keep what was typed. */
async function act<Schema extends z.ZodType>(
	event: Event,
	permission: string,
	schema: Schema,
	work: (ctx: Ctx, slug: string, form: z.infer<Schema>) => Promise<{ said: string; at?: string }>,
) {
	const { ctx } = event.locals;
	demand(ctx.actor, permission);
	const data = await event.request.formData();
	const typed = Object.fromEntries([...data].filter(([, value]) => typeof value === 'string')) as Record<
		string,
		string
	>;
	const failed = (status: number, code: string, more: object = {}) =>
		fail(status, {
			failed: [...event.url.searchParams.keys()][0]?.slice(1) ?? '',
			code,
			params: {},
			field: '',
			typed,
			...more,
		});
	const parsed = schema.safeParse(typed);
	if (!parsed.success)
		return failed(422, 'council.minutes.form', { field: String(parsed.error.issues[0]?.path[0] ?? '') });
	let done: { said: string; at?: string };
	try {
		done = await work(ctx, event.params.slug, parsed.data);
	} catch (error) {
		if (error instanceof RuleViolation)
			return failed(422, error.code, { params: error.params, field: error.field ?? '' });
		if (error instanceof TextConflict)
			return failed(409, 'council.minutes.textConflict', {
				current: { writing: toWriting(error.current.text), hash: error.current.hash },
			});
		if (error instanceof Conflict) return failed(409, 'council.minutes.changedMeanwhile');
		throw error;
	}
	const path = inLocale(`/sitzungen/${event.params.slug}/niederschrift`, ctx.locale);
	redirect(303, `${path}?getan=${done.said}${done.at ? `#${done.at}` : ''}`);
}

const top = (itemId: string | null) => (itemId ? { at: `punkt-${itemId}` } : {});

export const actions: Actions = {
	text: (event) =>
		act(event, 'council.edit', forms.TextForm, async (ctx, _slug, { item, text, base }) => {
			await writeItemText(ctx, item, text, base);
			return { said: 'gesichert', ...top(item) };
		}),
	satz: (event) =>
		act(event, 'council.edit', forms.SentenceForm, async (ctx, slug, { key, text, standard }) => {
			await saySentence(ctx, slug, { key, text: standard === undefined ? text : null });
			return { said: 'gesichert', at: 'text' };
		}),
	wortlaut: (event) =>
		act(event, 'council.edit', forms.StatementForm, async (ctx, slug, { item, name, text }) => {
			await addStatement(ctx, slug, { itemId: item, name, text });
			return { said: 'gesichert', ...top(item) };
		}),
	wortlautweg: (event) =>
		act(event, 'council.edit', forms.RemoveStatementForm, async (ctx, slug, { item, position }) => {
			await removeStatement(ctx, slug, { itemId: item, position });
			return { said: 'gesichert', ...top(item) };
		}),
	anlage: (event) => attachment(event),
	anlageweg: (event) =>
		act(event, 'council.edit', forms.DetachForm, async (ctx, slug, { item, file }) => {
			await detachFromMinutes(ctx, slug, { itemId: item, fileId: file });
			return { said: 'gesichert', ...top(item) };
		}),
	aufgabe: (event) =>
		act(event, 'council.edit', forms.TaskForm, async (ctx, slug, { item, ...task }) => {
			await saveMinutesTask(ctx, slug, { itemId: item, ...task });
			return { said: 'gesichert', ...top(item) };
		}),
	aufgabeweg: (event) =>
		act(event, 'council.edit', forms.DropTaskForm, async (ctx, slug, { item, id }) => {
			await dropMinutesTask(ctx, slug, { itemId: item, id });
			return { said: 'gesichert', ...top(item) };
		}),
	anwesenheit: (event) => attendance(event),
	pruefung: (event) =>
		act(event, 'council.edit', forms.WithdrawForm, async (ctx, slug) => {
			await sendToReview(ctx, slug);
			return { said: 'pruefung' };
		}),
	entwurf: (event) =>
		act(event, 'council.edit', forms.WithdrawForm, async (ctx, slug) => {
			await backToDraft(ctx, slug);
			return { said: 'entwurf' };
		}),
	unterschrift: (event) =>
		act(event, 'council.members', forms.SignForm, async (ctx, slug, form) => {
			await sign(ctx, slug, form);
			return { said: 'unterzeichnet' };
		}),
	papier: (event) => paper(event),
	veroeffentlichen: (event) =>
		act(event, 'council.edit', forms.WithdrawForm, async (ctx, slug) => {
			await publish(ctx, slug);
			return { said: 'veroeffentlicht' };
		}),
	zurueckziehen: (event) =>
		act(event, 'council.edit', forms.WithdrawForm, async (ctx, slug, { reason }) => {
			await withdraw(ctx, slug, reason);
			return { said: 'zurueckgezogen' };
		}),
	kommentar: (event) =>
		act(event, 'council.minutes.review', forms.CommentForm, async (ctx, slug, { item, text }) => {
			await comment(ctx, slug, { itemId: item, text });
			return { said: 'gesichert', ...top(item) };
		}),
	erledigt: (event) =>
		act(event, 'council.minutes.review', forms.SettleCommentForm, async (ctx, slug, { id, open }) => {
			await settleComment(ctx, slug, { id, open: open !== undefined });
			return { said: 'gesichert', at: 'text' };
		}),
	einwendung: (event) =>
		act(event, 'council.minutes.object', forms.ObjectionForm, async (ctx, slug, { item, text, wanted }) => {
			const { late } = await objectTo(ctx, slug, { itemId: item, text, wanted });
			return { said: late ? 'zuspaet' : 'eingewendet', at: 'einwendungen' };
		}),
	einwendungweg: (event) =>
		act(event, 'council.minutes.object', forms.SettleCommentForm, async (ctx, _slug, { id }) => {
			await withdrawObjection(ctx, id);
			return { said: 'zurueckgenommen', at: 'einwendungen' };
		}),
	entscheidung: (event) =>
		act(event, 'council.edit', forms.DecisionForm, async (ctx, _slug, { id, item, ...decision }) => {
			const outcome = await decideObjection(ctx, id, { itemId: item, ...decision });
			return { said: outcome === 'accepted' ? 'berichtigt' : 'bleibt', ...top(item) };
		}),
	bestaetigen: (event) =>
		act(event, 'council.edit', forms.ApproveForm, async (ctx, _slug, { slug, part, item }) => {
			await approve(ctx, slug, { part, itemId: item });
			return { said: 'bestaetigt', ...top(item) };
		}),
	berichtigen: (event) =>
		act(event, 'council.edit', forms.CorrectForm, async (ctx, slug, { item, text, reason }) => {
			await correctMinutes(ctx, slug, { itemId: item, text, reason });
			return { said: 'berichtigt', ...top(item) };
		}),
};

/** One field a person, named after them. */
async function attendance({ locals: { ctx }, params, request }: Event) {
	demand(ctx.actor, 'council.edit');
	const form = await request.formData();
	const settled = [...form].flatMap(([name, value]) => {
		const status = forms.STATUS.find((one) => one === value);
		return name.startsWith('wer:') && status ? [{ id: name.slice(4), status }] : [];
	});
	try {
		await settleAttendance(ctx, params.slug, settled);
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		return fail(422, {
			failed: 'anwesenheit',
			code: error.code,
			params: error.params,
			field: '',
			typed: {} as Record<string, string>,
		});
	}
	redirect(303, `${inLocale(`/sitzungen/${params.slug}/niederschrift`, ctx.locale)}?getan=gesichert#anwesenheit`);
}

/** A file that belongs to an item of the minutes. */
async function attachment(event: Event) {
	demand(event.locals.ctx.actor, 'council.edit');
	const file = (await event.request.clone().formData()).get('datei');
	const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
	return act(event, 'council.edit', forms.AttachForm, async (ctx, slug, { item, titel, oeffentlich }) => {
		const name = file instanceof File ? file.name : '';
		const given = { name, bytes, title: titel.trim(), public: oeffentlich !== undefined };
		await attachToMinutes(ctx, slug, { itemId: item, ...given });
		return { said: 'gesichert', ...top(item) };
	});
}

/** The scan of a paper that somebody signed by hand. */
async function paper(event: Event) {
	demand(event.locals.ctx.actor, 'council.edit');
	const form = await event.request.clone().formData();
	const scan = form.get('scan');
	return act(event, 'council.edit', forms.PaperForm, async (ctx, slug, { role, name, on, function: post }) => {
		if (!name.trim()) throw new RuleViolation('council.minutes.nameMissing', {}, 'name');
		const fileId = await paperScan(ctx, slug, scan instanceof File ? scan : null);
		await sign(ctx, slug, { role, function: post, seen: '', paper: { name: name.trim(), on, fileId } });
		return { said: 'unterzeichnet' };
	});
}
