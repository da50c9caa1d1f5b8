import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, type Question } from '#kernel/db/questions.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import type { DeskItem } from '#kernel/module.ts';
import { owedRows } from './list.server.ts';
import type { OwedRow } from './view.ts';

/** What this actor owes: a statement, a co-signature, an approval; for the office what has no department or is approved. */
export function statementDesk(ctx: Ctx): Question<DeskItem[]> {
	if (ctx.actor.kind !== 'person' || !may(ctx.actor, 'papers.statement')) return known([]);
	return answeredAs(owedRows(ctx, { only: 'mine', limit: 30 }), (rows) =>
		rows.flatMap((row) => (row.mine ? [itemOf(ctx, row, row.mine)] : [])),
	);
}

function itemOf(ctx: Ctx, row: OwedRow, mine: NonNullable<OwedRow['mine']>): DeskItem {
	const href = `/vorlagen/${row.slug}/stellungnahme#tun`;
	const label = {
		write: m.papers_statement_desk_write,
		coSign: m.papers_statement_desk_cosign,
		approve: m.papers_statement_desk_approve,
		assign: m.papers_statement_desk_assign,
		publish: m.papers_statement_desk_publish,
	}[mine]();
	const is = {
		write: m.papers_statement_desk_is_write,
		coSign: m.papers_statement_desk_is_cosign,
		approve: m.papers_statement_desk_is_approve,
		assign: m.papers_statement_desk_is_assign,
		publish: m.papers_statement_desk_is_publish,
	}[mine]();
	const committee = row.firstCommittee
		? m.papers_statement_desk_committee({ date: formatDay(row.firstCommittee, 'long', ctx.locale) })
		: '';
	return {
		id: `statement-${row.statementId}-${row.slug}`,
		group: mine === 'assign' || mine === 'publish' ? 'office' : 'answer',
		title: m.papers_statement_desk_title({ reference: row.reference, title: row.title }),
		titleLang: 'de',
		text: [row.late && mine === 'write' ? m.papers_statement_desk_late() : is, committee].filter(Boolean).join(' '),
		href,
		...(row.myDueOn && { due: row.myDueOn }),
		action: { label, href },
	};
}
