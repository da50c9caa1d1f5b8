import { sql } from 'kysely';
import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, listed, question, type Question } from '#kernel/db/questions.ts';
import type { DeskItem } from '#kernel/module.ts';
import { weakBodies } from './queries.server.ts';
import { STEP_WORDS } from './words.ts';

/** For the office: bodies near the end of their quorum (GRE-21), overdue steps of a new term, absences that reached the number. */
export function entryDesk(ctx: Ctx): Question<DeskItem[]> {
	if (!may(ctx.actor, 'council.edit')) return known([]);
	return listed(risks(ctx), lateSteps(ctx), reachedAbsences(ctx));
}

function risks(ctx: Ctx): Question<DeskItem[]> {
	return answeredAs(weakBodies(ctx), (bodies) =>
		bodies.map(({ name, slug, strength: { filled, statutory, needed } }) => ({
			id: `risk-${slug}`,
			group: 'office',
			title: m.council_entry_risk_desk({ body: name }),
			text: m.council_entry_risk_text({ filled, statutory, needed }),
			href: `/gremien/${slug}`,
			action: { label: m.council_entry_risk_see(), href: `/gremien/${slug}` },
		})),
	);
}

function lateSteps(ctx: Ctx): Question<DeskItem[]> {
	const select = sql<{ id: string; key: string; title: string; due: string; name: string; slug: string }>`
		select distinct on (s.council_body_id) s.id, s.key, s.title, s.due::text as due, o.name, cb.slug
		from council.term_step s
		join council.council_body cb on cb.body_id = ${ctx.body.id} and cb.id = s.council_body_id
		join registry.organisation o on o.body_id = ${ctx.body.id} and o.id = cb.id
		where s.body_id = ${ctx.body.id} and s.done_on is null and s.due < ${ctx.today}::date
		order by s.council_body_id, s.due`;
	return question(select, (rows) =>
		rows.map(({ id, key, title, due, name, slug }) => ({
			id,
			group: 'office',
			title: m.council_entry_late_desk({ body: name }),
			text: STEP_WORDS[key]?.() ?? title,
			href: `/gremien/${slug}/neue-wahlperiode#s-${id}`,
			due,
			action: { label: m.council_entry_term(), href: `/gremien/${slug}/neue-wahlperiode#s-${id}` },
		})),
	);
}

/** Shown for a month: what follows is for people to decide. */
const SHOWN_DAYS = 31;

function reachedAbsences(ctx: Ctx): Question<DeskItem[]> {
	const select = sql<{ id: string; name: string; slug: string; attendance: string }>`
		select n.id, concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name) as name, cb.slug, n.attendance_id as attendance
		from council.absence_notice n
		join registry.person p on p.body_id = ${ctx.body.id} and p.id = n.person_id
		join council.council_body cb on cb.body_id = ${ctx.body.id} and cb.id = n.council_body_id
		where n.body_id = ${ctx.body.id} and n.told_on > ${ctx.today.subtract({ days: SHOWN_DAYS })}::date
		order by n.told_on desc, n.id`;
	return question(select, (rows) =>
		rows.map(({ id, name, slug, attendance }) => ({
			id,
			group: 'office',
			title: m.council_entry_absence_desk({ name }),
			text: m.council_entry_absence_desk_text(),
			href: `/gremien/${slug}/anwesenheit#a-${attendance}`,
			action: { label: m.council_entry_absences(), href: `/gremien/${slug}/anwesenheit#a-${attendance}` },
		})),
	);
}
