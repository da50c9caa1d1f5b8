-- The one change log (see docs/kernel/changes.md). A writer locks its town's clock row last in its transaction, so the
-- numbers of committed changes have no gap behind a reader: whoever sees 17 has seen everything up to 17.

create table kernel.clock (
	body_id uuid primary key references kernel.town (id),
	seq bigint not null default 0,
	-- number of the newest change that the public may see; public ETags are made of this one alone
	public_seq bigint not null default 0
);
select kernel.guard('kernel.clock', 'select, insert, update');

create table kernel.change (
	body_id uuid not null,
	seq bigint not null,
	module text not null,
	kind text not null,
	object_id uuid not null,
	-- who may know of it: 'public', 'members', 'office' or 'none' (see kernel/changes/audience.ts)
	audience text not null check (audience in ('public', 'members', 'office', 'none')),
	deleted boolean not null default false,
	at timestamptz not null default now(),
	primary key (body_id, seq),
	foreign key (body_id) references kernel.clock (body_id)
);
create index change_object on kernel.change (body_id, kind, object_id, seq);
create index change_public on kernel.change (body_id, seq) where audience = 'public';
select kernel.guard('kernel.change', 'select, insert');
