-- Reports of the retention runs: what was erased when, without the values.
create table kernel.retention_run (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	at timestamptz not null default now(),
	day date not null,
	-- [{ table, deleted, emptied, retention, before }]
	steps jsonb not null,
	primary key (body_id, id)
);
create index retention_run_at on kernel.retention_run (body_id, at desc);
select kernel.guard('kernel.retention_run', 'select, insert');
