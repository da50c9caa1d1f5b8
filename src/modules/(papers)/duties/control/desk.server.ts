import { sql } from 'kysely';
import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { DeskItem } from '#kernel/module.ts';
import { planOn, planRows } from '../plans.server.ts';
import { leadDays } from '../rules/reminders.ts';
import { departmentsOf } from '../sight.server.ts';

/** Resolutions that this actor's department has to report on; for the office, adopted ones that nobody took under control. */
export async function controlDesk(ctx: Ctx): Promise<DeskItem[]> {
	const departments = departmentsOf(ctx);
	const items = departments.length ? await owed(ctx, departments) : [];
	if (!may(ctx.actor, 'papers.duties')) return items;
	const { rows } = await sql<{ count: number }>`select count(*)::int as count from council.resolution r
		join council.agenda_item i on i.body_id = r.body_id and i.id = r.agenda_item_id
		join council.meeting t on t.body_id = i.body_id and t.id = i.meeting_id
		where r.body_id = ${ctx.body.id} and r.kind <> 'opinion' and not t.cancelled and t.state in ('held', 'minutesSigned')
		and t.date >= ${ctx.today}::date - 92
		and not exists (select from papers.control_entry c where c.body_id = r.body_id and c.resolution_id = r.id)`.execute(
		ctx.db,
	);
	const count = rows[0]!.count;
	return count ? [...items, offeredItem(count)] : items;
}

async function owed(ctx: Ctx, departments: string[]): Promise<DeskItem[]> {
	const lead = leadDays(planOn(await planRows(ctx), 'control', ctx.today));
	const { rows } = await sql<{
		id: string;
		title: string;
		due: string;
	}>`select id, title, due::text as due from papers.control_entry
		where body_id = ${ctx.body.id} and state in ('inProgress', 'deadline', 'recurring')
		and due <= ${ctx.today}::date + ${lead}::int and department_id = any (${departments}::uuid[]) order by due, id limit 20`.execute(
		ctx.db,
	);
	return rows.map(({ id, title, due }) => {
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
	});
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
