-- A search over all towns counts type, topic, district and result, too (docs/kernel/search.md): the small rows have their values, as
-- 'facet=value' with U+001F between them. Town, kind and year have columns of their own; a council body says little outside of its town.
-- Null: an entry of before that is not through yet.
create function kernel.search_common_facets(facet_values text[]) returns text
language sql immutable parallel safe as $$
	select coalesce(string_agg(translate(v, E'\x1f', ' '), E'\x1f'), '')
	from unnest(facet_values) v where split_part(v, '=', 1) not in ('kind', 'year', 'body')
$$;
alter table kernel.search_match add column facets text;
alter table kernel.search_match alter column facets set storage main, alter column kind set storage main;

-- Few are filled here; many by the job of each town that fills the rows themselves (src/kernel/search/spread.ts).
do $$ declare town uuid; begin
	if (select count(*) from (select from kernel.search_match limit 20001) m) <= 20000 or to_regclass('graphile_worker._private_jobs') is null then
		update kernel.search_match m set facets = kernel.search_common_facets(d.facet_values) from kernel.search_document d
			where d.body_id = m.body_id and d.kind = m.kind and d.object_id = m.object_id;
	else
		for town in select id from kernel.town t where exists (select from kernel.search_match m where m.body_id = t.id) loop
			perform set_config('mitrat.body', town::text, true);
			perform kernel.enqueue_job('kernel.search.spread', null, null, 'spread', 25);
		end loop;
	end if;
end $$;

-- Three functions that answer alike, from one text; to be called by kernel.search alone:
--   search_answer      in one town, by the large rows
--   search_everywhere  over all towns, by the small rows
--   search_unspread    over all towns, by the large rows, as long as some town's are not yet among the small
-- All of an answer is one moment of the database (stable), so places of rows (ctid) stay right. Statements are planned once a connection:
-- planning them takes longer than they do.
drop function kernel.search_answer(uuid, jsonb, tsquery, tsquery, tsquery, tsquery, text[], jsonb, boolean, jsonb, int, int,
	int, date, int, date, date, boolean, date);
drop function kernel.search_everywhere(tsquery, tsquery, tsquery, tsquery, text[], boolean, jsonb, int, int,
	int, date, int, date, date, boolean, date);
do $build$ declare
	whole constant text := $whole$
create function kernel.{name}(town uuid, sight jsonb, wanted tsquery, strong tsquery, titled tsquery, narrow tsquery,
	marked text[], chosen jsonb, by_date boolean, after jsonb, take int, per_kind int,
	read int, since date, narrow_read int, narrow_since date, title_since date, sorted boolean, best_since date) returns jsonb
language plpgsql stable set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
-- looking ahead for each page costs more than it brings where most pages are in memory
set effective_io_concurrency = 0 as $function$
declare
	-- Ranked are so many of the newest, and as many of the newest with the words in their titles; the first page is among them.
	ranked constant int := greatest(50, case when per_kind is null then take end);
	-- Over all towns facets that only records tell are counted among so many of the newest: two thousand would cost nearly as much as all the rest.
	most_sampled constant int := 500;
	plain constant boolean := by_date or wanted is null;
	-- search_match_recent knows the days since then
	recent constant date := '2023-01-01';
	public_only constant boolean := sight -> 'audiences' = '["public"]';
	after_rank constant numeric := after ->> 0;
	after_date constant date := after ->> 1;
	after_id constant uuid := after ->> 2;
	total int;
	-- values of facets as 'facet=value', how many matches have each, and of how many that was counted
	facets text[];
	facets_found int[];
	sampled int;
	-- over all towns: how many matches a town has, and how many there are of a kind in a year
	towns uuid[];
	kinds text[];
	years int[];
	found int[];
	best tid[];
	rest tid[];
	hits jsonb;
	sought tsquery := wanted;
	newest tsquery;
	lean boolean := false;
	first_day constant date := case when narrow is null then since else narrow_since end;
