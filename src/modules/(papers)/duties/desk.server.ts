import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, together, type Question } from '#kernel/db/questions.ts';
import type { DeskItem } from '#kernel/module.ts';
import { duesAsked, overdueCount } from './queries.server.ts';
import { planOn, plansAsked } from './plans.server.ts';
import { leadDays } from './rules/reminders.ts';
import type { DueRow } from './view.ts';

/** Reports that this actor owes and that are near or late; for the office, how many are overdue in all. */
export function dutyDesk(ctx: Ctx): Question<DeskItem[]> {
	if (!may(ctx.actor, 'papers.report')) return known([]);
	const asked = together({
		plans: plansAsked(ctx),
		overdue: duesAsked(ctx, 'overdue', { mine: true, limit: 20 }),
		coming: duesAsked(ctx, 'coming', { mine: true, limit: 20 }),
		count: may(ctx.actor, 'papers.duties') ? overdueCount(ctx) : known(0),
	});
	return answeredAs(asked, ({ plans, overdue, coming, count }) => {
		const lead = leadDays(planOn(plans, 'officeReport', ctx.today));
		const until = ctx.today.add({ days: lead }).toString();
		const mine = [...overdue, ...coming.filter(({ due }) => due <= until)].map(dueItem);
		return count ? [...mine, overdueItem(count)] : mine;
	});
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
