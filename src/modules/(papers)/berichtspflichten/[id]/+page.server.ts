import { demand, may } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { act } from '../../duties/act.server.ts';
import {
	changeDuty,
	changeRhythm,
	endDuty,
	letOff,
	pauseDuty,
	resumeDuty,
	undoRhythm,
} from '../../duties/commands.server.ts';
import { beginReport, linkReport, takeReportBack } from '../../duties/fulfil.server.ts';
import { dutyView, formChoices } from '../../duties/queries.server.ts';
import { DutyChange, Reason, ReportForm, RhythmChange } from '../../duties/schema.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const SAID = ['aufgenommen', 'verknuepft', 'geloest', 'geaendert', 'ruht', 'beendet', 'wieder', 'erlassen'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const duty = await dutyView(ctx, params.id);
	return {
		duty: new ServerOnly(duty),
		choices: new ServerOnly(duty.mayChange ? await formChoices(ctx) : null),
		mayReport: duty.mayChange || duty.mine,
		// A visitor may be the one who owes the report and is not signed in.
		stranger: ctx.actor.kind === 'visitor',
		said: SAID.find((word) => url.searchParams.has(word)) ?? null,
		mayBegin: may(ctx.actor, 'papers.write'),
	};
};

const page = (id: string, said: string) => `/berichtspflichten/${id}?${said}`;
const manage = (event: RequestEvent, of: string, work: (typed: Record<string, string>) => Promise<string>) => {
	demand(event.locals.ctx.actor, 'papers.duties');
	return act(event, of, async (typed) => page(event.params.id, await work(typed)));
};
const report = (event: RequestEvent, of: string, work: (typed: Record<string, string>) => Promise<string>) => {
	demand(event.locals.ctx.actor, 'papers.report');
	return act(event, of, work);
};

export const actions: Actions = {
	verknuepfen: (event) =>
		report(event, 'verknuepfen', async (typed) =>
			page(await linkReport(event.locals.ctx, ReportForm.parse(typed)), 'verknuepft'),
		),
	loesen: (event) =>
		report(event, 'loesen', async ({ id = '' }) => page(await takeReportBack(event.locals.ctx, id), 'geloest')),
	beginnen: (event) =>
		report(
			event,
			'beginnen',
			async ({ dueId = '' }) => `/vorlagen/${await beginReport(event.locals.ctx, dueId)}/bearbeiten`,
		),
	aendern: (event) =>
		manage(event, 'aendern', async (typed) => {
			const given = DutyChange.parse({ ...typed, closed: 'closed' in typed });
			await changeDuty(event.locals.ctx, event.params.id, given);
			return 'geaendert';
		}),
	rhythmus: (event) =>
		manage(event, 'rhythmus', async (typed) => {
			await changeRhythm(event.locals.ctx, event.params.id, RhythmChange.parse(typed));
			return 'geaendert';
		}),
	rhythmuszurueck: (event) =>
		manage(event, 'rhythmuszurueck', async (typed) => {
			await undoRhythm(event.locals.ctx, event.params.id, RhythmChange.pick({ from: true }).parse(typed).from);
			return 'geaendert';
		}),
	ruhen: (event) =>
		manage(event, 'ruhen', async (typed) => {
			await pauseDuty(event.locals.ctx, event.params.id, Reason.parse(typed).reason);
			return 'ruht';
		}),
	beenden: (event) =>
		manage(event, 'beenden', async (typed) => {
			await endDuty(event.locals.ctx, event.params.id, Reason.parse(typed).reason);
			return 'beendet';
		}),
	fortsetzen: (event) =>
		manage(event, 'fortsetzen', async () => {
			await resumeDuty(event.locals.ctx, event.params.id);
			return 'wieder';
		}),
	erlassen: (event) =>
		manage(event, 'erlassen', async (typed) => {
			await letOff(event.locals.ctx, typed.dueId ?? '', typed.undo ? null : Reason.parse(typed).reason);
			return typed.undo ? 'wieder' : 'erlassen';
		}),
};