begin
	sorted := sorted or since is not null or narrow_since is not null;
{matching}
	with weighed as (
		select d.ctid as tid, d.body_id, d.object_id, d.kind, d.date, round(case
			when v.vector @@ strong then 1 + 3 * ts_rank('{0.05, 0.2, 0.5, 1}', v.vector, strong) / sqrt(greatest(length(v.vector), 1))
			-- ranking by all compounds would cost ten times as much: those count by where they stand
			when ts_filter(v.vector, '{a}') @@ wanted then 0.9
			when ts_filter(v.vector, '{b}') @@ wanted then 0.5
			else 0.1 end::numeric, 6) as rank
		from unnest(best) b (tid) join {rows} d on d.ctid = b.tid
		-- fetched and unpacked once; lexemes without a place (of titles, of facets) weigh nothing
		cross join lateral (select ts_filter(d.vector, '{a,b,c,d}') as vector offset 0) v
		union all
		select d.ctid, d.body_id, d.object_id, d.kind, d.date, 0 from unnest(rest) r (tid) join {rows} d on d.ctid = r.tid
	), placed as (
		select w.*, row_number() over (partition by case when per_kind is not null then kind end
			order by rank desc, date desc nulls last, object_id) as place
		from weighed w
		where after is null or w.rank < after_rank or w.rank = after_rank and (coalesce(w.date, '-infinity') < after_date
			or coalesce(w.date, '-infinity') = after_date and w.object_id > after_id)
	), page as materialized (
		select tid, body_id, kind, object_id, rank from placed where per_kind is null or place <= per_kind
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
	from page p {whole row}
	into hits;
	return jsonb_build_object('total', total, 'counted', total, 'sampled', coalesce(sampled, total), 'hits', coalesce(hits, '[]'), 'facets', (
		select coalesce(jsonb_agg(jsonb_build_object('facet', c.key, 'value', c.value, 'count', c.n) order by c.key, c.n desc, c.value), '[]')
		from (select f.*, row_number() over (partition by f.key order by f.n desc, f.value) as place
			from (
				select split_part(one, '=', 1) as key, substr(one, strpos(one, '=') + 1) as value, n
				from unnest(facets, facets_found) u (one, n) where one is not null
				union all
				-- the first of them before they become text: sorting five hundred towns costs a millisecond
				select 'town', g.at::text, g.n
				from (select at, n from unnest(towns, found) g (at, n) where at is not null order by n desc, at limit 60) g
				union all
				select 'kind', g.kind, sum(g.n) from unnest(kinds, found) g (kind, n) where g.kind is not null group by g.kind
				union all
				select 'year', g.year::text, sum(g.n) from unnest(years, found) g (year, n) where g.year is not null group by g.year
			) f) c
		where c.place <= 60));
end $function$
$whole$;

	in_town constant text := $town$
	if since is not null then sought := kernel.search_in_years(wanted, since); end if;
	if narrow_since is not null then narrow := kernel.search_in_years(narrow, narrow_since); end if;
	if title_since is not null then titled := kernel.search_in_years(titled, title_since); end if;
	with matched as materialized (
		(select d.ctid as tid, d.object_id, d.date, d.kind, d.facet_values from kernel.search_document d
			where wanted is not null and d.body_id = town and d.vector @@ sought and (since is null or d.date >= since)
			and {shown}
			order by case when sorted then d.date end desc nulls last limit read + 1)
		union all
		(select d.ctid as tid, d.object_id, d.date, d.kind, d.facet_values from kernel.search_document d
			where wanted is null and d.body_id = town
			and {shown}
			order by d.date desc nulls last limit read + 1)
	), filtered as (
		select m.tid, m.object_id, m.date, m.kind from matched m where narrow is null
		union all
		(select d.ctid as tid, d.object_id, d.date, d.kind from kernel.search_document d
			where narrow is not null and d.body_id = town and d.vector @@ narrow and (narrow_since is null or d.date >= narrow_since)
			and {shown}
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
			and {shown}
			and (select n from total) > ranked order by d.date desc nulls last limit ranked)
	), rest as ({listed})
	select (select n from total), (select array_agg(tid) from best), (select array_agg(tid) from rest),
		(select array_agg(value) from counts), (select array_agg(n) from counts)
	into total, best, rest, facets, facets_found;
$town$;

	in_all constant text := $all$
	-- in an index of their own the newest are found by their day; others by their year
	if since < recent then sought := kernel.search_in_years(wanted, since); since := null; end if;
	if narrow_since < recent then narrow := kernel.search_in_years(narrow, narrow_since); narrow_since := null; end if;
	if title_since < recent then titled := kernel.search_in_years(titled, title_since); title_since := null; end if;
	-- Thousands are counted without being kept; the newest come from their own index.
	if best_since >= recent and after is null and narrow is null and since is null and not sorted and not plain then
		with counts as materialized (
			select m.body_id, m.kind, m.year, count(*)::int as n
			from (select d.body_id, d.kind, {year} as year from {rows} d where {shown} and d.vector @@ sought limit read + 1) m
			group by grouping sets ((m.body_id), (m.kind, m.year))
		), best as (
			(select d.ctid as tid from {rows} d
				where {shown} and d.date >= '2023-01-01' and d.date >= best_since and d.vector @@ sought
				order by d.date desc nulls last limit ranked)
			union
			(select d.ctid from {rows} d
				where titled is not null and title_since is null and {shown} and d.vector @@ titled
				order by d.date desc nulls last limit ranked)
			union
			(select d.ctid from {rows} d
				where titled is not null and title_since is not null
				and {shown} and d.date >= '2023-01-01' and d.date >= title_since and d.vector @@ titled
				order by d.date desc nulls last limit ranked)
		)
		select (select coalesce(sum(n), 0) from counts where body_id is null), (select array_agg(tid) from best), c.*
		from (select array_agg(body_id), array_agg(kind), array_agg(year), array_agg(n) from counts) c
		into total, best, towns, kinds, years, found;
		lean := coalesce(array_length(best, 1), 0) >= least(total, ranked);
	end if;
	if lean and total <= read then
		-- the newest of them are among those of the last years
		newest := kernel.search_in_years(wanted, (
			select make_date(max(y.year), 1, 1) from (
				select g.year, sum(sum(g.n)) over (order by g.year desc) as many
				from unnest(years, found) g (year, n) where g.year is not null group by g.year) y
			where y.many >= most_sampled));
		with sample as materialized (
			select {facets} as facets from {rows} d where {shown} and d.vector @@ newest order by d.date desc nulls last limit most_sampled
		){sampling}
		select (select n from sampling), c.* from (select array_agg(value), array_agg(n) from counts) c
		into sampled, facets, facets_found;
	elsif not lean then
	with matched as materialized (
		(select d.ctid as tid, d.object_id, d.date, {year} as year, d.body_id, d.kind, {facets} as facets from {rows} d
			where wanted is not null and narrow is null and since is null and not sorted and {shown} and d.vector @@ sought limit read + 1)
		union all
		(select d.ctid, d.object_id, d.date, {year}, d.body_id, d.kind, {facets} from {rows} d
			where wanted is not null and narrow is null and since is null and sorted and {shown} and d.vector @@ sought
			and (first_day is null or d.date >= first_day)
			order by d.date desc nulls last limit read + 1)
		union all
		(select d.ctid, d.object_id, d.date, {year}, d.body_id, d.kind, {facets} from {rows} d
			where wanted is not null and narrow is null and since is not null
			and {shown} and d.date >= '2023-01-01' and d.date >= since and d.vector @@ sought
			order by d.date desc nulls last limit read + 1)
		union all
		(select d.ctid, d.object_id, d.date, {year}, d.body_id, d.kind, {facets} from {rows} d
			where wanted is null and narrow is null and {shown} order by d.date desc nulls last limit read + 1)
		union all
		(select d.ctid, d.object_id, d.date, {year}, d.body_id, d.kind, {facets} from {rows} d
			where narrow is not null and narrow_since is null and not sorted and {shown} and d.vector @@ narrow limit narrow_read + 1)
		union all
		(select d.ctid, d.object_id, d.date, {year}, d.body_id, d.kind, {facets} from {rows} d
			where narrow is not null and narrow_since is null and sorted and {shown} and d.vector @@ narrow
			and (first_day is null or d.date >= first_day)
			order by d.date desc nulls last limit narrow_read + 1)
		union all
		(select d.ctid, d.object_id, d.date, {year}, d.body_id, d.kind, {facets} from {rows} d
			where narrow is not null and narrow_since is not null
			and {shown} and d.date >= '2023-01-01' and d.date >= narrow_since and d.vector @@ narrow
			order by d.date desc nulls last limit narrow_read + 1)
	), groups as materialized (
		select m.body_id, m.kind, m.year, count(*)::int as n
		from matched m
		group by grouping sets ((m.body_id), (m.kind, m.year))
	), total as (select coalesce(sum(n), 0) as n from groups where body_id is null),
	sample as materialized (
		select m.facets from matched m order by m.date desc nulls last limit most_sampled
	){sampling},
	best as materialized (
		(select tid from matched where not plain order by date desc nulls last limit ranked)
		union
		(select d.ctid from {rows} d
			where titled is not null and not plain and title_since is null and {shown} and d.vector @@ titled
			and (select n from total) > ranked order by d.date desc nulls last limit ranked)
		union
		(select d.ctid from {rows} d
			where titled is not null and not plain and title_since is not null
			and {shown} and d.date >= '2023-01-01' and d.date >= title_since and d.vector @@ titled
			and (select n from total) > ranked order by d.date desc nulls last limit ranked)
	), rest as ({listed})
	select (select n from total), (select array_agg(tid) from best), (select array_agg(tid) from rest), g.*, (select n from sampling), c.*
	from (select array_agg(body_id), array_agg(kind), array_agg(year), array_agg(n) from groups) g,
		(select array_agg(value), array_agg(n) from counts) c
	into total, best, rest, towns, kinds, years, found, sampled, facets, facets_found;
	end if;
	-- not all of them have said their facets yet
	if sampled is null then facets := null; end if;
$all$;

	-- values of facets among a sample of the matches, the first sixty of each facet
	sampling constant text := $sampling$, sampling as materialized (
		select case when count(*) = count(s.facets) then count(*)::int end as n, string_agg(nullif(s.facets, ''), E'\x1f') as said from sample s
	), counts as (
		select c.value, c.n from (
			select u.value, count(*)::int as n, row_number() over (partition by split_part(u.value, '=', 1) order by count(*) desc, u.value) as place
			-- as letters without a language: sorting them as German takes three times as long
			from (select unnest(string_to_array(s.said, E'\x1f')) collate "C" as value from sampling s) u group by u.value
		) c where c.place <= 60
	)$sampling$;

	-- what is listed without being ranked
	listed constant text := $listed$
		(select tid from (select m.tid, row_number() over (partition by m.kind order by m.date desc nulls last, m.object_id) as place
			from {matches} m where plain and per_kind is not null) m where place <= per_kind)
		union all
		(select m.tid from {matches} m where (plain or after is not null) and per_kind is null
			and not exists (select from best b where b.tid = m.tid)
			and (after is null or after_rank > 0 or coalesce(m.date, '-infinity') < after_date
				or coalesce(m.date, '-infinity') = after_date and m.object_id > after_id)
			order by m.date desc nulls last, m.object_id limit take)
	$listed$;

	-- by its key alone: with the audience beside it PostgreSQL may read the town's days instead
	if_public constant text := $public$
	cross join lateral (select w.* from kernel.search_document w
		where w.body_id = p.body_id and w.kind = p.kind and w.object_id = p.object_id offset 0) d
	where d.audience = 'public'$public$;

	one record;
	made text;
begin
	for one in select * from (values
		('search_answer', in_town, 'filtered', 'kernel.search_document',
			$$(d.audience = 'public' or not public_only and kernel.search_visible(d, sight))$$, '', '',
			'join kernel.search_document d on d.ctid = p.tid'),
		('search_everywhere', in_all, 'matched', 'kernel.search_match', 'true', 'd.year', 'd.facets', if_public),
		('search_unspread', in_all, 'matched', 'kernel.search_document', $$d.audience = 'public'$$, $$date_part('year', d.date)::int$$,
			'null::text', if_public)
	) v (name, matching, matches, rows, shown, year, facets, whole_row) loop
		made := replace(replace(replace(whole, '{matching}', one.matching), '{sampling}', sampling), '{listed}', listed);
		made := replace(replace(replace(made, '{name}', one.name), '{matches}', one.matches), '{rows}', one.rows);
		made := replace(replace(replace(made, '{shown}', one.shown), '{year}', one.year), '{facets}', one.facets);
		execute replace(made, '{whole row}', one.whole_row);
	end loop;
end $build$;

-- As before (see 2026-11-21-8430-search-functions.sql), by one of the three.
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
		if town is not null then
			answer := kernel.search_answer(town, sight, wanted, strong, titled, narrow, marked, chosen, by_date, after, take, per_kind,
				read, since, narrow_read, narrow_since, (guess ->> 'titleSince')::date, sorted, (guess ->> 'bestSince')::date);
		elsif unready then
			answer := kernel.search_unspread(town, sight, wanted, strong, titled, narrow, marked, chosen, by_date, after, take, per_kind,
				read, since, narrow_read, narrow_since, (guess ->> 'titleSince')::date, sorted, (guess ->> 'bestSince')::date);
		else
			answer := kernel.search_everywhere(town, sight, wanted, strong, titled, narrow, marked, chosen, by_date, after, take, per_kind,
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
	revoke all on function kernel.search_answer, kernel.search_everywhere, kernel.search_unspread from public;
end $$;
