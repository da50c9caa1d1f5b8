import { sql } from 'kysely';
import type { WriteCtx } from '../ctx.ts';
import type { SearchDocument } from './document.ts';

/** Puts a document into the town's search, replaces it, or (null) takes it out. */
export async function indexDocument(tx: WriteCtx, kind: string, id: string, document: SearchDocument | null): Promise<void> {
	if (!document || document.audience === 'none') {
		await sql`delete from kernel.search_document
			where body_id = ${tx.body.id} and kind = ${kind} and object_id = ${id}`.execute(tx.db);
		return;
	}
	const { audience, language, title, keywords, body, href, date, facets } = document;
	await sql`
		insert into kernel.search_document (body_id, kind, object_id, audience, language, title, keywords, body, href, date,
			facets, vector)
		values (${tx.body.id}, ${kind}, ${id}, ${audience}, ${language}, ${title}, ${keywords}::text[], ${body}, ${href},
			${date}, ${JSON.stringify(facets)}::jsonb, to_tsvector('german', ${title} || ' ' || ${body}))
		on conflict (body_id, kind, object_id) do update set audience = excluded.audience, language = excluded.language,
			title = excluded.title, keywords = excluded.keywords, body = excluded.body, href = excluded.href,
			date = excluded.date, facets = excluded.facets, vector = excluded.vector, indexed_at = now()`.execute(tx.db);
}

export interface PendingDocument {
	kind: string;
	id: string;
	document: SearchDocument | null;
}

export async function indexDocuments(tx: WriteCtx, documents: PendingDocument[]): Promise<void> {
	for (const { kind, id, document } of documents) await indexDocument(tx, kind, id, document);
}
