import { sql, type RawBuilder } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { ask, question, type Question } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { matterSeen } from './sight.server.ts';
import type { MatterRow, RelevanceRow } from './view.ts';

type Reader = Pick<Ctx, 'db' | 'body'>;

/** Requests of an involvement `i` as JSON, in their order. */
const requests = (zone: string) => sql`coalesce((select json_agg(json_build_object('id', r.id, 'round', r.round,
	'step', r.step, 'state', r.state, 'hash', r.hash, 'fileId', r.file_id, 'urgent', r.urgent, 'urgentReason', r.urgent_reason,
	'requestedOn', (r.requested_at at time zone ${zone})::date, 'dueOn', r.due_on, 'askedAs', r.asked_as,
	'extended', r.extended, 'outdatedOn', r.outdated_on, 'answer', r.answer, 'reasons', r.reasons,
	'forCouncil', r.for_council, 'answeredOn', (r.answered_at at time zone ${zone})::date, 'takenUp', r.taken_up,
	'takenUpReason', r.taken_up_reason, 'takenUpOn', r.taken_up_on) order by r.round)
	from papers.sign_request r where r.body_id = i.body_id and r.involvement_id = i.id), '[]')`;

const involvements = (zone: string) => sql`coalesce((select json_agg(json_build_object('id', i.id, 'form', i.form,
	'officeId', i.office_id, 'organisationId', i.organisation_id, 'who', coalesce(o.title, g.name),
	'answerDays', i.answer_days, 'urgentDays', i.urgent_days, 'omittedCode', i.omitted_code,
	'omittedReason', i.omitted_reason, 'omittedOn', i.omitted_on, 'requests', ${requests(zone)})
	order by i.form, coalesce(o.title, g.name), i.id)
	from papers.involvement i left join registry.office o on o.body_id = i.body_id and o.id = i.office_id
	left join registry.organisation g on g.body_id = i.body_id and g.id = i.organisation_id
	where i.body_id = m.body_id and i.matter_id = m.id and i.dropped_on is null), '[]')`;

/**
 * Matters with everything that is known of them, newest first. One query.
 * @param where condition over `papers.matter m` and its paper `p`; the caller says who may read
 */
export function matterRows(ctx: Reader, where: RawBuilder<boolean>, limit: number | null = null): Promise<MatterRow[]> {
	return ask(ctx, mattersAsked(ctx, where, limit));
}

/** The same, to be asked with more. */
export function mattersAsked(
	{ body }: Pick<Ctx, 'body'>,
	where: RawBuilder<boolean>,
	limit: number | null = null,
): Question<MatterRow[]> {
	const select = sql<MatterRow>`select m.id, m.title, m.note, m.department_id as "departmentId",
		d.name as department, m.paper_type_id as "typeId", t.name as type, m.relevant,
		m.state = 'withdrawn' or coalesce(p.state = 'withdrawn', false) as withdrawn,
		m.opened_on::text as "openedOn", m.first_informed_on::text as "firstInformedOn",
		m.draft_sent_on::text as "draftSentOn", m.draft_final_on::text as "draftFinalOn",
		m.mayor_approved_on::text as "mayorApprovedOn", m.urgent_on::text as "urgentOn", m.urgent_reason as "urgentReason",
		m.urgent_reported_on::text as "urgentReportedOn", m.created_by as "createdBy",
		(select min(c.happened_on)::text from papers.consultation c where c.body_id = m.body_id and c.paper_id = m.paper_id
			and c.role = 'deciding' and c.state = 'done') as "decidedOn",
		coalesce((select json_agg(x.topic_id) from papers.matter_topic x where x.body_id = m.body_id and x.matter_id = m.id),
			'[]') as topics,
		case when p.id is not null then json_build_object('id', p.id, 'slug', p.slug, 'reference', p.reference, 'title', p.title,
			'relevant', p.integration_relevant) end as paper,
		${involvements(body.timeZone)} as involvements
		from papers.matter m join registry.organisation d on d.body_id = m.body_id and d.id = m.department_id
		left join papers.paper p on p.body_id = m.body_id and p.id = m.paper_id
		left join papers.paper_type t on t.body_id = m.body_id and t.id = coalesce(p.type_id, m.paper_type_id)
		where m.body_id = ${body.id} and ${where}
		order by m.opened_on desc, m.id desc ${limit === null ? sql`` : sql`limit ${limit}`}`;
	return question(select, (rows) => rows);
}

/** One matter that this actor may read. One query. @throws NotFound */
export async function matterView(ctx: Ctx, id: string): Promise<MatterRow> {
	if (!isId(id)) throw new NotFound('matter');
	const [row] = await matterRows(ctx, sql<boolean>`m.id = ${id} and ${matterSeen(ctx)}`);
	if (!row) throw new NotFound('matter');
	return row;
}

/** A matter locked until the write ends, whoever asks: the caller says who may. */
export async function matterForUpdate(tx: WriteCtx, id: string): Promise<MatterRow | undefined> {
	await sql`select from papers.matter where body_id = ${tx.body.id} and id = ${id} for update`.execute(tx.db);
	const [matter] = await matterRows(tx, sql<boolean>`m.id = ${id}`);
	return matter;
}

/** How the question of relevance was answered, the first answer first. One query. */
export async function relevanceRows({ db, body }: Reader, matterId: string): Promise<RelevanceRow[]> {
	const { rows } = await sql<RelevanceRow>`select relevant, reason, decided_as as "as",
		(decided_at at time zone ${body.timeZone})::date::text as on
		from papers.matter_relevance where body_id = ${body.id} and matter_id = ${matterId} order by decided_at, id`.execute(
		db,
	);
	return rows;
}
