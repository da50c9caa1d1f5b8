-- Files by content: the bytes lie in the store under their hash, this row says what a town knows about them.
create table kernel.file (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	sha512 text not null,
	size bigint not null,
	media_type text not null,
	format text not null,
	name text not null,
	pages int,
	created_at timestamptz not null default now(),
	primary key (body_id, id)
);
create index file_hash on kernel.file (body_id, sha512);
select kernel.guard('kernel.file');
