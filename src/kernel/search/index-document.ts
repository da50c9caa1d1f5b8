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
	const kept: PendingDocument[] = [];
	for (const one of pending) {
		if (one.document && one.document.audience !== 'none') kept.push(one);
		else await remove(tx, one.kind, one.id);
	}
	if (kept.length) for (const word of await storeAll(tx, kept)) words.add(word);
	if (words.size) await learn(tx, [...words].sort());
}

async function remove(tx: WriteCtx, kind: string, id: string): Promise<void> {
	await sql`delete from kernel.search_document
		where body_id = ${tx.body.id} and kind = ${kind} and object_id = ${id}`.execute(tx.db);
}

/** Three queries at most, however many there are. @returns the documents' words */
async function storeAll(tx: WriteCtx, pending: readonly PendingDocument[]): Promise<string[]> {
	const read = pending.map(({ kind, id, document }) => {
		const { title, keywords, body, date, facets } = document!;
		const language = baseLanguage(document!.language);
		const fields = fieldsOf({ title, keywords, body, language });
		return {
			kind,
			id,
			document: document!,
			language,
			fields,
			facets: { ...(date && { year: String(date.year) }), ...facets, kind },
		};
	});
	const stemOf = await stemmer(
		tx,
		read.flatMap(({ fields, language }) => [...wordsToStem(fields, language)]),
	);
	const rows = read.map(({ kind, id, document, language, fields, facets }) => ({
		kind,
		id,
		audience: document.audience,
		organisation: document.organisationId ?? null,
		language: document.language,
		title: document.title,
		keywords: document.keywords,
		body: document.body,
		href: document.href,
		date: document.date?.toString() ?? null,
		facets,
		vector: vectorOf(fields, language, stemOf, facets),
	}));
	// half a sign, left by a cut, is no JSON
	const given = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value));
	// what everybody may find stands in small rows, too: those are what a search over all towns counts
	await sql`
		with r as materialized (
			select kind, id, audience, organisation, language, title, array(select jsonb_array_elements_text(keywords)) as keywords, body,
				href, date, facets, vector::tsvector as vector
			from jsonb_to_recordset(${given}::jsonb) as r (kind text, id uuid, audience text, organisation uuid, language text,
				title text, keywords jsonb, body text, href text, date date, facets jsonb, vector text)
		), kept as (
			insert into kernel.search_document (body_id, kind, object_id, audience, organisation_id, language, title, keywords, body,
				href, date, facets, vector, first_at)
			select ${tx.body.id}, kind, id, audience, organisation, language, title, keywords, body, href, date, facets, vector, ${tx.now} from r
			on conflict (body_id, kind, object_id) do update set audience = excluded.audience,
				organisation_id = excluded.organisation_id, language = excluded.language, title = excluded.title,
				keywords = excluded.keywords, body = excluded.body, href = excluded.href, date = excluded.date,
				facets = excluded.facets, vector = excluded.vector, indexed_at = now(),
				first_at = case when kernel.search_document.audience <> 'public' and excluded.audience = 'public' then excluded.first_at
					else kernel.search_document.first_at end
		), closed as (
			delete from kernel.search_match m using r
			where m.body_id = ${tx.body.id} and m.kind = r.kind and m.object_id = r.id and r.audience <> 'public'
		)
		insert into kernel.search_match (body_id, kind, object_id, date, facets, vector)
		select ${tx.body.id}, kind, id, date, kernel.search_common_facets(kernel.search_facet_values(facets)), vector from r
		where audience = 'public'
		on conflict (body_id, kind, object_id) do update set date = excluded.date, facets = excluded.facets, vector = excluded.vector`.execute(
		tx.db,
	);
	return read.flatMap(({ fields }) => vocabularyOf(fields));
}

/** New words get the next number of the town's vocabulary; its row stays locked until the end, so numbers come into sight in their order. */
async function learn(tx: WriteCtx, words: string[]): Promise<void> {
	await sql`
		with fresh as materialized (
			select word, n from unnest(${words}::text[]) with ordinality as w (word, n)
			where not exists (select 1 from kernel.search_word k where k.body_id = ${tx.body.id} and k.word = w.word)
		), numbered as (
			insert into kernel.search_vocabulary as v (body_id, version) select ${tx.body.id}, 1 where exists (select from fresh)
			on conflict (body_id) do update set version = v.version + 1 returning version
		)
		insert into kernel.search_word (body_id, word, version)
		select ${tx.body.id}, word, version from fresh cross join numbered order by n on conflict do nothing`.execute(tx.db);
}
