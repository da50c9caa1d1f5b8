-- Requests may read towns and change none; what an administrator may decide about theirs has a function of its own.
-- The licence of the town's open data, a code of the German vocabulary; null: none is said (TownSettings in src/kernel/town.ts).
create function kernel.choose_licence(code text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
	update kernel.town set modified_at = now(), settings = settings || jsonb_build_object('openData',
		jsonb_strip_nulls(coalesce(settings -> 'openData', '{}') || jsonb_build_object('licence', code)))
	where id = current_setting('mitrat.body')::uuid;
	-- answers to programs name it, too: what is kept of them is old from now on
	update kernel.clock set told_seq = told_seq + 1, told_at = clock_timestamp() where body_id = current_setting('mitrat.body')::uuid;
end $$;
do $$ begin
	revoke all on function kernel.choose_licence from public;
	execute format('grant execute on function kernel.choose_licence to %I', current_setting('mitrat.app_role'));
end $$;
