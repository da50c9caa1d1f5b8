import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { fromWriting, toWriting } from '#kernel/text/writing.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import type { NewPaper, Originator } from './schema.ts';

interface Texts {
	operative: unknown;
	reasons: unknown;
}

/** Operative text and reasons as they are stored; blocks that were there before keep their ids. */
export function textsOf(given: NewPaper, previous?: Texts) {
	const text = (typed: string, before: unknown) =>
		fromWriting(typed, before ? { previous: before as TextDocument } : {});
	return {
		operative: text(given.operative, previous?.operative),
		reasons: text(given.reasons, previous?.reasons),
	};
}

/** A form as columns of the paper's row. */
export function columnsOf(given: NewPaper, previous?: Texts) {
	const { operative, reasons } = textsOf(given, previous);
	const day = (typed: string) => (typed ? Temporal.PlainDate.from(typed) : null);
	return {
		title: given.title,
		long_title: given.longTitle,
		operative: JSON.stringify(operative),
		reasons: JSON.stringify(reasons),
		costs: given.costs,
		date: day(given.date),
		data_date: day(given.dataDate),
		report_by: day(given.reportBy),
		under_direction_of_id: given.departmentId || null,
		addressee_id: given.addresseeId || null,
		superordinated_id: given.superordinatedId || null,
		sender_name: given.senderName,
		received_on: day(given.receivedOn),
		integration_relevant: given.relevance ? given.relevance === 'yes' : null,
		integration_reason: given.relevanceReason,
		public: !given.closed,
		closed_reason: given.closedReason,
	};
}

/** A paper's row as far as the form shows it. */
export interface ContentRow extends Texts {
	id: string;
	type_id: string;
	title: string;
	long_title: string;
	costs: string;
	date: Temporal.PlainDate | null;
	data_date: Temporal.PlainDate | null;
	report_by: Temporal.PlainDate | null;
	received_on: Temporal.PlainDate | null;
	under_direction_of_id: string | null;
	addressee_id: string | null;
	superordinated_id: string | null;
	sender_name: string;
	integration_relevant: boolean | null;
	integration_reason: string;
	public: boolean;
	closed_reason: string;
}

/** What the form of a paper holds. One query. */
export async function contentOf(ctx: Pick<Ctx, 'db' | 'body'>, paper: ContentRow): Promise<NewPaper> {
	const { rows } = await sql<{ originators: Originator[]; topics: string[]; districts: string[] }>`select
		coalesce((select json_agg(json_build_object('organisationId', coalesce(o.organisation_id::text, ''),
			'personId', coalesce(o.person_id::text, '')) order by o.position, o.id) from papers.originator o
			where o.body_id = ${ctx.body.id} and o.paper_id = ${paper.id} and o.kind = 'originator' and o.left_on is null), '[]') as originators,
		coalesce((select json_agg(t.topic_id order by t.topic_id) from papers.paper_topic t
			where t.body_id = ${ctx.body.id} and t.paper_id = ${paper.id}), '[]') as topics,
		coalesce((select json_agg(t.district_id order by t.district_id) from papers.paper_district t
			where t.body_id = ${ctx.body.id} and t.paper_id = ${paper.id}), '[]') as districts`.execute(ctx.db);
	const { originators, topics, districts } = rows[0]!;
	const relevant = paper.integration_relevant;
	return {
		typeId: paper.type_id,
		title: paper.title,
		longTitle: paper.long_title,
		operative: toWriting(paper.operative as TextDocument),
		reasons: toWriting(paper.reasons as TextDocument),
		costs: paper.costs,
		date: paper.date?.toString() ?? '',
		dataDate: paper.data_date?.toString() ?? '',
		reportBy: paper.report_by?.toString() ?? '',
		departmentId: paper.under_direction_of_id ?? '',
		addresseeId: paper.addressee_id ?? '',
		superordinatedId: paper.superordinated_id ?? '',
		originators,
		topics,
		districts,
		senderName: paper.sender_name,
		receivedOn: paper.received_on?.toString() ?? '',
		relevance: relevant === null ? '' : relevant ? 'yes' : 'no',
		relevanceReason: paper.integration_reason,
		closed: !paper.public,
		closedReason: paper.closed_reason,
	};
}
