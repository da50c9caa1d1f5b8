-- What everybody may find, once more and in small rows: what a search over all towns matches, counts, groups and ranks by (docs/kernel/search.md).
-- Each match there costs a look at its row, and ten thousand of the large rows lie on as many pages. The write that keeps a document's
-- entry keeps this one; whatever takes the entry away takes this one along.
create table kernel.search_match (
	body_id uuid not null,
	object_id uuid not null,
	date date,
	year smallint generated always as (extract(year from date)) stored,
	kind text not null,
	vector tsvector not null,
	primary key (body_id, kind, object_id),
	foreign key (body_id, kind, object_id) references kernel.search_document on delete cascade
);
alter table kernel.search_match set (toast_tuple_target = 128);
select kernel.guard('kernel.search_match');
alter table kernel.search_match no force row level security;

-- Towns whose entries of before are not all there yet: as long as there is one, a search over all towns reads the large rows.
create table kernel.search_pending (
	body_id uuid primary key references kernel.town (id)
);
select kernel.guard('kernel.search_pending', 'select, delete');
alter table kernel.search_pending no force row level security;

-- Few are brought along here; many by a job of each town, while the program works (src/kernel/search/spread.ts).
do $$ declare town uuid; begin
	if (select count(*) from (select from kernel.search_document limit 20001) d) <= 20000 or to_regclass('graphile_worker._private_jobs') is null then
		insert into kernel.search_match (body_id, object_id, date, kind, vector)
			select body_id, object_id, date, kind, vector from kernel.search_document where audience = 'public';
	else
		for town in select id from kernel.town t where exists (select from kernel.search_document d where d.body_id = t.id and d.audience = 'public') loop
			insert into kernel.search_pending values (town);
			perform set_config('mitrat.body', town::text, true);
			perform kernel.enqueue_job('kernel.search.spread', null, null, 'spread', 25);
		end loop;
	end if;
	-- Both only served the search over all towns.
	if not exists (select from kernel.search_pending) then
		drop index kernel.search_document_recent, kernel.search_document_newest;
	end if;
end $$;
create index search_match_vector on kernel.search_match using gin (vector) with (gin_pending_list_limit = 512);
create index search_match_recent on kernel.search_match using gin (date, vector) with (gin_pending_list_limit = 512) where date >= '2023-01-01';

-- What kernel.search answers with over all towns, as kernel.search_answer does; to be called by it alone.
create function kernel.search_everywhere(wanted tsquery, strong tsquery, titled tsquery, narrow tsquery,
	marked text[], by_date boolean, after jsonb, take int, per_kind int,
	read int, since date, narrow_read int, narrow_since date, title_since date, sorted boolean, best_since date) returns jsonb
