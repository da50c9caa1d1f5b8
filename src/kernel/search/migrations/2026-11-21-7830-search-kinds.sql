-- Over all towns what is frequent is looked for among the newest alone: an index of their own with the day in front, a fifth of the
-- large one. A hundred thousand matches cost as little there as a thousand.
create index search_document_recent on kernel.search_document using gin (date, vector) with (gin_pending_list_limit = 512)
	where audience = 'public' and date >= '2023-01-01';

-- Of very many the newest thousand are read. A page that shows several kinds shows the first few of each: only those are read whole (`per_kind`; null: all up to `take`).
-- What else the function does is said in 2026-11-21-7820-search-rank.sql.
drop function kernel.search(uuid, jsonb, tsquery, tsquery, tsquery, tsquery, text[], jsonb, boolean, jsonb, int);

create function kernel.search(town uuid, sight jsonb, wanted tsquery, strong tsquery, titled tsquery, narrow tsquery,
	marked text[], chosen jsonb, by_date boolean, after jsonb, take int, per_kind int) returns jsonb
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set jit = off
-- The planner takes the look into a vector for cheap; it has to be fetched and unpacked for it.
set enable_indexscan = off set cpu_operator_cost = 0.05 as $$
declare
	most constant int := 10000;
	sample constant int := 1000;
	-- over all towns there are many good ones
	ranked constant int := case when town is null then 100 else 200 end;
	-- Fixed pieces of text only: whatever a reader typed travels as a parameter.
	seen text := case when town is null then 'd.audience = ''public'''
		when sight -> 'audiences' = '["public"]' then 'd.body_id = $1 and d.audience = ''public'''
		else 'd.body_id = $1 and kernel.search_visible(d, $2)' end;
	found text := seen || case when wanted is null then '' else ' and d.vector @@ $3' end;
	kept text := 'not exists (select from jsonb_each($8) c where not exists (select from jsonb_array_elements_text(c.value) v
		where coalesce(%s.facets -> c.key ? v, false)) %s)';
	narrowed text := seen || ' and d.vector @@ $6';
	newest text := ' order by d.date desc nulls last limit ';
	read int := most;
	narrow_read int := most;
	-- Several towns share kinds and years; the rest is each town's own.
	columns text := 'd.ctid as tid, d.object_id, d.date, d.body_id, d.kind' || case when town is null then '' else ', d.facets' end;
	filtered text := case when narrow is null then 'matched' else 'filtered' end;
	counted text := case when town is null then
		'select case when grouping(m.body_id) = 0 then ''town'' when grouping(m.kind) = 0 then ''kind'' else ''year'' end as key,
			coalesce(m.body_id::text, m.kind, m.year::text) as value, count(*) as n
			from (select body_id, kind, extract(year from date)::int as year from ' || filtered || ') m group by grouping sets ((m.body_id), (m.kind), (m.year))'
		else 'select e.key, v.value, sum(m.n) as n from (select facets, count(*) as n from matched group by facets) m
			cross join lateral jsonb_each(m.facets) e
			cross join lateral jsonb_array_elements_text(case jsonb_typeof(e.value) when ''array'' then e.value else jsonb_build_array(e.value) end) v (value)
			where v.value <> ''''' || case when chosen = '{}' then '' else ' and ' || format(kept, 'm', 'and c.key <> e.key') end || '
			group by e.key, v.value' end;
	ways text;
	share float8 := 1;
	title_share float8 := 1;
	expected float8 := 1;
	narrow_share float8 := 1;
	since date;
	narrow_since date;
	title_since date;
	answer jsonb;
begin
	if wanted is not null then
		expected := greatest(kernel.search_expected(seen, town, sight, wanted), 1);
		if expected > 1.1 * most then read := sample; end if;
		share := 1.2 * read / expected;
	end if;
	if narrow is not null then
		narrow := case when wanted is null then narrow else wanted && narrow end;
		narrow_share := greatest(kernel.search_expected(seen, town, sight, narrow), 1);
		if narrow_share > 1.1 * most then narrow_read := sample; end if;
		narrow_share := 1.2 * narrow_read / narrow_share;
		-- without words a frequent facet is found sooner along the dates
		if wanted is null and narrow_share < 0.5 then narrowed := seen || ' and ' || format(kept, 'd', ''); narrow_share := 1; end if;
	end if;
	if titled is not null then
		-- few are all ranked, whether they have the words in their titles or not
		titled := case when expected < ranked / 2 then null when narrow is null then titled else titled && narrow end;
		title_share := case when expected < 4 * ranked then 1
			else 2.0 * ranked / greatest(kernel.search_expected(seen, town, sight, titled), 1) end;
		if title_share < 1 then title_since := kernel.search_since(title_share); end if;
	end if;
	loop
		since := null;
		narrow_since := null;
		if share < 1 then since := kernel.search_since(share); end if;
		if narrow_share < 1 then narrow_since := kernel.search_since(narrow_share); end if;
		ways := 'with matched as materialized (select ' || columns || ' from kernel.search_document d where ' || found
			|| case when since is null then '' else ' and d.date >= $12' end || newest || read + 1 || ')'
			|| case when narrow is null then '' else ', filtered as materialized (select ' || columns || ' from kernel.search_document d where '
				|| narrowed || case when narrow_since is null then '' else ' and d.date >= $13' end || newest || narrow_read + 1 || ')' end
			|| ', total as (select count(*) as n from ' || filtered || '), counts as (' || counted || '), '
			|| case when wanted is null or by_date then 'weighed as (select tid, object_id, kind, date, 0::numeric as rank from ' || filtered
			else 'best as (
				(select tid from ' || filtered || ' order by date desc nulls last limit ' || ranked || ')'
				|| case when titled is null then '' else ' union (select d.ctid from kernel.search_document d where ' || seen || ' and d.vector @@ $5'
					|| case when title_since is null then '' else ' and d.date >= $14' end
					|| ' and (select n from total) > ' || ranked || ' order by d.date desc nulls last limit ' || ranked || ')' end || '
			), weighed as (
				select b.tid, d.object_id, d.kind, d.date, round(case
					when d.vector @@ $4 then 1 + 3 * ts_rank(''{0.05, 0.2, 0.5, 1}'', d.vector, $4) / sqrt(greatest(length(d.vector), 1))
					-- ranking by all compounds would cost ten times as much: those count by where they stand
					when ts_filter(d.vector, ''{a}'') @@ $3 then 0.9
					when ts_filter(d.vector, ''{b}'') @@ $3 then 0.5
					else 0.1 end::numeric, 6) as rank
				from best b join kernel.search_document d on d.ctid = b.tid'
				-- the first page is always among the best
				|| case when after is null then '' else ' union all select f.tid, f.object_id, f.kind, f.date, 0
					from ' || filtered || ' f where not exists (select from best b where b.tid = f.tid)' end end || ')';
		execute ways || ', page as (
			select tid, object_id, date, rank from ' || case when per_kind is null then 'weighed'
				else '(select *, row_number() over (partition by kind order by rank desc, date desc nulls last, object_id) as place from weighed)' end || ' w
			where true' || case when per_kind is null then '' else ' and w.place <= ' || per_kind end || case when after is null then '' else '
				and (w.rank < ($10 ->> 0)::numeric or w.rank = ($10 ->> 0)::numeric and (coalesce(w.date, ''-infinity'') < ($10 ->> 1)::date
					or coalesce(w.date, ''-infinity'') = ($10 ->> 1)::date and w.object_id > ($10 ->> 2)::uuid))' end || '
			order by w.rank desc, w.date desc nulls last, w.object_id limit $11
		)
		select jsonb_build_object(''total'', (select n from total), ''counted'', (select n from total),
			''facets'', coalesce((select jsonb_agg(jsonb_build_object(''facet'', key, ''value'', value, ''count'', n) order by key, n desc, value)
				from (select *, row_number() over (partition by key order by n desc, value) as place from counts where value is not null) c where place <= 60), ''[]''),
			''hits'', coalesce((
				select jsonb_agg(jsonb_build_object(''town'', d.body_id, ''kind'', d.kind, ''id'', d.object_id, ''language'', d.language, ''title'', d.title,
					''keywords'', d.keywords, ''body'', left(d.body, 60000), ''href'', d.href, ''date'', d.date, ''facets'', d.facets,
					''key'', jsonb_build_array(p.rank, coalesce(d.date, ''-infinity''), d.object_id), ''positions'', (
						select coalesce(jsonb_agg(distinct s.position), ''[]'')
						from unnest(d.vector) w (lexeme, positions, weights) cross join lateral unnest(w.positions) s (position)
						where w.lexeme = any ($7)' || case when exists (select from unnest(marked) x where x like '%*')
							then ' or exists (select from unnest($7) m where m like ''%*'' and starts_with(w.lexeme, rtrim(m, ''*'')))' else '' end || '
					)) order by p.rank desc, p.date desc nulls last, p.object_id)
				from page p join kernel.search_document d on d.ctid = p.tid), ''[]''))'
		into answer using town, sight, wanted, strong, titled, narrow, marked, chosen, by_date, after, take, since, narrow_since, title_since;
		-- The statistics said too much: look further back.
		exit when case when narrow is null then since is null else narrow_since is null end
			or (answer ->> 'total')::int > case when narrow is null then read else narrow_read end;
		share := share * 4;
		narrow_share := narrow_share * 4;
	end loop;
	if (answer ->> 'total')::int > (case when narrow is null then read else narrow_read end) then
		answer := answer || jsonb_build_object('total', most + 1, 'counted', case when narrow is null then read else narrow_read end);
	end if;
	return answer;
end $$;

-- Its parameter below is only known to who has called it.
do $$ begin perform similarity('a', 'b'); end $$;

-- The same as before, but a word that some document has is not looked up among those that are like it.
create or replace function kernel.search_similar(town uuid, sight jsonb, typed text, known_as tsquery) returns jsonb
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

do $$ begin
	revoke all on function kernel.search from public;
	execute format('grant execute on function kernel.search to %I', current_setting('mitrat.app_role'));
end $$;
