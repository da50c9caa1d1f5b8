-- Counts the tables that have grown threefold since they were counted last (ANALYZE), for writes that fill empty tables in many steps:
-- PostgreSQL does it by itself only a minute later. The role of requests may not count tables; this counts nothing else.
create function kernel.count_grown() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
	grown regclass;
begin
	for grown in select c.oid from pg_class c where c.relkind = 'r' and pg_get_userbyid(c.relowner) = current_user
		and pg_relation_size(c.oid) / current_setting('block_size')::int > 3 * greatest(c.relpages, 0) + 1 order by c.oid
	loop
		execute format('analyze %s', grown);
	end loop;
end $$;
revoke all on function kernel.count_grown from public;

do $$ begin
	execute format('grant execute on function kernel.count_grown to %I', current_setting('mitrat.app_role'));
end $$;
