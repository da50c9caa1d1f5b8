-- The functions of the search, all of them (docs/kernel/search.md). Tables and indexes come from the migrations before.
-- A database that had them with other parameters loses those.
drop function if exists kernel.search(uuid, jsonb, tsquery, tsquery, tsquery, tsquery, text[], jsonb, boolean, jsonb, int, int);
drop function if exists kernel.search_answer(uuid, jsonb, tsquery, tsquery, tsquery, tsquery, text[], jsonb, boolean, jsonb, int, int,
	int, date, int, date, date, boolean, date);
drop function if exists kernel.search_expected(uuid, tsquery);
drop function if exists kernel.search_days();
drop function if exists kernel.search_since(text, float8);
drop function if exists kernel.search_in_years(tsquery, date);
drop function if exists kernel.search_similar(uuid, jsonb, text, tsquery);

-- The days between which there are equally many documents, as the statistics know them: five hundred, as text. Reading them all costs more than
-- the rest of a search, so only the one that is wanted is read.
create function kernel.search_days() returns text
language sql stable set search_path = pg_catalog, public, pg_temp as $$
	select trim('{}' from histogram_bounds::text) from pg_stats
	where schemaname = 'kernel' and tablename = 'search_document' and attname = 'date'
$$;

-- The day from which on there is this share of all documents, or a little more; null: from the beginning.
create function kernel.search_since(days text, share float8) returns date
language sql immutable as $$
	select case when share < 1 then split_part(days, ',', 1 + floor((length(days) / 11) * (1 - share))::int)::date end
$$;

-- The search asks the planner how many documents have a word: it should know the five thousand most frequent. More would cost more at each look.
alter table kernel.search_document alter column date set statistics 500, alter column vector set statistics 500;

-- What PostgreSQL knows by its statistics of how frequent words are, of the days, and of how many documents a town has; kept in the memory of
-- the program (src/kernel/search/statistics.ts): asking the planner anew cost a question 1 to 4 ms.
create function kernel.search_statistics() returns jsonb
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
	select jsonb_build_object(
		'documents', (select greatest(reltuples, 0) from pg_class where oid = 'kernel.search_document'::regclass),
		'days', (select string_to_array(kernel.search_days(), ',')),
		'words', (select jsonb_build_object('known', most_common_elems::text::text[], 'shares', most_common_elem_freqs)
			from pg_stats where schemaname = 'kernel' and tablename = 'search_document' and attname = 'vector'),
		'towns', (select jsonb_build_object('known', most_common_vals::text::text[], 'shares', most_common_freqs, 'distinct', n_distinct)
			from pg_stats where schemaname = 'kernel' and tablename = 'search_document' and attname = 'body_id'))
$$;

-- A query that only documents since the year of this day match: for them the index knows their years.
create function kernel.search_in_years(wanted tsquery, since date) returns tsquery
language sql stable set search_path = pg_catalog, public, pg_temp as $$
	select case when since is null then wanted else wanted && (
		select string_agg(format('''f:year=%s''', year), ' | ')::tsquery
		from generate_series(extract(year from since)::int, extract(year from now())::int + 2) year) end
$$;

-- What kernel.search answers with, of documents since some day; to be called by it alone. All of it is one moment of the database
-- (stable), so places of rows (ctid) stay right. Its statements are planned once a connection: planning them takes longer than they do.
create function kernel.search_answer(town uuid, sight jsonb, wanted tsquery, strong tsquery, titled tsquery, narrow tsquery,
	marked text[], chosen jsonb, by_date boolean, after jsonb, take int, per_kind int,
	read int, since date, narrow_read int, narrow_since date, title_since date, sorted boolean, best_since date) returns jsonb
language plpgsql stable set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
-- looking ahead for each page costs more than it brings where most pages are in memory
set effective_io_concurrency = 0 as $$
declare
	-- Ranked are so many of the newest, and as many of the newest with the words in their titles; the first page is among them.
	ranked constant int := greatest(50, case when per_kind is null then take end);
	plain constant boolean := by_date or wanted is null;
	recent constant date := '2023-01-01';
	public_only constant boolean := sight -> 'audiences' = '["public"]';
	after_rank constant numeric := after ->> 0;
	after_date constant date := after ->> 1;
	after_id constant uuid := after ->> 2;
	total int;
	-- values of facets as 'facet=value', and how many matches have each
	facets text[];
	found int[];
	-- over all towns: how many matches a town has, and how many there are of a kind in a year
	towns uuid[];
	kinds text[];
	years int[];
	best tid[];
	rest tid[];
	hits jsonb;
	sought tsquery := wanted;
	lean boolean := false;
	first_day constant date := case when narrow is null then since else narrow_since end;
