-- Who did what (docs/kernel/audit.md). Entries and seals are never changed, not even by the owner: a trigger refuses.
-- Personal values lie beside the entry and may be erased; the entry keeps only their salted hash, so the seal stays valid.

create table kernel.audit_entry (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	at timestamptz not null default clock_timestamp(),
	-- the sealed day, in UTC: the same everywhere and never 23 or 25 hours long
	day date not null generated always as ((at at time zone 'UTC')::date) stored,
	actor_kind text not null check (actor_kind in ('visitor', 'person', 'operator', 'system')),
	account_id text,
	person_id uuid,
	request_id text not null,
	-- the object and the act: 'council.meeting', 'published'
	kind text not null,
	object_id uuid not null,
	act text not null,
	-- names of all changed fields, and the values of those that are not personal
	fields text[] not null,
	plain jsonb not null,
	-- sha-256 of salt and personal values; null when no field is personal
	personal_hash text,
	primary key (body_id, id)
);
create index audit_entry_day on kernel.audit_entry (body_id, day, id);
create index audit_entry_object on kernel.audit_entry (body_id, kind, object_id, id desc);
create index audit_entry_account on kernel.audit_entry (body_id, account_id, id desc) where account_id is not null;
select kernel.guard('kernel.audit_entry', 'select, insert');

create table kernel.audit_value (
	body_id uuid not null,
	entry_id uuid not null,
	-- person whom the values are about, when there is one: their erasure takes this row along
	subject_id uuid,
	values jsonb not null,
	salt text not null,
	at timestamptz not null default clock_timestamp(),
	primary key (body_id, entry_id),
	foreign key (body_id, entry_id) references kernel.audit_entry (body_id, id)
);
create index audit_value_subject on kernel.audit_value (body_id, subject_id) where subject_id is not null;
create index audit_value_at on kernel.audit_value (body_id, at);
select kernel.guard('kernel.audit_value', 'select, insert, delete');

-- One seal a day with entries: a hash over the day's entries and the seal before it.
create table kernel.audit_seal (
	body_id uuid not null references kernel.town (id),
	day date not null,
	entries int not null check (entries > 0),
	previous text not null,
	hash text not null,
	sealed_at timestamptz not null default clock_timestamp(),
	primary key (body_id, day)
);
select kernel.guard('kernel.audit_seal', 'select, insert');

create function kernel.refuse_change() returns trigger language plpgsql as $$
begin
	raise exception 'the table %.% only grows', tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger only_grows before update or delete or truncate on kernel.audit_entry
	for each statement execute function kernel.refuse_change();
create trigger only_grows before update or delete or truncate on kernel.audit_seal
	for each statement execute function kernel.refuse_change();
create trigger values_never_change before update or truncate on kernel.audit_value
	for each statement execute function kernel.refuse_change();
