-- What several people do to one thing at the same time, in the server's order: each operation once, with its way back.
create table kernel.operation (
	body_id uuid not null references kernel.town (id),
	-- what it was done to, such as 'meeting:<id>'
	room text not null,
	seq bigint not null,
	-- made by the client: the same one again is the same operation, however often it was sent
	client_id uuid not null,
	kind text not null,
	payload jsonb not null,
	result jsonb,
	-- rows as they were before and after; null: nothing to take back
	undo jsonb,
	account_id text,
	person_id uuid,
	-- when it happened, which is before it was received when the network was away
	at timestamptz not null,
	recorded_at timestamptz not null default now(),
	undoes bigint,
	undone_by bigint,
	primary key (body_id, room, seq),
	unique (body_id, client_id)
);
create index operation_person on kernel.operation (body_id, person_id);
select kernel.guard('kernel.operation');
