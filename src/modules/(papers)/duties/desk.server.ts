import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { DeskItem } from '#kernel/module.ts';
import { dueRows, overdueCount } from './queries.server.ts';
import { planOn, planRows } from './plans.server.ts';
import { leadDays } from './rules/reminders.ts';
import type { DueRow } from './view.ts';

/** Reports that this actor owes and that are near or late; for the office, how many are overdue in all. */
export async function dutyDesk(ctx: Ctx): Promise<DeskItem[]> {
	if (!may(ctx.actor, 'papers.report')) return [];
	const lead = leadDays(planOn(await planRows(ctx), 'officeReport', ctx.today));
	const until = ctx.today.add({ days: lead }).toString();
	const mine = [
		...(await dueRows(ctx, 'overdue', { mine: true, limit: 20 })),
		...(await dueRows(ctx, 'coming', { mine: true, limit: 20 })).filter(({ due }) => due <= until),
	];
	const items = mine.map(dueItem);
	if (!may(ctx.actor, 'papers.duties')) return items;
	const count = await overdueCount(ctx);
	if (count) items.push(overdueItem(count));
	return items;
}

function dueItem({ id, dutyId, subject, recipient, due }: DueRow): DeskItem {
	const href = `/berichtspflichten/${dutyId}#bericht`;
	return {
		id: `report-${id}`,
		group: 'task',
		title: subject,
		titleLang: 'de',
		text: m.papers_duties_desk_owed({ recipient }),
		href,
		due,
		action: { label: m.papers_duties_desk_link(), href },
		second: {
			label: m.papers_duties_desk_write(),
			href: `/berichtspflichten/${dutyId}?/beginnen`,
			post: { dueId: id },
		},
	};
}

function overdueItem(count: number): DeskItem {
	return {
		id: 'reports-overdue',
		group: 'office',
		title: m.papers_duties_desk_overdue({ count }),
		text: m.papers_duties_desk_overdue_text(),
		href: '/berichtspflichten',
		action: { label: m.papers_duties_desk_see(), href: '/berichtspflichten' },
	};
}
