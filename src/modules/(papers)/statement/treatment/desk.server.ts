import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, type Question } from '#kernel/db/questions.ts';
import type { DeskItem } from '#kernel/module.ts';
import { treatedRows, type TreatedRow } from './queries.server.ts';

const SITS = ['member', 'chair', 'deputy', 'office'];

/** "Wer hat uns geantwortet": what bodies of this actor sent and nobody answered in time. */
export function treatmentDesk(ctx: Ctx): Question<DeskItem[]> {
	const own = ctx.actor.grants
		.filter(({ role, organisationId }) => SITS.includes(role) && organisationId !== null)
		.map(({ organisationId }) => organisationId!);
	if (!own.length) return known([]);
	return answeredAs(treatedRows(ctx, { of: [...new Set(own)], limit: 20 }), (rows) =>
		rows.filter(({ overdue }) => overdue).map(itemOf),
	);
}

function itemOf(row: TreatedRow): DeskItem {
	const href = `/vorlagen/${row.slug}/behandlung`;
	return {
		id: `treatment-${row.id}`,
		group: 'task',
		title: m.papers_treatment_desk({ reference: row.reference, title: row.title }),
		text: m.papers_treatment_desk_text({ body: row.body }),
		href,
		due: row.dueOn,
		action: { label: m.papers_treatment_desk_see(), href },
	};
}
