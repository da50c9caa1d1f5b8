import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, ask, question, together, type Question } from '#kernel/db/questions.ts';
import type { Choice } from '#ui/types.ts';

/** What the form of a paper offers to choose from. */
export interface FormChoices {
	/** Groups and bodies first: those that usually bring papers in. */
	originators: Choice[];
	/** People who sit in a group or body, or hold an office. */
	people: Choice[];
	departments: Choice[];
	addressees: Choice[];
	topics: Choice[];
	/** Of the town's list, in its order; `gone` are no longer offered, but stay with papers that name them. */
	districts: (Choice & { gone: boolean })[];
}

/** Choices of the form today: what has ended is not offered. */
export function choicesAsked(ctx: Ctx): Question<FormChoices> {
	const organisations = sql<{
		value: string;
		label: string;
		type: string;
	}>`select o.id as value, o.name as label, o.organisation_type as type
		from registry.organisation o where o.body_id = ${ctx.body.id}
		and (o.until_date is null or o.until_date > ${ctx.today}::date)
		order by array_position(array['group','committee','party','external','institution','department','other'],
			o.organisation_type), o.name`;
	const people = sql<{ value: string; label: string }>`select q.id as value,
		concat_ws(' ', nullif(q.affix, ''), nullif(q.given_name, ''), q.family_name) as label
		from registry.person q where q.body_id = ${ctx.body.id} and (exists (select from registry.membership m
			join registry.organisation o on o.body_id = m.body_id and o.id = m.organisation_id
			where m.body_id = q.body_id and m.person_id = q.id and o.organisation_type in ('group', 'committee')
			and m.from_date <= ${ctx.today}::date and (m.until_date is null or m.until_date > ${ctx.today}::date))
		or exists (select from registry.office_holding h where h.body_id = q.body_id and h.person_id = q.id
			and h.from_date <= ${ctx.today}::date and (h.until_date is null or h.until_date > ${ctx.today}::date)))
		order by q.family_name, q.given_name`;
	const topics = sql<{ value: string; label: string }>`select id as value, name as label from registry.topic
		where body_id = ${ctx.body.id} order by name`;
	const districts = sql<{ value: string; label: string; gone: boolean }>`select id as value, name as label,
		removed_at is not null as gone from papers.district where body_id = ${ctx.body.id} order by position, name`;
	const choice = ({ value, label }: { value: string; label: string }): Choice => ({ value, label, lang: 'de' });
	return answeredAs(
		together({
			all: question(organisations, (rows) => rows),
			people: question(people, (rows) => rows),
			topics: question(topics, (rows) => rows.map(choice)),
			districts: question(districts, (rows) => rows.map(({ gone, ...row }) => ({ ...choice(row), gone }))),
		}),
		({ all, people: named, topics: topicChoices, districts: districtChoices }) => ({
			originators: all.map(choice),
			people: named.map(({ value, label }) => ({ value, label })),
			departments: all.filter(({ type }) => type === 'department').map(choice),
			addressees: all.filter(({ type }) => type !== 'group' && type !== 'party').map(choice),
			topics: topicChoices,
			districts: districtChoices,
		}),
	);
}

/** The same, asked at once. One query. */
export function formChoices(ctx: Ctx): Promise<FormChoices> {
	return ask(ctx, choicesAsked(ctx));
}
