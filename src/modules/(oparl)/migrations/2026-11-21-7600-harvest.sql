-- Other systems that are read: what they told, under which of their ids, and how far a reading has come.

create table oparl.source (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	-- of the system, and of the body in it
	address text not null,
	foreign_body text not null,
	kind text not null check (kind in ('oparl', 'dump', 'calendar', 'feed')),
	name text not null,
	version text not null default '',
	-- when the last reading that came to its end began: the next one asks for what changed since
	told_until timestamptz,
	primary key (body_id, id),
	unique (body_id, address, foreign_body)
);
select kernel.guard('oparl.source');

-- What a source told, by its own ids. The text stays here only until it is in the records, or while it waits for something it names.
create table oparl.foreign_object (
	body_id uuid not null references kernel.town (id),
	source_id uuid not null,
	foreign_id text not null check (length(foreign_id) <= 800),
	kind text not null,
	-- the record that it became
	local_id uuid,
	-- the object it stood in, and the outermost one: they are taken over together
	parent text,
	root text not null,
	-- Meeting for the files of a session …
	root_kind text not null,
	inside boolean not null default false,
	hash text not null,
	document jsonb,
	pending boolean not null default true,
	deleted boolean not null default false,
	-- ids it names that are not here (yet)
	missing text[] not null default '{}',
	-- the reading that told it last
	seen uuid not null,
	primary key (body_id, source_id, foreign_id),
	foreign key (body_id, source_id) references oparl.source (body_id, id) on delete cascade
);
create index foreign_object_pending on oparl.foreign_object (body_id, source_id, root_kind, root) where pending;
create index foreign_object_parent on oparl.foreign_object (body_id, source_id, parent) where parent is not null;
-- only named so far: asked for one by one when no list tells them
create index foreign_object_named on oparl.foreign_object (body_id, source_id, kind) where hash = '' and not deleted;
create index foreign_object_missing on oparl.foreign_object (body_id, source_id) where missing <> '{}';
create index foreign_object_local on oparl.foreign_object (body_id, local_id) where local_id is not null;
select kernel.guard('oparl.foreign_object');

-- Pages of lists as they were last: one that did not change is not sent again.
create table oparl.foreign_page (
	body_id uuid not null references kernel.town (id),
	source_id uuid not null,
	address text not null,
	etag text,
	last_modified text,
	next text,
	ids text[] not null default '{}',
	primary key (body_id, source_id, address),
	foreign key (body_id, source_id) references oparl.source (body_id, id) on delete cascade
);
select kernel.guard('oparl.foreign_page');

-- One reading. It goes on where it stopped, whatever stopped it.
create table oparl.reading (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	source_id uuid not null,
	state text not null default 'running' check (state in ('running', 'cancelled', 'broken', 'done')),
	-- everything, or what changed since
	whole boolean not null,
	since timestamptz,
	with_files boolean not null default false,
	-- somebody asked it to stop
	stop boolean not null default false,
	started_at timestamptz not null default now(),
	ended_at timestamptz,
	-- lists by kind: { next: address of the page to go on with, done: to its end, told: objects }
	lists jsonb not null default '{}',
	-- objects by kind: { told, kept, gone }
	counts jsonb not null default '{}',
	-- [{ kind, fault, count, example }]
	findings jsonb not null default '[]',
	error text not null default '',
	primary key (body_id, id),
	foreign key (body_id, source_id) references oparl.source (body_id, id) on delete cascade
);
create index reading_source on oparl.reading (body_id, source_id, started_at desc);
select kernel.guard('oparl.reading');

-- An organisation that another system tells the public is public here as well.
create or replace function oparl.knows_organisation(town uuid, organisation uuid) returns boolean language sql stable as $$
	select exists (select from registry.organisation o left join council.council_body b on b.body_id = o.body_id and b.id = o.id
		where o.body_id = town and o.id = organisation and case when b.id is not null then b.visibility = 'public'
			else o.organisation_type in ('committee', 'party', 'group', 'department') or exists (select from oparl.foreign_object f
				where f.body_id = town and f.local_id = o.id and f.kind = 'Organization' and not f.deleted) end)
$$;