language plpgsql stable set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
set effective_io_concurrency = 0 as $$
declare
	-- Ranked are so many of the newest, and as many of the newest with the words in their titles; the first page is among them.
	ranked constant int := greatest(50, case when per_kind is null then take end);
	plain constant boolean := by_date or wanted is null;
	recent constant date := '2023-01-01';
	after_rank constant numeric := after ->> 0;
	after_date constant date := after ->> 1;
	after_id constant uuid := after ->> 2;
	total int;
	-- how many matches a town has, and how many there are of a kind in a year
	found int[];
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
	-- in an index of their own the newest are found by their day; others by their year
	if since < recent then sought := kernel.search_in_years(wanted, since); since := null; end if;
	if narrow_since < recent then narrow := kernel.search_in_years(narrow, narrow_since); narrow_since := null; end if;
	if title_since < recent then titled := kernel.search_in_years(titled, title_since); title_since := null; end if;
	-- Thousands are counted without being kept; the newest come from their own index.
	if best_since >= recent and after is null and narrow is null and since is null and not sorted and not plain then
		with counts as materialized (
			select m.body_id, m.kind, m.year, count(*)::int as n
			from (select d.body_id, d.kind, d.year from kernel.search_match d
				where d.vector @@ sought limit read + 1) m
			group by grouping sets ((m.body_id), (m.kind, m.year))
		), best as (
			(select d.ctid as tid from kernel.search_match d
				where d.date >= '2023-01-01' and d.date >= best_since and d.vector @@ sought
				order by d.date desc nulls last limit ranked)
			union
			(select d.ctid from kernel.search_match d
				where titled is not null and title_since is null and d.vector @@ titled
				order by d.date desc nulls last limit ranked)
			union
			(select d.ctid from kernel.search_match d
				where titled is not null and title_since is not null
				and d.date >= '2023-01-01' and d.date >= title_since and d.vector @@ titled
				order by d.date desc nulls last limit ranked)
		)
		select (select coalesce(sum(n), 0) from counts where body_id is null), (select array_agg(tid) from best), c.*
		from (select array_agg(body_id), array_agg(kind), array_agg(year), array_agg(n) from counts) c
		into total, best, towns, kinds, years, found;
		lean := coalesce(array_length(best, 1), 0) >= least(total, ranked);
	end if;
	if not lean then
	with matched as materialized (
		(select d.ctid as tid, d.object_id, d.date, d.year, d.body_id, d.kind from kernel.search_match d
			where wanted is not null and narrow is null and since is null and not sorted and d.vector @@ sought limit read + 1)
		union all
		(select d.ctid, d.object_id, d.date, d.year, d.body_id, d.kind from kernel.search_match d
			where wanted is not null and narrow is null and since is null and sorted and d.vector @@ sought
			and (first_day is null or d.date >= first_day)
			order by d.date desc nulls last limit read + 1)
		union all
		(select d.ctid as tid, d.object_id, d.date, d.year, d.body_id, d.kind from kernel.search_match d
			where wanted is not null and narrow is null and since is not null
			and d.date >= '2023-01-01' and d.date >= since and d.vector @@ sought
			order by d.date desc nulls last limit read + 1)
		union all
		(select d.ctid as tid, d.object_id, d.date, d.year, d.body_id, d.kind from kernel.search_match d
			where wanted is null and narrow is null order by d.date desc nulls last limit read + 1)
		union all
		(select d.ctid as tid, d.object_id, d.date, d.year, d.body_id, d.kind from kernel.search_match d
			where narrow is not null and narrow_since is null and not sorted and d.vector @@ narrow limit narrow_read + 1)
		union all
		(select d.ctid, d.object_id, d.date, d.year, d.body_id, d.kind from kernel.search_match d
			where narrow is not null and narrow_since is null and sorted and d.vector @@ narrow
			and (first_day is null or d.date >= first_day)
			order by d.date desc nulls last limit narrow_read + 1)
		union all
		(select d.ctid as tid, d.object_id, d.date, d.year, d.body_id, d.kind from kernel.search_match d
			where narrow is not null and narrow_since is not null
			and d.date >= '2023-01-01' and d.date >= narrow_since and d.vector @@ narrow
			order by d.date desc nulls last limit narrow_read + 1)
	), counts as materialized (
		select m.body_id, m.kind, m.year, count(*)::int as n
		from matched m
		group by grouping sets ((m.body_id), (m.kind, m.year))
	), total as (select coalesce(sum(n), 0) as n from counts where body_id is null),
	best as materialized (
		(select tid from matched where not plain order by date desc nulls last limit ranked)
		union
		(select d.ctid from kernel.search_match d
			where titled is not null and not plain and title_since is null and d.vector @@ titled
			and (select n from total) > ranked order by d.date desc nulls last limit ranked)
		union
		(select d.ctid from kernel.search_match d
			where titled is not null and not plain and title_since is not null
			and d.date >= '2023-01-01' and d.date >= title_since and d.vector @@ titled
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
	with weighed as (
		select d.body_id, d.object_id, d.kind, d.date, round(case
			when v.vector @@ strong then 1 + 3 * ts_rank('{0.05, 0.2, 0.5, 1}', v.vector, strong) / sqrt(greatest(length(v.vector), 1))
			-- ranking by all compounds would cost ten times as much: those count by where they stand
			when ts_filter(v.vector, '{a}') @@ wanted then 0.9
			when ts_filter(v.vector, '{b}') @@ wanted then 0.5
			else 0.1 end::numeric, 6) as rank
		from unnest(best) b (tid) join kernel.search_match d on d.ctid = b.tid
		-- fetched and unpacked once; lexemes without a place (of titles, of facets) weigh nothing
		cross join lateral (select ts_filter(d.vector, '{a,b,c,d}') as vector offset 0) v
		union all
		select d.body_id, d.object_id, d.kind, d.date, 0 from unnest(rest) r (tid) join kernel.search_match d on d.ctid = r.tid
	), placed as (
		select w.*, row_number() over (partition by case when per_kind is not null then kind end
			order by rank desc, date desc nulls last, object_id) as place
		from weighed w
		where after is null or w.rank < after_rank or w.rank = after_rank and (coalesce(w.date, '-infinity') < after_date
			or coalesce(w.date, '-infinity') = after_date and w.object_id > after_id)
	), page as materialized (
		select body_id, kind, object_id, rank from placed where per_kind is null or place <= per_kind
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
	from page p
	-- by its key alone: with the audience beside it PostgreSQL may read the town's days instead
	cross join lateral (select w.* from kernel.search_document w
		where w.body_id = p.body_id and w.kind = p.kind and w.object_id = p.object_id offset 0) d
	where d.audience = 'public'
	into hits;
	return jsonb_build_object('total', total, 'counted', total, 'hits', coalesce(hits, '[]'), 'facets', (
		select coalesce(jsonb_agg(jsonb_build_object('facet', c.key, 'value', c.value, 'count', c.n) order by c.key, c.n desc, c.value), '[]')
		from (select f.*, row_number() over (partition by f.key order by f.n desc, f.value) as place
			from (
				-- the first of them before they become text: sorting five hundred towns costs a millisecond
				select 'town' as key, g.at::text as value, g.n
				from (select at, n from unnest(towns, found) g (at, n) where at is not null order by n desc, at limit 60) g
				union all
				select 'kind', g.kind, sum(g.n) from unnest(kinds, found) g (kind, n) where g.kind is not null group by g.kind
				union all
				select 'year', g.year::text, sum(g.n) from unnest(years, found) g (year, n) where g.year is not null group by g.year
			) f) c
		where c.place <= 60));
end $$;


-- As before (see 2026-11-21-8430-search-functions.sql), and over all towns by the small rows.
create or replace function kernel.search(town uuid, sight jsonb, wanted tsquery, strong tsquery, titled tsquery, narrow tsquery,
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
	-- some town's entries are not yet among those of all
	unready constant boolean := town is null and exists (select from kernel.search_pending);
begin
	if narrow is not null and wanted is not null then
		narrow := wanted && narrow;
		if titled is not null then titled := titled && narrow; end if;
	end if;
	loop
		if town is null and not unready then
			answer := kernel.search_everywhere(wanted, strong, titled, narrow, marked, by_date, after, take, per_kind,
				read, since, narrow_read, narrow_since, (guess ->> 'titleSince')::date, sorted, (guess ->> 'bestSince')::date);
		else
			answer := kernel.search_answer(town, sight, wanted, strong, titled, narrow, marked, chosen, by_date, after, take, per_kind,
				read, since, narrow_read, narrow_since, (guess ->> 'titleSince')::date, sorted, (guess ->> 'bestSince')::date);
		end if;
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

do $$ begin
	revoke all on function kernel.search_everywhere from public;
end $$;
