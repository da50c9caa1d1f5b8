import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { renderPdf } from '#kernel/documents/render.ts';
import { formatDay, formatTime } from '#kernel/i18n/format.ts';
import { allowanceList } from '../allowance.server.ts';

/** The list of confirmed presences as a sheet (rulebook R1-22). @throws NotFound, Forbidden */
export async function allowancePdf(ctx: Ctx, slug: string): Promise<Uint8Array> {
	const list = await allowanceList(ctx, slug);
	const date = formatDay(list.date, 'long', 'de');
	const time = (instant: string | null) => (instant ? formatTime(instant, 'de', ctx.body.timeZone) : '');
	const columns = [
		{ label: m.council_minutes_allowance_seat(), share: 1 },
		{ label: m.council_minutes_allowance_name(), share: 4 },
		{ label: m.council_minutes_allowance_for(), share: 3 },
		{ label: m.council_minutes_allowance_time(), share: 2 },
	];
	const rows = list.rows.map((row) => [
		row.seatNumber === null ? '' : String(row.seatNumber),
		[row.name, row.organisation].filter(Boolean).join(', '),
		row.substituteFor,
		[time(row.from), time(row.until)].filter(Boolean).join('–'),
	]);
	const title = m.council_minutes_allowance_title({ date });
	return renderPdf(
		'report',
		{
			letterhead: { town: ctx.body.name, body: list.body },
			pageLabel: m.council_pdf_page({ page: '{page}', pages: '{pages}' }),
			heading: title,
			subtitle: m.council_minutes_allowance_count({ count: rows.length }),
			footnote: m.council_pdf_internal(),
			sections: [{ table: { columns, rows } }],
		},
		{ locale: 'de', title, author: ctx.body.name, standard: 'ua-1', date: Temporal.PlainDate.from(list.date) },
	);
}
