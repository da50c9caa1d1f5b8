import { sql } from 'kysely';
import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { known, listed, question, type Question } from '#kernel/db/questions.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import type { DeskItem } from '#kernel/module.ts';

/**
 * For the office: successors who wait for a confirmation, seats nobody was found for, bodies without a chair, reports of working
 * groups that are due.
 */
export function structureDesk(ctx: Ctx): Question<DeskItem[]> {
	const bodies = bodiesOf(ctx);
	if (bodies === null) return known([]);
	return listed(proposals(ctx, bodies), vacancies(ctx, bodies), leaderless(ctx, bodies));
}

/** Bodies this actor looks after: all, or those of a narrowed office. */
function bodiesOf(ctx: Ctx): string[] | 'all' | null {
	if (!may(ctx.actor, 'council.structure')) return null;
	if (ctx.actor.kind !== 'person') return 'all';
	const grants = ctx.actor.grants.filter(({ role }) => role === 'office');
	if (!grants.length) return null;
	return grants.some(({ organisationId }) => organisationId === null)
		? 'all'
		: grants.map(({ organisationId }) => organisationId!);
}

const mine = (bodies: string[] | 'all', column: string) =>
	bodies === 'all' ? sql`true` : sql`${sql.raw(column)} = any (${bodies}::uuid[])`;

function proposals(ctx: Ctx, bodies: string[] | 'all'): Question<DeskItem[]> {
	const select = sql<{ id: string; name: string; number: number; from: string; body: string; slug: string }>`
		select u.id, concat_ws(' ', nullif(p.given_name, ''), p.family_name) as name, s.number, u.from_date::text as "from", o.name as body, cb.slug
		from council.succession u
		join council.seat s on s.body_id = u.body_id and s.id = u.seat_id
		join registry.membership mm on mm.body_id = u.body_id and mm.id = u.successor_id
		join registry.person p on p.body_id = u.body_id and p.id = mm.person_id
		join council.council_body cb on cb.body_id = u.body_id and cb.id = u.council_body_id
		join registry.organisation o on o.body_id = u.body_id and o.id = cb.id
		where u.body_id = ${ctx.body.id} and u.state = 'proposed' and ${mine(bodies, 'cb.id')} order by u.id`;
	return question(select, (rows) =>
		rows.map(({ id, name, number, from, body, slug }) => ({
			id,
			group: 'office',
			title: m.council_structure_desk_proposed({ body, name }),
			text: m.council_structure_desk_proposed_text({
				number: String(number),
				date: formatDay(from, 'long', ctx.locale),
			}),
			href: `/gremien/${slug}/sitze#nachfolge`,
			action: { label: m.council_structure_desk_decide(), href: `/gremien/${slug}/sitze#nachfolge` },
		})),
	);
}

function vacancies(ctx: Ctx, bodies: string[] | 'all'): Question<DeskItem[]> {
	const select = sql<{
		id: string;
		number: number;
		body: string;
		slug: string;
		group: string;
		asked: string | null;
	}>`
		select d.id, s.number, o.name as body, cb.slug, coalesce(g.name, '') as "group", d.asked_at::date::text as asked
		from council.departure d
		join council.seat s on s.body_id = d.body_id and s.id = d.seat_id and s.until_date is null
		join council.council_body cb on cb.body_id = d.body_id and cb.id = d.council_body_id
		join registry.organisation o on o.body_id = d.body_id and o.id = cb.id
		left join registry.organisation g on g.body_id = d.body_id and g.id = d.asked_organisation_id
		where d.body_id = ${ctx.body.id} and d.outcome = 'ends' and d.taken_back_at is null and d.settled_by_id is null
			and ${mine(bodies, 'cb.id')}
			and not exists (select from council.succession u where u.body_id = d.body_id and u.seat_id = d.seat_id and u.state = 'proposed')
			and not exists (select from council.seat_filling f where f.body_id = d.body_id and f.seat_id = d.seat_id
				and (f.until_date is null or f.until_date > ${ctx.today}::date))
		order by d.on_date, d.id`;
	return question(select, (rows) =>
		rows.map(({ id, number, body, slug, group, asked }) => ({
			id,
			group: 'office',
			title: m.council_structure_desk_vacant({ body, number: String(number) }),
			text: !group
				? m.council_structure_desk_vacant_list()
				: asked
					? m.council_structure_asked({ group, date: formatDay(asked, 'long', ctx.locale) })
					: m.council_structure_not_asked({ group }),
			href: `/gremien/${slug}/sitze?sitz=${number}`,
			action: { label: m.council_structure_appoint_button(), href: `/gremien/${slug}/sitze?sitz=${number}#sitz` },
		})),
	);
}

/** A chair laid down without a new one, and reports of temporary groups within a month. */
function leaderless(ctx: Ctx, bodies: string[] | 'all'): Question<DeskItem[]> {
	const soon = ctx.today.add({ days: 31 });
	const select = sql<{ id: string; body: string; slug: string; report: string | null; chair: boolean }>`
		select cb.id, o.name as body, cb.slug,
			(select w.report_due::text from council.working_group w where w.body_id = cb.body_id and w.council_body_id = cb.id
				and w.closed_on is null and w.report_due <= ${soon}::date) as report,
			exists (select from council.post_holding h where h.body_id = cb.body_id and h.council_body_id = cb.id and h.post = 'chair')
			and not exists (select from council.post_holding h where h.body_id = cb.body_id and h.council_body_id = cb.id and h.post = 'chair'
				and (h.until_date is null or h.until_date > ${ctx.today}::date)) as chair
		from council.council_body cb join registry.organisation o on o.body_id = cb.body_id and o.id = cb.id
		where cb.body_id = ${ctx.body.id} and (o.until_date is null or o.until_date > ${ctx.today}::date)
			and ${mine(bodies, 'cb.id')} order by o.name`;
	return question(select, (rows) =>
		rows.flatMap(({ id, body, slug, report, chair }) => {
			const items: DeskItem[] = [];
			if (chair)
				items.push({
					id: `chair-${id}`,
					group: 'office',
					title: m.council_structure_desk_chair({ body }),
					text: m.council_structure_desk_chair_text(),
					href: `/gremien/${slug}/funktionen`,
					action: { label: m.council_structure_chair(), href: `/gremien/${slug}/funktionen#wahl` },
				});
			if (report)
				items.push({
					id: `report-${id}`,
					group: 'office',
					title: m.council_structure_desk_report({ body }),
					text: m.council_structure_desk_report_text(),
					href: `/gremien/${slug}`,
					due: report,
					action: { label: m.council_structure_close(), href: `/gremien/${slug}/bearbeiten#abschluss` },
				});
			return items;
		}),
	);
}
