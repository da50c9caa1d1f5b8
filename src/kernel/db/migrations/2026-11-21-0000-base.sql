-- What every table of every module stands on: the list of towns and the guard that keeps towns apart.

create function kernel.current_body() returns uuid language sql stable
	as $$ select current_setting('mitrat.body')::uuid $$;

-- Puts a table behind row level security and opens it to the role of requests. Every table of a module calls it once.
-- The policy is written without a sub-select, which Citus would refuse; an unset mitrat.body is an error, not "all rows".
-- `rights` narrows what requests may do: append-only tables get 'select, insert'.
create function kernel.guard(target regclass, rights text default 'select, insert, update, delete') returns void
language plpgsql as $$
declare
	app_role text := current_setting('mitrat.app_role');
begin
	execute format('alter table %s enable row level security', target);
	execute format('alter table %s force row level security', target);
	execute format('create policy body_scope on %s using (body_id = current_setting(''mitrat.body'')::uuid) '
		|| 'with check (body_id = current_setting(''mitrat.body'')::uuid)', target);
	execute format('grant %s on %s to %I', rights, target, app_role);
end $$;

-- Opens a schema to the role of requests (its tables are granted one by one, through the guard).
create function kernel.open_schema(name text) returns void language plpgsql as $$
begin
	execute format('grant usage on schema %I to %I', name, current_setting('mitrat.app_role'));
end $$;

select kernel.open_schema('kernel');

-- The towns of this installation (OParl: Body). The one list without a tenant; requests may only read it.
create table kernel.town (
	id uuid primary key,
	name text not null,
	-- short name in the site's head, e.g. "Elbstadt"
	short_name text not null,
	-- official municipality key (Amtlicher Gemeindeschlüssel), if the town has one
	ags text,
	time_zone text not null default 'Europe/Berlin',
	-- host names that lead to this town; a town alone on its installation needs none
	hosts text[] not null default '{}',
	demonstration boolean not null default false,
	-- accent colour, gendered forms, contact addresses: see TownSettings in src/kernel/town.ts
	settings jsonb not null default '{}',
	created_at timestamptz not null default now(),
	modified_at timestamptz not null default now()
);
create unique index town_host on kernel.town (hosts) where hosts <> '{}';

do $$ begin
	execute format('grant select on kernel.town to %I', current_setting('mitrat.app_role'));
end $$;
