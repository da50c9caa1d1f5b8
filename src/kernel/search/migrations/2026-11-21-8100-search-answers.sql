-- What searching needs beside its table and indexes. The functions of the search stand in 2026-11-21-8430-search-functions.sql.
drop function if exists kernel.search(uuid, jsonb, tsquery, tsquery, tsquery, tsquery, text[], jsonb, boolean, jsonb, int);
drop function if exists kernel.search(uuid, jsonb, tsquery, tsquery, tsquery, tsquery, text[], jsonb, boolean, jsonb, int, int);
drop function if exists kernel.search_containing(uuid, text, int);
drop function if exists kernel.search_similar(uuid, jsonb, text, tsquery);
drop function if exists kernel.search_expected(text, uuid, jsonb, tsquery);
drop function if exists kernel.search_since(float8);

-- A town's vocabulary is kept in the memory of the program (src/kernel/search/vocabulary.ts): each addition has the next number, and
-- whoever knows less asks for the words since. Words that were taken out are no part of that: then all is read anew.
create table kernel.search_vocabulary (
	body_id uuid primary key references kernel.town (id),
	version bigint not null,
	swept_at bigint not null default 0
);
select kernel.guard('kernel.search_vocabulary', 'select, insert, update');
alter table kernel.search_word add column version bigint not null default 0;
create index search_word_version on kernel.search_word (body_id, version);

-- Facets as 'facet=value', to be counted: taking JSON apart costs five times as much.
create function kernel.search_facet_values(facets jsonb) returns text[]
language sql immutable parallel safe as $$
	select coalesce(array_agg(f.key || '=' || v.value), '{}')
	from jsonb_each(facets) f cross join lateral jsonb_array_elements_text(
		case jsonb_typeof(f.value) when 'array' then f.value else jsonb_build_array(f.value) end) v (value)
	where v.value <> ''
$$;
-- in one statement: rows that are there already are written anew, with these inside and the JSON apart
alter table kernel.search_document
	add column facet_values text[] generated always as (kernel.search_facet_values(facets)) stored,
	alter column facet_values set storage main,
	alter column facets set storage extended;

-- The search is told how many documents have a word by what the planner knows: that should be the five thousand most frequent.
alter table kernel.search_document alter column date set statistics 500, alter column vector set statistics 500;
