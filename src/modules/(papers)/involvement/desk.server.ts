import { sql } from 'kysely';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { known, listed, question, type Question } from '#kernel/db/questions.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import type { DeskItem } from '#kernel/module.ts';
import { askedIn, matterSeen } from './sight.server.ts';

/** Days for which something new in one's field stands on the desk. */
const NEW_DAYS = 14;
/** Days before the draft is final on which a department is told that nobody was asked yet. */
const SOON_DAYS = 7;

/** What waits for this actor: answers that are due, what is coming in the own field, what the own department has not asked. */
export function deskItems(ctx: Ctx): Question<DeskItem[]> {
	if (ctx.actor.kind !== 'person') return known([]);
	return listed(asked(ctx), coming(ctx), unasked(ctx));
}

interface Row {
	id: string;
	requestId: string;
	title: string;
	department: string;
	day: string | null;
}

function asked(ctx: Ctx): Question<DeskItem[]> {
	const select = sql<Row & { form: string; again: boolean }>`select m.id, r.id as "requestId", m.title,
		d.name as department, r.due_on::text as day, i.form, exists (select from papers.sign_request e
			where e.body_id = r.body_id and e.involvement_id = r.involvement_id and e.id <> r.id and e.answer is not null) as again
		from papers.sign_request r
		join papers.involvement i on i.body_id = r.body_id and i.id = r.involvement_id
		join papers.matter m on m.body_id = r.body_id and m.id = r.matter_id and m.state = 'open'
		join registry.organisation d on d.body_id = m.body_id and d.id = m.department_id
		where r.body_id = ${ctx.body.id} and r.state = 'open' and ${askedIn(ctx)} order by r.due_on nulls last limit 50`;
	return question(select, (rows) =>
		rows.map(({ id, requestId, title, department, day, form, again }) => ({
			id: requestId,
			group: 'answer',
			title:
				form === 'coSign' ? m.papers_involvement_desk_asked({ title }) : m.papers_involvement_desk_consulted({ title }),
			text: again
				? m.papers_involvement_desk_asked_again({ department })
				: m.papers_involvement_desk_asked_text({ department }),
			href: `/einbindung/${id}`,
			...(day && { due: day }),
			action: { label: m.papers_involvement_mail_answer(), href: `/einbindung/${id}` },
		})),
	);
}

function coming(ctx: Ctx): Question<DeskItem[]> {
	const select = sql<Row>`select distinct on (m.id) m.id, m.title, d.name as department, m.opened_on::text as day
		from papers.involvement i join papers.matter m on m.body_id = i.body_id and m.id = i.matter_id and m.state = 'open'
		join registry.organisation d on d.body_id = m.body_id and d.id = m.department_id
		where i.body_id = ${ctx.body.id} and i.dropped_on is null and ${askedIn(ctx)}
		and m.first_informed_on <= ${ctx.today}::date and m.first_informed_on > ${ctx.today.subtract({ days: NEW_DAYS })}::date
		and not exists (select from papers.sign_request r where r.body_id = i.body_id and r.involvement_id = i.id)
		order by m.id limit 50`;
	return question(select, (rows) =>
		rows.map(({ id, title, department, day }) => ({
			id,
			group: 'read',
			title: m.papers_involvement_desk_coming({ title }),
			text: m.papers_involvement_desk_coming_text({ department, day: formatDay(day!, 'long', ctx.locale) }),
			href: `/einbindung/${id}`,
			action: { label: m.papers_involvement_mail_open(), href: `/einbindung/${id}` },
		})),
	);
}

function unasked(ctx: Ctx): Question<DeskItem[]> {
	const select = sql<Row>`select distinct on (m.id) m.id, m.title, d.name as department,
		m.draft_final_on::text as day from papers.involvement i
		join papers.matter m on m.body_id = i.body_id and m.id = i.matter_id and m.state = 'open'
		join registry.organisation d on d.body_id = m.body_id and d.id = m.department_id
		where i.body_id = ${ctx.body.id} and i.dropped_on is null and i.form = 'coSign' and i.omitted_code is null
		and m.mayor_approved_on is null and m.draft_final_on <= ${ctx.today.add({ days: SOON_DAYS })}::date
		and ${matterSeen(ctx)} and not ${askedIn(ctx)}
		and not exists (select from papers.sign_request r where r.body_id = i.body_id and r.involvement_id = i.id)
		order by m.id limit 50`;
	return question(select, (rows) =>
		rows.map(({ id, title, day }) => ({
			id: `unasked-${id}`,
			group: 'task',
			title: m.papers_involvement_desk_unasked({ title }),
			text: m.papers_involvement_desk_unasked_text(),
			href: `/einbindung/${id}#fragen`,
			due: day!,
			action: { label: m.papers_involvement_ask(), href: `/einbindung/${id}#fragen` },
		})),
	);
}