begin
	sorted := sorted or since is not null or narrow_since is not null;
	if town is null then
		-- in an index of their own the newest are found by their day; others by their year
		if since < recent then sought := kernel.search_in_years(wanted, since); since := null; end if;
		if narrow_since < recent then narrow := kernel.search_in_years(narrow, narrow_since); narrow_since := null; end if;
		if title_since < recent then titled := kernel.search_in_years(titled, title_since); title_since := null; end if;
		-- Thousands are counted without being kept; the newest come from their own index.
		if best_since >= recent and after is null and narrow is null and since is null and not sorted and not plain then
			with counts as materialized (
				select m.body_id, m.kind, m.year, count(*)::int as n
				from (select d.body_id, d.kind, date_part('year', d.date)::int as year from kernel.search_document d
					where d.audience = 'public' and d.vector @@ sought limit read + 1) m
				group by grouping sets ((m.body_id), (m.kind, m.year))
			), best as (
				(select d.ctid as tid from kernel.search_document d
					where d.audience = 'public' and d.date >= '2023-01-01' and d.date >= best_since and d.vector @@ sought
					order by d.date desc nulls last limit ranked)
				union
				(select d.ctid from kernel.search_document d
					where titled is not null and title_since is null and d.audience = 'public' and d.vector @@ titled
					order by d.date desc nulls last limit ranked)
				union
				(select d.ctid from kernel.search_document d
					where titled is not null and title_since is not null
					and d.audience = 'public' and d.date >= '2023-01-01' and d.date >= title_since and d.vector @@ titled
					order by d.date desc nulls last limit ranked)
			)
			select (select coalesce(sum(n), 0) from counts where body_id is null), (select array_agg(tid) from best), c.*
			from (select array_agg(body_id), array_agg(kind), array_agg(year), array_agg(n) from counts) c
			into total, best, towns, kinds, years, found;
			lean := coalesce(array_length(best, 1), 0) >= least(total, ranked);
		end if;
		if not lean then
		with matched as materialized (
			(select d.ctid as tid, d.object_id, d.date, d.body_id, d.kind from kernel.search_document d
				where wanted is not null and narrow is null and since is null and not sorted and d.audience = 'public' and d.vector @@ sought limit read + 1)
			union all
			(select d.ctid, d.object_id, d.date, d.body_id, d.kind from kernel.search_document d
				where wanted is not null and narrow is null and since is null and sorted and d.audience = 'public' and d.vector @@ sought
				and (first_day is null or d.date >= first_day)
				order by d.date desc nulls last limit read + 1)
			union all
			(select d.ctid as tid, d.object_id, d.date, d.body_id, d.kind from kernel.search_document d
				where wanted is not null and narrow is null and since is not null
				and d.audience = 'public' and d.date >= '2023-01-01' and d.date >= since and d.vector @@ sought
				order by d.date desc nulls last limit read + 1)
			union all
			(select d.ctid as tid, d.object_id, d.date, d.body_id, d.kind from kernel.search_document d
				where wanted is null and narrow is null and d.audience = 'public' order by d.date desc nulls last limit read + 1)
			union all
			(select d.ctid as tid, d.object_id, d.date, d.body_id, d.kind from kernel.search_document d
				where narrow is not null and narrow_since is null and not sorted and d.audience = 'public' and d.vector @@ narrow limit narrow_read + 1)
			union all
			(select d.ctid, d.object_id, d.date, d.body_id, d.kind from kernel.search_document d
				where narrow is not null and narrow_since is null and sorted and d.audience = 'public' and d.vector @@ narrow
				and (first_day is null or d.date >= first_day)
				order by d.date desc nulls last limit narrow_read + 1)
			union all
			(select d.ctid as tid, d.object_id, d.date, d.body_id, d.kind from kernel.search_document d
				where narrow is not null and narrow_since is not null
				and d.audience = 'public' and d.date >= '2023-01-01' and d.date >= narrow_since and d.vector @@ narrow
				order by d.date desc nulls last limit narrow_read + 1)
		), counts as materialized (
			select m.body_id, m.kind, m.year, count(*)::int as n
			from (select body_id, kind, date_part('year', date)::int as year from matched) m
			group by grouping sets ((m.body_id), (m.kind, m.year))
		), total as (select coalesce(sum(n), 0) as n from counts where body_id is null),
		best as materialized (
			(select tid from matched where not plain order by date desc nulls last limit ranked)
			union
			(select d.ctid from kernel.search_document d
				where titled is not null and not plain and title_since is null and d.audience = 'public' and d.vector @@ titled
				and (select n from total) > ranked order by d.date desc nulls last limit ranked)
			union
			(select d.ctid from kernel.search_document d
				where titled is not null and not plain and title_since is not null
				and d.audience = 'public' and d.date >= '2023-01-01' and d.date >= title_since and d.vector @@ titled
				and (select n from total) > ranked order by d.date desc nulls last limit ranked)
		), rest as (
			(select tid from (select m.tid, row_number() over (partition by m.kind order by m.date desc nulls last, m.object_id) as place
				from matched m where plain and per_kind is not null) m where place <= per_kind)
			union all
			(select m.tid from matched m where (plain or after is not null) and per_kind is null
				and not exists (select from best b where b.tid = m.tid)
				and (after is null or after_rank > 0 or coalesce(m.date, '-infinity') < after_date
					or coalesce(m.date, '-infinity') = after_date and m.object_id > after_id)
				order by m.date desc nulls last, m.object_id limit take)
		)
		select (select n from total), (select array_agg(tid) from best), (select array_agg(tid) from rest), c.*
		from (select array_agg(body_id), array_agg(kind), array_agg(year), array_agg(n) from counts) c
		into total, best, rest, towns, kinds, years, found;
		end if;
	else
		if since is not null then sought := kernel.search_in_years(wanted, since); end if;
		if narrow_since is not null then narrow := kernel.search_in_years(narrow, narrow_since); end if;
		if title_since is not null then titled := kernel.search_in_years(titled, title_since); end if;
		with matched as materialized (
			(select d.ctid as tid, d.object_id, d.date, d.kind, d.facet_values from kernel.search_document d
				where wanted is not null and d.body_id = town and d.vector @@ sought and (since is null or d.date >= since)
				and (d.audience = 'public' or not public_only and kernel.search_visible(d, sight))
				order by case when sorted then d.date end desc nulls last limit read + 1)
			union all
			(select d.ctid as tid, d.object_id, d.date, d.kind, d.facet_values from kernel.search_document d
				where wanted is null and d.body_id = town
				and (d.audience = 'public' or not public_only and kernel.search_visible(d, sight))
				order by d.date desc nulls last limit read + 1)
		), filtered as (
			select m.tid, m.object_id, m.date, m.kind from matched m where narrow is null
			union all
			(select d.ctid as tid, d.object_id, d.date, d.kind from kernel.search_document d
				where narrow is not null and d.body_id = town and d.vector @@ narrow and (narrow_since is null or d.date >= narrow_since)
				and (d.audience = 'public' or not public_only and kernel.search_visible(d, sight))
				order by case when sorted then d.date end desc nulls last limit narrow_read + 1)
		), total as (select count(*) as n from filtered),
		wish as materialized (
			select c.key, array(select c.key || '=' || v from jsonb_array_elements_text(c.value) v) as among from jsonb_each(chosen) c
		), counts as (
			select v.value, count(*)::int as n from matched m cross join unnest(m.facet_values) v (value) where chosen = '{}' group by v.value
			union all
			select v.value, count(*)::int as n from matched m
			cross join lateral (select count(*) as many, min(w.key) as one from wish w where not m.facet_values && w.among) missing
			cross join unnest(m.facet_values) v (value)
			where chosen <> '{}' and (missing.many = 0 or missing.many = 1 and starts_with(v.value, missing.one || '='))
			group by v.value
		), best as materialized (
			(select tid from filtered where not plain order by date desc nulls last limit ranked)
			union
			(select d.ctid from kernel.search_document d
				where titled is not null and not plain and d.body_id = town and d.vector @@ titled
				and (d.audience = 'public' or not public_only and kernel.search_visible(d, sight))
				and (select n from total) > ranked order by d.date desc nulls last limit ranked)
		), rest as (
			(select tid from (select m.tid, row_number() over (partition by m.kind order by m.date desc nulls last, m.object_id) as place
				from filtered m where plain and per_kind is not null) m where place <= per_kind)
			union all
			(select m.tid from filtered m where (plain or after is not null) and per_kind is null
				and not exists (select from best b where b.tid = m.tid)
				and (after is null or after_rank > 0 or coalesce(m.date, '-infinity') < after_date
					or coalesce(m.date, '-infinity') = after_date and m.object_id > after_id)
				order by m.date desc nulls last, m.object_id limit take)
		)
		select (select n from total), (select array_agg(tid) from best), (select array_agg(tid) from rest),
			(select array_agg(value) from counts), (select array_agg(n) from counts)
		into total, best, rest, facets, found;
	end if;
	with weighed as (
		select d.ctid as tid, d.object_id, d.kind, d.date, round(case
			when v.vector @@ strong then 1 + 3 * ts_rank('{0.05, 0.2, 0.5, 1}', v.vector, strong) / sqrt(greatest(length(v.vector), 1))
			-- ranking by all compounds would cost ten times as much: those count by where they stand
			when ts_filter(v.vector, '{a}') @@ wanted then 0.9
			when ts_filter(v.vector, '{b}') @@ wanted then 0.5
			else 0.1 end::numeric, 6) as rank
		from unnest(best) b (tid) join kernel.search_document d on d.ctid = b.tid
		-- fetched and unpacked once; lexemes without a place (of titles, of facets) weigh nothing
		cross join lateral (select ts_filter(d.vector, '{a,b,c,d}') as vector offset 0) v
		union all
		select d.ctid, d.object_id, d.kind, d.date, 0 from unnest(rest) r (tid) join kernel.search_document d on d.ctid = r.tid
	), placed as (
		select w.*, row_number() over (partition by case when per_kind is not null then kind end
			order by rank desc, date desc nulls last, object_id) as place
		from weighed w
		where after is null or w.rank < after_rank or w.rank = after_rank and (coalesce(w.date, '-infinity') < after_date
			or coalesce(w.date, '-infinity') = after_date and w.object_id > after_id)
	), page as materialized (
		select tid, rank from placed where per_kind is null or place <= per_kind
		order by rank desc, date desc nulls last, object_id limit take
	)
	select jsonb_agg(jsonb_build_object('town', d.body_id, 'kind', d.kind, 'id', d.object_id, 'language', d.language, 'title', d.title,
		'keywords', d.keywords, 'body', left(d.body, 60000), 'href', d.href, 'date', d.date, 'facets', d.facets,
		'key', jsonb_build_array(p.rank, coalesce(d.date, '-infinity'), d.object_id), 'positions', (
			select coalesce(jsonb_agg(distinct s.position), '[]')
			from unnest(d.vector) w (lexeme, positions, weights) cross join lateral unnest(w.positions) s (position)
			where w.lexeme in (select unnest(marked))
				or exists (select from unnest(marked) m where m like '%*' and starts_with(w.lexeme, rtrim(m, '*')))
		)) order by p.rank desc, d.date desc nulls last, d.object_id)
	from page p join kernel.search_document d on d.ctid = p.tid
	into hits;
	return jsonb_build_object('total', total, 'counted', total, 'hits', coalesce(hits, '[]'), 'facets', (
		select coalesce(jsonb_agg(jsonb_build_object('facet', c.key, 'value', c.value, 'count', c.n) order by c.key, c.n desc, c.value), '[]')
		from (select f.*, row_number() over (partition by f.key order by f.n desc, f.value) as place
			from (
				select split_part(one, '=', 1) as key, substr(one, strpos(one, '=') + 1) as value, n
				from unnest(facets, found) u (one, n) where town is not null and one is not null
				union all
				select 'town', g.at::text, g.n from unnest(towns, found) g (at, n) where g.at is not null
				union all
				select 'kind', g.kind, sum(g.n) from unnest(kinds, found) g (kind, n) where g.kind is not null group by g.kind
				union all
				select 'year', g.year::text, sum(g.n) from unnest(years, found) g (year, n) where g.year is not null group by g.year
			) f) c
		where c.place <= 60));
