-- Old documents on their way to becoming records: what was uploaded, what was understood, what a person made of it.

create schema import;
select kernel.open_schema('import');

create table import.batch (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	created_at timestamptz not null default now(),
	created_by uuid,
	state text not null default 'reading' check (state in ('reading', 'paused', 'cancelled', 'read')),
	primary key (body_id, id)
);
select kernel.guard('import.batch');

create table import.document (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	batch_id uuid not null,
	file_id uuid not null,
	-- sha-512 of the bytes: the same file again is recognised
	sha512 text not null,
	name text not null,
	state text not null check (state in ('waiting', 'read', 'unreadable', 'reviewed', 'taken', 'discarded')),
	-- code of UnreadableFile or of the taking over that failed, with its parameters
	error jsonb,
	-- text as extracted; offsets of the reading point into it
	text text,
	-- what the program understood, never changed afterwards
	reading jsonb,
	-- the same shape as corrected by a person
	corrected jsonb,
	-- decisions of the reviewer by JSON pointer: accepted, changed, left out
	decisions jsonb not null default '{}',
	kind text,
	version int not null default 1,
	reviewed_at timestamptz,
	reviewed_by uuid,
	-- kind and id of the record it became, e.g. council.meeting
	taken_kind text,
	taken_id uuid,
	created_at timestamptz not null default now(),
	modified_at timestamptz not null default now(),
	primary key (body_id, id),
	foreign key (body_id, batch_id) references import.batch (body_id, id),
	foreign key (body_id, file_id) references kernel.file (body_id, id)
);
create index document_batch on import.document (body_id, batch_id, created_at);
create unique index document_once on import.document (body_id, sha512) where state <> 'discarded';
create index document_state on import.document (body_id, state);
select kernel.guard('import.document');
