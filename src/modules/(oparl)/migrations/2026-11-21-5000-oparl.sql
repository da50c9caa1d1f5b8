-- What other programs read (OParl 1.1): each public object as it stands, kept up by every write that touches its source.
-- So lists are read, not built; `modified` is the moment the object changed in public; what leaves the public stays as a
-- tombstone; and what never was public is not here at all (docs/decisions/oparl-projection.md).

create schema oparl;
select kernel.open_schema('oparl');

create table oparl.object (
	body_id uuid not null references kernel.town (id),
	type text not null check (type in ('LegislativeTerm', 'Organization', 'Person', 'Membership', 'Meeting', 'AgendaItem', 'Paper',
		'Consultation', 'File', 'Location')),
	id uuid not null,
	-- the record that this object is part of: a session with its items, a paper with its stations
	root_type text not null,
	root_id uuid not null,
	created timestamptz not null,
	modified timestamptz not null,
	deleted boolean not null default false,
	-- of the object without its own times: nothing changed in public, nothing is told
	hash text not null default '',
	-- JSON as it is sent; U+E000 stands for the address of the interface. `brief` leaves out what is embedded.
	document text not null,
	brief text not null,
	-- lists of an organisation
	organisations uuid[] not null default '{}',
	primary key (body_id, type, id)
);
create index object_root on oparl.object (body_id, root_type, root_id);
create index object_modified on oparl.object (body_id, type, modified);
create index object_newest on oparl.object (body_id, modified);
create index object_created on oparl.object (body_id, type, created);
create index object_organisations on oparl.object using gin (organisations) where organisations <> '{}';
select kernel.guard('oparl.object');

-- Organisations that the public knows: bodies that are public, groups, departments, committees.
create function oparl.knows_organisation(town uuid, organisation uuid) returns boolean language sql stable as $$
	select exists (select from registry.organisation o left join council.council_body b on b.body_id = o.body_id and b.id = o.id
		where o.body_id = town and o.id = organisation and case when b.id is null
			then o.organisation_type in ('committee', 'party', 'group', 'department') else b.visibility = 'public' end)
$$;

-- Memberships that the public knows: a seat in a public body or a group, from the day it was taken. Guests and the
-- designated are nobody's business yet (rulebook R8-12).
create function oparl.knows_membership(x registry.membership) returns boolean language sql stable as $$
	select x.kind in ('member', 'substitute', 'advisory') and x.from_date is not null and exists (select from registry.organisation o
		where o.body_id = x.body_id and o.id = x.organisation_id and o.organisation_type in ('committee', 'group', 'party', 'external'))
		and oparl.knows_organisation(x.body_id, x.organisation_id)
$$;

-- People whom the public knows: who holds, or held, such a membership.
create function oparl.knows_person(town uuid, person uuid) returns boolean language sql stable as $$
	select exists (select from registry.membership x where x.body_id = town and x.person_id = person and oparl.knows_membership(x))
$$;
