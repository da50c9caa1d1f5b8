import { sql } from 'kysely';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { renderPdf, type TemplateData } from '#kernel/documents/render.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { isId } from '#kernel/ids.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { write } from '#kernel/write.ts';
import { keepAttachment, readAttachment } from '#server/council';
import type { Choice } from '#ui/types.ts';
import type { HalfYear } from './rules/half-year.ts';
import { OMISSION_CODES, type Figures, type Statistic, type StatisticRow } from './rules/statistic.ts';
import { halfYearView, type HalfYearView } from './statistic.server.ts';
import { halfYearWord, inWords, omissionWord } from './ui/words.ts';

/** Items of coming sessions under which the report may be laid. One query. */
export async function reportPlaces(ctx: Ctx): Promise<Choice[]> {
	const { rows } = await sql<{
		id: string;
		title: string;
		number: string;
		date: string;
		body: string;
	}>`select i.id, i.title,
		i.number, m.date::text as date, o.name as body from council.agenda_item i
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
		where i.body_id = ${ctx.body.id} and not i.removed and not m.cancelled and m.state in ('planned', 'invited')
		and m.date >= ${ctx.today}::date order by m.date, i.position limit 100`.execute(ctx.db);
	return rows.map(({ id, title, number, date, body }) => ({
		value: id,
		label: `${formatDay(date, 'short', ctx.locale)}, ${body}: ${number} ${title}`,
		lang: 'de',
	}));
}

/**
 * Makes the commissioner's report of the live figures and lays it under an agenda item, in one act (MIT-06).
 * @returns slug of the session
 * @throws RuleViolation `choice` for an item of no coming session; Forbidden
 */
export async function attachReport(
	ctx: Ctx,
	half: HalfYear,
	given: { itemId: string; public: boolean },
): Promise<string> {
	demand(ctx.actor, 'papers.involvement.report');
	const place = (await reportPlaces(ctx)).find(({ value }) => value === given.itemId);
	if (!isId(given.itemId) || !place) throw new RuleViolation('choice', {}, 'itemId');
	const kept = await readAttachment({
		name: `kurzbericht-${half.key}.pdf`,
		bytes: await reportPdf(ctx, half),
		title: inLanguage('de', () => m.papers_involvement_report_title({ half: halfYearWord(half) })),
		public: given.public,
	});
	return write(ctx, async (tx) => {
		const { rows } = await sql<{ id: string; slug: string }>`select m.id, m.slug from council.meeting m
			join council.agenda_item i on i.body_id = m.body_id and i.meeting_id = m.id
			where m.body_id = ${tx.body.id} and i.id = ${given.itemId} for update of m`.execute(tx.db);
		await keepAttachment(tx, rows[0]!, given.itemId, kept);
		return rows[0]!.slug;
	});
}

/** The commissioner's one-page report as PDF/UA-1, always in German: it becomes part of the session's papers. */
export async function reportPdf(ctx: Ctx, half: HalfYear): Promise<Uint8Array> {
	const view = await halfYearView(ctx, half);
	return inLanguage('de', () => {
		const title = m.papers_involvement_report_title({ half: halfYearWord(half) });
		return renderPdf('report', reportData(ctx, { half, view, title }), {
			locale: 'de-DE',
			title,
			author: ctx.body.name,
			standard: 'ua-1',
			date: ctx.today,
		});
	});
}

function reportData(
	ctx: Ctx,
	{ half, view, title }: { half: HalfYear; view: HalfYearView; title: string },
): TemplateData<'report'> {
	const { coSign, notRelevant } = view;
	return {
		letterhead: { town: ctx.body.name },
		pageLabel: m.papers_involvement_report_page({ page: '{page}', pages: '{pages}' }),
		heading: title,
		subtitle: m.papers_involvement_report_on({ day: formatDay(ctx.today.toString(), 'long', 'de') }),
		facts: [
			{ term: m.papers_involvement_stat_period(), detail: halfYearWord(half) },
			{ term: m.papers_involvement_stat_required(), detail: String(coSign.required) },
			...(coSign.total ? factsOf(coSign.total, coSign) : [{ term: '', detail: m.papers_involvement_stat_hidden() }]),
			{ term: m.papers_involvement_stat_not_relevant(), detail: String(notRelevant.count) },
			{ term: m.papers_involvement_stat_consult(), detail: String(view.consult.required) },
		],
		sections: coSign.byDepartment.length
			? [
					{
						heading: m.papers_involvement_stat_by_department(),
						table: {
							columns: [
								{ label: m.papers_involvement_department(), share: 3 },
								{ label: m.papers_involvement_stat_required(), figures: true },
								{ label: m.papers_involvement_stat_requested(), figures: true },
								{ label: m.papers_involvement_stat_early(), figures: true },
								{ label: m.papers_involvement_stat_answered(), figures: true },
							],
							rows: coSign.byDepartment.map(cellsOf),
						},
					},
				]
			: [],
		footnote: m.papers_involvement_stat_small(),
	};
}

function factsOf(total: Figures, { rates }: Statistic): { term: string; detail: string }[] {
	const left = OMISSION_CODES.filter((code) => total.omitted[code]).map(
		(code) => `${total.omitted[code]} ${omissionWord(code)}`,
	);
	return [
		{ term: m.papers_involvement_stat_requested(), detail: inWords(rates!.requested) },
		{ term: m.papers_involvement_stat_early(), detail: inWords(rates!.early) },
		{ term: m.papers_involvement_stat_answered(), detail: inWords(rates!.answered) },
		{
			term: m.papers_involvement_stat_answers(),
			detail: m.papers_involvement_stat_answers_list({
				agreed: String(total.agreed),
				remarks: String(total.remarks),
				refused: String(total.refused),
				none: String(total.noAnswer),
			}),
		},
		{ term: m.papers_involvement_stat_taken_up(), detail: inWords(rates!.takenUp) },
		{ term: m.papers_involvement_omitted(), detail: left.join(', ') || '0' },
		{ term: m.papers_involvement_stat_supplied(), detail: String(total.suppliedLater) },
	];
}

function cellsOf({ key, required, rates }: StatisticRow): string[] {
	const hidden = m.papers_involvement_stat_hidden_cell();
	return [
		key,
		String(required),
		...(rates ? [inWords(rates.requested), inWords(rates.early), inWords(rates.answered)] : [hidden, hidden, hidden]),
	];
}
