import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import type { Reading } from '../reading/types.ts';
import type { Decision } from '../review/findings.ts';
import { withPaperText, type PaperContent } from '../review/paper-text.ts';

export type DocumentState = 'waiting' | 'read' | 'unreadable' | 'reviewed' | 'taken' | 'discarded';

export interface DocumentRow {
	id: string;
	batchId: string;
	name: string;
	state: DocumentState;
	error: { code: string; params: Record<string, string | number> } | null;
	kind: string | null;
	title: string | null;
	date: string | null;
	createdAt: string;
	/** The record it became: its page, and the number of a paper. */
	record: { path: string; number: string | null } | null;
}

export interface DocumentView extends DocumentRow {
	fileId: string;
	pages: number | null;
	text: string;
	reading: Reading;
	content: PaperContent;
	decisions: Record<string, Decision>;
	version: number;
}

const columns = (
	body: string,
) => sql`d.id, d.batch_id as "batchId", d.name, d.state, d.error, d.kind, d.corrected->>'title' as title,
	d.corrected->>'date' as date, to_json(d.created_at)#>>'{}' as "createdAt",
	case d.taken_kind
		when 'council.meeting' then (select json_build_object('path', '/sitzungen/' || m.slug, 'number', null)
			from council.meeting m where m.body_id = ${body} and m.id = d.taken_id)
		when 'papers.paper' then (select json_build_object('path', '/vorlagen/' || p.slug, 'number', p.reference)
			from papers.paper p where p.body_id = ${body} and p.id = d.taken_id)
	end as record`;

/** Documents newest first, without those put aside unless asked for. One query. */
export async function documentRows(
	ctx: Ctx,
	filter: { batchId?: string; state?: DocumentState } = {},
): Promise<DocumentRow[]> {
	demand(ctx.actor, 'import.review');
	const body = ctx.body.id;
	const { rows } = await sql<DocumentRow>`select ${columns(body)} from import.document d where d.body_id = ${body}
		${filter.batchId ? sql`and d.batch_id = ${filter.batchId}` : sql``}
		${filter.state ? sql`and d.state = ${filter.state}` : sql`and d.state <> 'discarded'`}
		order by d.created_at desc, d.id limit 500`.execute(ctx.db);
	return rows;
}

/** How far a batch is. @throws NotFound */
export async function batchView(
	ctx: Ctx,
	id: string,
): Promise<{ id: string; state: string; total: number; waiting: number; unreadable: number; createdAt: string }> {
	demand(ctx.actor, 'import.review');
	if (!isId(id)) throw new NotFound('batch');
	const { rows } = await sql<Awaited<ReturnType<typeof batchView>>>`
		select b.id, b.state, to_json(b.created_at)#>>'{}' as "createdAt", count(d.id)::int as total,
			count(*) filter (where d.state = 'waiting')::int as waiting,
			count(*) filter (where d.state = 'unreadable')::int as unreadable
		from import.batch b left join import.document d on d.body_id = b.body_id and d.batch_id = b.id
		where b.body_id = ${ctx.body.id} and b.id = ${id} group by b.body_id, b.id`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('batch');
	return rows[0];
}

/** One document with all that was understood. @throws NotFound also while it waits or can't be read */
export async function documentView(ctx: Ctx, id: string): Promise<DocumentView> {
	demand(ctx.actor, 'import.review');
	if (!isId(id)) throw new NotFound('document');
	const body = ctx.body.id;
	const { rows } = await sql<DocumentView>`select ${columns(body)}, d.file_id as "fileId", f.pages, d.text, d.reading,
		d.corrected as content, d.decisions, d.version
		from import.document d join kernel.file f on f.body_id = ${body} and f.id = d.file_id
		where d.body_id = ${body} and d.id = ${id} and d.reading is not null`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('document');
	return { ...rows[0], content: withPaperText(rows[0].content, rows[0].text, rows[0].reading) };
}
