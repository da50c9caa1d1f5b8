import * as m from '#messages';
import { demand, VISITOR } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { renderPdf } from '#kernel/documents/render.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { languageTag } from '#kernel/i18n/locales.ts';
import { spanOf } from '../rules/control.ts';
import { dueWords, quarterWords, stateWord } from '../ui/control-words.ts';
import { askedFor } from './list.server.ts';
import { controlRows } from './queries.server.ts';
import type { ControlRow } from './view.ts';

export const CONTROL_COLUMNS = [
	'decidedOn',
	'decidedBy',
	'reference',
	'title',
	'state',
	'note',
	'due',
	'delayReason',
	'department',
	'notedOn',
	'url',
] as const;

/** The public part of a quarter's list, whoever asks: an export is passed on (rulebook R3-25). At most 5,000 rows. */
export async function publicControl(ctx: Ctx, url: URL) {
	return controlRows({ ...ctx, actor: VISITOR }, { ...askedFor(ctx, url), part: 'open', limit: 5000 });
}

/** Rows for other programs; columns of people at work are not among them. */
export async function controlExport(ctx: Ctx, url: URL): Promise<Record<(typeof CONTROL_COLUMNS)[number], unknown>[]> {
	const rows = await publicControl(ctx, url);
	return rows.map((row) => ({
		decidedOn: row.decidedOn,
		decidedBy: row.decidedBy,
		reference: row.reference,
		title: row.title,
		state: row.state,
		note: row.note,
		due: row.due,
		delayReason: row.delayReason,
		department: row.department,
		notedOn: row.notedOn,
		url: `${url.origin}/beschlusskontrolle/${row.id}`,
	}));
}

/** The same as PDF/UA, to be laid on the table of a session. */
export async function controlPdf(ctx: Ctx, url: URL): Promise<Uint8Array> {
	return pdfOf(ctx, url, { rows: await publicControl(ctx, url), title: m.papers_control_title() });
}

/** The closed part as this reader may read it, a paper of its own (rulebook R3-25). At most 5,000 rows. */
export async function closedControlPdf(ctx: Ctx, url: URL): Promise<Uint8Array> {
	demand(ctx.actor, 'papers.controlClosed');
	const rows = await controlRows(ctx, { ...askedFor(ctx, url), part: 'closed', limit: 5000 });
	return pdfOf(ctx, url, { rows, title: m.papers_duties_closed_list() });
}

async function pdfOf(
	ctx: Ctx,
	url: URL,
	{ rows, title: name }: { rows: ControlRow[]; title: string },
): Promise<Uint8Array> {
	const { quarter } = askedFor(ctx, url);
	const { last } = spanOf(quarter);
	const day = Temporal.PlainDate.compare(last, ctx.today) < 0 ? last : ctx.today;
	const title = `${name}: ${quarterWords(quarter)}`;
	const columns = [
		{ label: m.papers_control_resolution(), share: 4 },
		{ label: m.papers_control_body(), share: 2 },
		{ label: m.papers_control_state(), share: 4 },
		{ label: m.papers_department(), share: 2 },
	];
	const body = rows.map((row) => [
		[row.title, row.reference, formatDay(row.decidedOn, 'short', ctx.locale)].filter(Boolean).join(', '),
		row.decidedBy,
		[
			stateWord(row.state),
			row.note,
			...dueWords(row, ctx.locale),
			row.notedOn && m.papers_control_noted({ day: formatDay(row.notedOn, 'short', ctx.locale) }),
		]
			.filter(Boolean)
			.join('. '),
		row.department,
	]);
	return renderPdf(
		'report',
		{
			letterhead: { town: ctx.body.name },
			pageLabel: m.papers_control_page({ page: '{page}', pages: '{pages}' }),
			landscape: true,
			heading: title,
			subtitle: m.papers_control_stands({ day: formatDay(day.toString(), 'long', ctx.locale) }),
			sections: [body.length ? { table: { columns, rows: body } } : { heading: m.papers_control_none() }],
		},
		{ locale: languageTag(ctx.locale), title, author: ctx.body.name, standard: 'ua-1', date: day },
	);
}
