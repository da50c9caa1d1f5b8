-- Search in a million documents, in one town or in all of an installation (docs/kernel/search.md).
create extension if not exists btree_gin;

-- Counting ten thousand matches touches ten thousand rows: they stay small, their texts lie apart; facets are read with them.
alter table kernel.search_document set (toast_tuple_target = 256);
alter table kernel.search_document alter column facets set storage main;

-- Since when everybody may find it: what is new of a search. Rows that were there before are no news.
alter table kernel.search_document add column first_at timestamptz not null default now();
create index search_document_first on kernel.search_document (body_id, first_at) where audience = 'public';

drop index kernel.search_document_vector;
create index search_document_vector on kernel.search_document using gin (body_id, vector) with (gin_pending_list_limit = 512);
create index search_document_newest on kernel.search_document (audience, date desc);

drop index kernel.search_word_similar;
create index search_word_similar on kernel.search_word using gin (body_id, word gin_trgm_ops) with (gin_pending_list_limit = 512);

-- Beside its words a vector has "t:word" for words of title and keywords, and "f:facet=value" (src/kernel/search/lexemes.ts).
update kernel.search_document d set vector = d.vector
	|| array_to_tsvector(array(select 't:' || w from unnest(tsvector_to_array(ts_filter(d.vector, '{a,b}'))) w))
	|| array_to_tsvector(array(select distinct 'f:' || key || '=' || left(value, 200) from jsonb_each_text(d.facets) where value <> ''));
