-- What can be found (docs/kernel/search.md). Searching under row level security would not use the GIN index, because
-- text operators are not leakproof; so one function runs as the owner and takes towns and audiences as arguments. For
-- that the owner must be exempt from the policy here: no "force", unlike every other table.

create table kernel.search_document (
	body_id uuid not null references kernel.town (id),
	kind text not null,
	object_id uuid not null,
	audience text not null check (audience in ('public', 'members', 'office')),
	-- narrows 'members' to the members of one council body; empty: the members of any
	organisation_id uuid,
	language text not null,
	title text not null,
	keywords text[] not null,
	body text not null,
	href text not null,
	date date,
	facets jsonb not null default '{}',
	-- lexemes made by src/kernel/search/lexemes.ts; positions count the words of title, keywords and body through
	vector tsvector not null,
	indexed_at timestamptz not null default now(),
	primary key (body_id, kind, object_id)
);
create index search_document_vector on kernel.search_document using gin (vector);
create index search_document_date on kernel.search_document (body_id, audience, date desc);
select kernel.guard('kernel.search_document');
alter table kernel.search_document no force row level security;

-- Every word that a town's documents ever used, folded (src/kernel/search/fold.ts). Finds compounds ("Behörde" in
-- "Ausländerbehörde") and the nearest word to a typing error; words of closed documents are among them, so nothing is
-- ever shown from here without asking whether the reader may see a document that has it.
create table kernel.search_word (
	body_id uuid not null references kernel.town (id),
	word text not null,
	primary key (body_id, word)
);
create index search_word_similar on kernel.search_word using gin (word gin_trgm_ops);
select kernel.guard('kernel.search_word', 'select, insert, delete');
alter table kernel.search_word no force row level security;

-- Who sees a document: its audience is among the reader's, and it belongs to no single council body or to one of theirs
-- (null: all). See sightOf in src/kernel/changes/audience.ts.
create function kernel.search_visible(d kernel.search_document, sight jsonb) returns boolean language sql immutable as $$
	select sight -> 'audiences' ? d.audience
		and (d.organisation_id is null or d.audience = 'public'
			or coalesce(nullif(sight -> 'organisations' -> d.audience, 'null') ? d.organisation_id::text, true))
$$;

-- What searches, and what forgets words, stands in 2026-11-21-8430-search-functions.sql.
