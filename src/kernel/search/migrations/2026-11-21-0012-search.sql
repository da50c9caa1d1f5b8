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

-- One page of results with the number of all and the counts of every facet. `wanted` decides what matches (null: all),
-- `strong` (the words without their compounds) ranks first, `marked` are the lexemes to highlight.
-- `chosen` is { facet: [value, …] }; a facet's own counts ignore its own choice, so that the others stay visible.
create function kernel.search(bodies uuid[], sight jsonb, wanted tsquery, strong tsquery, marked text[], chosen jsonb,
	by_date boolean, skip int, take int) returns jsonb
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
	-- two branches and no "or": with an "or" the index would be out of reach again
	with matched as materialized (
		select d.body_id, d.kind, d.object_id, d.facets, d.date,
			case when by_date then 0
				-- ranking by all compounds would cost ten times as much: those count by where they stand
				when d.vector @@ strong then 1 + ts_rank('{0.05, 0.2, 0.5, 1}', d.vector, strong, 1)
				when ts_filter(d.vector, '{a}') @@ wanted then 0.9
				when ts_filter(d.vector, '{b}') @@ wanted then 0.5
				else 0.1
			end as rank
		from kernel.search_document d
		where wanted is not null and d.body_id = any (bodies) and d.vector @@ wanted and kernel.search_visible(d, sight)
		union all
		select d.body_id, d.kind, d.object_id, d.facets, d.date, 0
		from kernel.search_document d
		where wanted is null and d.body_id = any (bodies) and kernel.search_visible(d, sight)
	), filtered as (
		select m.* from matched m
		where not exists (select 1 from jsonb_each(chosen) c where not c.value ? coalesce(m.facets ->> c.key, ''))
	), counts as (
		select f.key, f.value, count(*) as n
		from matched m cross join lateral jsonb_each_text(m.facets) f
		where not exists (select 1 from jsonb_each(chosen) c where c.key <> f.key and not c.value ? coalesce(m.facets ->> c.key, ''))
		group by f.key, f.value
	), page as (
		select * from filtered order by rank desc, date desc nulls last, object_id offset skip limit take
	)
	select jsonb_build_object(
		'total', (select count(*) from filtered),
		'facets', coalesce((select jsonb_agg(jsonb_build_object('facet', key, 'value', value, 'count', n) order by key, n desc, value) from counts), '[]'),
		'hits', coalesce((
			select jsonb_agg(jsonb_build_object('kind', d.kind, 'id', d.object_id, 'language', d.language, 'title', d.title,
				'keywords', d.keywords, 'body', d.body, 'href', d.href, 'date', d.date, 'facets', d.facets,
				'positions', (
					select coalesce(jsonb_agg(distinct p.position), '[]')
					from unnest(d.vector) w (lexeme, positions, weights) cross join lateral unnest(w.positions) p (position)
					where w.lexeme = any (marked) or exists (select 1 from unnest(marked) m where m like '%*' and starts_with(w.lexeme, rtrim(m, '*')))
				)) order by p.rank desc, p.date desc nulls last, p.object_id)
			from page p join kernel.search_document d on d.body_id = p.body_id and d.kind = p.kind and d.object_id = p.object_id), '[]'))
$$;

-- Words that contain a part; for compounds. What comes back is used for searching, never shown.
create function kernel.search_containing(bodies uuid[], part text, most int) returns setof text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
	select distinct word from kernel.search_word
	where body_id = any (bodies) and word like '%' || part || '%' and length(word) > length(part) + 1
	order by word limit most
$$;

-- For a word that no visible document has: a visible document with the word most like it. The document comes along
-- because the word is shown as that document spells it, so nothing of a closed one is ever shown.
create function kernel.search_similar(bodies uuid[], sight jsonb, typed text, known_as tsquery) returns jsonb
language sql stable security definer set search_path = pg_catalog, public, pg_temp
set pg_trgm.similarity_threshold = 0.3 as $$
	select jsonb_build_object('word', near.word, 'title', d.title, 'keywords', d.keywords, 'body', d.body, 'language', d.language)
	from (
		select body_id, word, levenshtein(word, typed) as distance, similarity(word, typed) as alike
		from kernel.search_word
		where body_id = any (bodies) and word % typed and length(word) < 60
			and levenshtein(word, typed) <= greatest(1, length(typed) / 3)
		order by distance, alike desc limit 30
	) near
	cross join lateral (
		select x.title, x.keywords, x.body, x.language from kernel.search_document x
		where x.body_id = near.body_id and x.vector @@ (quote_literal(near.word))::tsquery and kernel.search_visible(x, sight)
		order by x.object_id limit 1
	) d
	where not exists (
		select 1 from kernel.search_document x
		where x.body_id = any (bodies) and x.vector @@ known_as and kernel.search_visible(x, sight)
	)
	order by near.distance, near.alike desc limit 1
$$;

-- Forgets words of the running town that no document has any more.
create function kernel.search_sweep() returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
	swept int;
begin
	delete from kernel.search_word w
	where w.body_id = current_setting('mitrat.body')::uuid and not exists (
		select 1 from kernel.search_document d
		where d.body_id = w.body_id and d.vector @@ (quote_literal(w.word))::tsquery
	);
	get diagnostics swept = row_count;
	return swept;
end $$;

do $$ begin
	revoke all on function kernel.search, kernel.search_containing, kernel.search_similar, kernel.search_sweep from public;
	execute format('grant execute on function kernel.search, kernel.search_containing, kernel.search_similar, kernel.search_sweep to %I',
		current_setting('mitrat.app_role'));
end $$;
