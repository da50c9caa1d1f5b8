import { sql } from 'kysely';
import type { WriteCtx } from '../ctx.ts';
import type { SearchDocument } from './document.ts';
import { baseLanguage, fieldsOf, vectorOf, vocabularyOf, wordsToStem } from './lexemes.ts';
import { stemmer } from './stems.ts';

export interface PendingDocument {
	kind: string;
	id: string;
	/** Null takes it out of the search. */
	document: SearchDocument | null;
}

/** Puts a document into the town's search, replaces it, or (null) takes it out. */
export function indexDocument(tx: WriteCtx, kind: string, id: string, document: SearchDocument | null): Promise<void> {
	return indexDocuments(tx, [{ kind, id, document }]);
}

/**
 * The same for all documents of a write. New words of the vocabulary are inserted once, at the end and in one order, so
 * that two writers never wait for each other in a circle.
 */
export async function indexDocuments(tx: WriteCtx, pending: PendingDocument[]): Promise<void> {
	const words = new Set<string>();
	for (const { kind, id, document } of pending) {
		const learned =
			document && document.audience !== 'none' ? await store(tx, kind, id, document) : await remove(tx, kind, id);
		for (const word of learned) words.add(word);
	}
	if (words.size) await learn(tx, [...words].sort());
}

async function remove(tx: WriteCtx, kind: string, id: string): Promise<string[]> {
	await sql`delete from kernel.search_document
		where body_id = ${tx.body.id} and kind = ${kind} and object_id = ${id}`.execute(tx.db);
	return [];
}

/** @returns the document's words */
async function store(tx: WriteCtx, kind: string, id: string, document: SearchDocument): Promise<string[]> {
	const { audience, organisationId = null, title, keywords, body, href, date } = document;
	const language = baseLanguage(document.language);
	const fields = fieldsOf({ title, keywords, body, language });
	const stemOf = await stemmer(tx, wordsToStem(fields, language));
	const facets = { ...(date && { year: String(date.year) }), ...document.facets, kind };
	await sql`
		insert into kernel.search_document (body_id, kind, object_id, audience, organisation_id, language, title, keywords, body,
			href, date, facets, vector, first_at)
		values (${tx.body.id}, ${kind}, ${id}, ${audience}, ${organisationId}, ${document.language}, ${title},
			${keywords}::text[], ${body}, ${href}, ${date}, ${JSON.stringify(facets)}::jsonb,
			${vectorOf(fields, language, stemOf, facets)}::tsvector, ${tx.now})
		on conflict (body_id, kind, object_id) do update set audience = excluded.audience,
			organisation_id = excluded.organisation_id, language = excluded.language, title = excluded.title,
			keywords = excluded.keywords, body = excluded.body, href = excluded.href, date = excluded.date,
			facets = excluded.facets, vector = excluded.vector, indexed_at = now(),
			first_at = case when kernel.search_document.audience <> 'public' and excluded.audience = 'public' then excluded.first_at
				else kernel.search_document.first_at end`.execute(tx.db);
	return vocabularyOf(fields);
}

async function learn(tx: WriteCtx, words: string[]): Promise<void> {
	await sql`
		insert into kernel.search_word (body_id, word)
		select ${tx.body.id}, word from unnest(${words}::text[]) with ordinality as w (word, n)
		where not exists (select 1 from kernel.search_word k where k.body_id = ${tx.body.id} and k.word = w.word)
		order by n on conflict do nothing`.execute(tx.db);
}