end $$;

-- One page of results with the number of all and the counts of facets, in the documents of a town that this reader sees; `town`
-- null: in the public documents of all towns.
-- `wanted` decides what matches (null: all), `strong` (the words without their compounds) ranks first, `titled` says the same
-- of title and keywords alone, `narrow` are chosen facets as lexemes. `marked` are the lexemes to highlight. `chosen` is
-- { facet: [value, …] }; a facet's own counts ignore its own choice, so that the others stay visible. `after` is the key of the
-- last hit seen. A page that shows several kinds shows the first few of each: only those are read whole (`per_kind`; null: all up to `take`).
--
-- What is frequent is not read to the end: where more than ten thousand matches (`most`) are expected the total is 10,001, and the newest few
-- hundred (`sample`) are read and counted (`counted`). `guess` is what the program expects by the statistics that it has in mind: whether only a sample
-- is read, of which share of all documents it comes and since which day that is; the same with the chosen facets; the day since which there are enough
-- with the words in their titles, and enough to be ranked. What turns out wrong is asked again here.
create function kernel.search(town uuid, sight jsonb, wanted tsquery, strong tsquery, titled tsquery, narrow tsquery,
	marked text[], chosen jsonb, by_date boolean, after jsonb, take int, per_kind int, guess jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set jit = off as $$
declare
	most constant int := guess -> 'most';
	-- and one more
	sample constant int := guess -> 'sample';
	read int := case when guess -> 'share' is null then most else sample end;
	narrow_read int := case when guess -> 'narrowShare' is null then most else sample end;
	share float8 := coalesce((guess -> 'share')::float8, 1);
	narrow_share float8 := coalesce((guess -> 'narrowShare')::float8, 1);
	since date := guess ->> 'since';
	narrow_since date := guess ->> 'narrowSince';
	days text;
	sorted boolean := false;
	answer jsonb;
	total int;
	enough int;
	slice float8;
begin
	if narrow is not null and wanted is not null then
		narrow := wanted && narrow;
		if titled is not null then titled := titled && narrow; end if;
	end if;
	loop
		answer := kernel.search_answer(town, sight, wanted, strong, titled, narrow, marked, chosen, by_date, after, take, per_kind,
			read, since, narrow_read, narrow_since, (guess ->> 'titleSince')::date, sorted, (guess ->> 'bestSince')::date);
		total := answer ->> 'total';
		if narrow is null then slice := case when since is null then 1 else share end; enough := read;
		else slice := case when narrow_since is null then 1 else narrow_share end; enough := narrow_read; end if;
		if slice < 1 then
			-- as many as this among so few days are more than ten thousand among all
			exit when total >= enough / 2 and (sorted or total > most * slice);
			-- The statistics said too much: look further back, or count them all. Far too much they say of words that stand side by side.
			if total < enough / 20 then
				read := most;
				narrow_read := most;
				share := 1;
				narrow_share := 1;
			elsif total < enough / 2 then
				share := share * 4;
				narrow_share := narrow_share * 4;
			elsif narrow is null then
				read := most;
				share := 1;
			else
				narrow_read := most;
				narrow_share := 1;
			end if;
		else
			exit when sorted or total <= enough or narrow is null and wanted is null;
			-- More than was expected: the newest of them, then.
			sorted := true;
			if narrow is null then read := sample; share := 0.9 * sample / total;
			else narrow_read := sample; narrow_share := 0.9 * sample / total; end if;
		end if;
		days := coalesce(days, kernel.search_days());
		since := kernel.search_since(days, share);
		narrow_since := kernel.search_since(days, narrow_share);
	end loop;
	if slice < 1 or total > enough then
		answer := answer || jsonb_build_object('total', most + 1);
	end if;
	return answer;
end $$;

-- Its parameter below is only known to who has called it.
do $$ begin perform similarity('a', 'b'); end $$;

-- For a word that no visible document has: a visible document with the word most like it. The document comes along
-- because the word is shown as that document spells it, so nothing of a closed one is ever shown.
create function kernel.search_similar(town uuid, sight jsonb, typed text, known_as tsquery) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
set pg_trgm.similarity_threshold = 0.3 as $$
begin
	if exists (select from kernel.search_document x
		where x.body_id = town and x.vector @@ known_as and kernel.search_visible(x, sight)) then return null; end if;
	return (
		select jsonb_build_object('word', near.word, 'title', d.title, 'keywords', d.keywords, 'body', d.body, 'language', d.language)
		from (
			select word, levenshtein(word, typed) as distance, similarity(word, typed) as alike
			from kernel.search_word
			where body_id = town and word % typed and length(word) < 60
				and levenshtein(word, typed) <= greatest(1, length(typed) / 3)
			order by distance, alike desc limit 30
		) near
		cross join lateral (
			select x.title, x.keywords, x.body, x.language from kernel.search_document x
			where x.body_id = town and x.vector @@ (quote_literal(near.word))::tsquery and kernel.search_visible(x, sight)
			order by x.object_id limit 1
		) d
		order by near.distance, near.alike desc limit 1);
end $$;

-- Forgets words of the running town that no document has any more.
create or replace function kernel.search_sweep() returns int
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
	if swept > 0 then
		insert into kernel.search_vocabulary as v (body_id, version, swept_at) values (current_setting('mitrat.body')::uuid, 1, 1)
		on conflict (body_id) do update set version = v.version + 1, swept_at = v.version + 1;
	end if;
	return swept;
end $$;

do $$ begin
	revoke all on function kernel.search, kernel.search_answer, kernel.search_similar, kernel.search_sweep, kernel.search_days, kernel.search_since,
		kernel.search_statistics, kernel.search_in_years from public;
	execute format('grant execute on function kernel.search, kernel.search_statistics, kernel.search_similar, kernel.search_sweep to %I', current_setting('mitrat.app_role'));
end $$;
