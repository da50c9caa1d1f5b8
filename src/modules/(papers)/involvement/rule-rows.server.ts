import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { Choice } from '#ui/types.ts';
import type { InstructionRow } from './view.ts';

/** Instructions with their rules, the newest first. One query. */
export async function instructionRows(ctx: Ctx): Promise<InstructionRow[]> {
	demand(ctx.actor, 'papers.involvement');
	const { rows } = await sql<InstructionRow>`select n.id, n.reference, n.title, n.note, n.from_date::text as "from",
		n.until_date::text as until, o.reference as replaces,
		(select s.reference from papers.instruction s where s.body_id = n.body_id and s.replaces_id = n.id limit 1)
			as "replacedBy",
		(select count(distinct i.matter_id) from papers.involvement i join papers.involvement_rule r
			on r.body_id = i.body_id and r.id = i.rule_id where i.body_id = n.body_id and r.instruction_id = n.id) as matters,
		coalesce((select json_agg(json_build_object('id', r.id, 'who', coalesce(f.title, g.name), 'form', r.form,
			'relevance', r.relevance, 'department', d.name, 'type', t.name, 'answerDays', r.answer_days,
			'urgentDays', r.urgent_days, 'citation', r.citation, 'from', r.from_date, 'until', r.until_date,
			'topics', coalesce((select json_agg(p.name order by p.name) from papers.involvement_rule_topic x
				join registry.topic p on p.body_id = x.body_id and p.id = x.topic_id
				where x.body_id = r.body_id and x.rule_id = r.id), '[]')) order by r.from_date, coalesce(f.title, g.name))
			from papers.involvement_rule r left join registry.office f on f.body_id = r.body_id and f.id = r.office_id
			left join registry.organisation g on g.body_id = r.body_id and g.id = r.organisation_id
			left join registry.organisation d on d.body_id = r.body_id and d.id = r.department_id
			left join papers.paper_type t on t.body_id = r.body_id and t.id = r.paper_type_id
			where r.body_id = n.body_id and r.instruction_id = n.id), '[]') as rules
		from papers.instruction n left join papers.instruction o on o.body_id = n.body_id and o.id = n.replaces_id
		where n.body_id = ${ctx.body.id} order by n.from_date desc, n.reference`.execute(ctx.db);
	return rows;
}

export interface Choices {
	/** Commissioners' offices and council bodies. */
	who: Choice[];
	departments: Choice[];
	types: Choice[];
	topics: Choice[];
}

/** What forms of this room offer. One query. */
export async function choices(ctx: Ctx): Promise<Choices> {
	demand(ctx.actor, 'papers.involvement');
	const { rows } = await sql<{ kind: keyof Choices; value: string; label: string }>`
		select 'who' as kind, 'office:' || id as value, title as label from registry.office
			where body_id = ${ctx.body.id} and kind = 'commissioner'
		union all select 'who', 'body:' || b.id, o.name from council.council_body b
			join registry.organisation o on o.body_id = b.body_id and o.id = b.id where b.body_id = ${ctx.body.id}
		union all select 'departments', id::text, name from registry.organisation where body_id = ${ctx.body.id}
			and organisation_type = 'department' and (until_date is null or until_date > ${ctx.today}::date)
		union all select 'types', id::text, name from papers.paper_type where body_id = ${ctx.body.id} and not retired
		union all select 'topics', id::text, name from registry.topic where body_id = ${ctx.body.id}
		order by 1, 3`.execute(ctx.db);
	const of = (kind: keyof Choices) =>
		rows.filter((row) => row.kind === kind).map(({ value, label }) => ({ value, label, lang: 'de' }));
	return { who: of('who'), departments: of('departments'), types: of('types'), topics: of('topics') };
}
