import { sql } from 'kysely';
import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, listed, question, together, type Question } from '#kernel/db/questions.ts';
import type { DeskItem } from '#kernel/module.ts';
import { planOn, plansAsked } from '../plans.server.ts';
import { leadDays } from '../rules/reminders.ts';
import { departmentsOf } from '../sight.server.ts';

/** Resolutions that this actor's department has to report on; for the office, adopted ones that nobody took under control. */
export function controlDesk(ctx: Ctx): Question<DeskItem[]> {
	const departments = departmentsOf(ctx);
	return listed(
		departments.length ? owed(ctx, departments) : known([]),
		may(ctx.actor, 'papers.duties') ? offered(ctx) : known([]),
	);
}

function offered(ctx: Ctx): Question<DeskItem[]> {
	const select = sql<{ count: number }>`select count(*)::int as count from council.resolution r
		join council.agenda_item i on i.body_id = r.body_id and i.id = r.agenda_item_id
		join council.meeting t on t.body_id = i.body_id and t.id = i.meeting_id
		where r.body_id = ${ctx.body.id} and r.kind <> 'opinion' and not t.cancelled and t.state in ('held', 'minutesSigned')
		and t.date >= ${ctx.today}::date - 92
		and not exists (select from papers.control_entry c where c.body_id = r.body_id and c.resolution_id = r.id)`;
	return question(select, ([row]) => (row!.count ? [offeredItem(row!.count)] : []));
}

function owed(ctx: Ctx, departments: string[]): Question<DeskItem[]> {
	const select = sql<{
		id: string;
		title: string;
		due: string;
	}>`select id, title, due::text as due from papers.control_entry
		where body_id = ${ctx.body.id} and state in ('inProgress', 'deadline', 'recurring')
		and department_id = any (${departments}::uuid[]) and due is not null order by due, id limit 20`;
	const asked = together({ plans: plansAsked(ctx), entries: question(select, (rows) => rows) });
	return answeredAs(asked, ({ plans, entries }) => {
		const until = ctx.today.add({ days: leadDays(planOn(plans, 'control', ctx.today)) }).toString();
		return entries.filter(({ due }) => due <= until).map(owedItem);
	});
}

function owedItem({ id, title, due }: { id: string; title: string; due: string }): DeskItem {
	const href = `/beschlusskontrolle/${id}#melden`;
	return {
		id: `control-${id}`,
		group: 'task',
		title,
		titleLang: 'de',
		text: m.papers_duties_desk_control(),
		href,
		due,
		action: { label: m.papers_duties_report_standing(), href },
	};
}

function offeredItem(count: number): DeskItem {
	return {
		id: 'control-offered',
		group: 'office',
		title: m.papers_duties_desk_offered({ count }),
		text: m.papers_duties_desk_offered_text(),
		href: '/beschlusskontrolle#angeboten',
		action: { label: m.papers_duties_desk_see(), href: '/beschlusskontrolle#angeboten' },
	};
}
