-- Which other records an object names: when one of them leaves the public, or comes into it, those that name it are told anew.
create table oparl.link (
	body_id uuid not null references kernel.town (id),
	to_id uuid not null,
	root_type text not null,
	root_id uuid not null,
	primary key (body_id, to_id, root_type, root_id)
);
create index link_root on oparl.link (body_id, root_type, root_id);
select kernel.guard('oparl.link');

-- Organisations that the public knows: bodies that are public, groups, departments, committees; and whoever sends somebody into a
-- public body, by name (associations, institutions).
create or replace function oparl.knows_organisation(town uuid, organisation uuid) returns boolean language sql stable as $$
	select exists (select from registry.organisation o left join council.council_body b on b.body_id = o.body_id and b.id = o.id
		where o.body_id = town and o.id = organisation and case when b.id is not null then b.visibility = 'public'
			else o.organisation_type in ('committee', 'party', 'group', 'department')
				or exists (select from registry.membership x join council.council_body c on c.body_id = x.body_id
					and c.id = x.organisation_id and c.visibility = 'public'
					where x.body_id = o.body_id and x.on_behalf_of_id = o.id and x.from_date is not null and x.kind <> 'guest')
				or exists (select from council.seat s join council.council_body c on c.body_id = s.body_id
					and c.id = s.council_body_id and c.visibility = 'public'
					where s.body_id = o.body_id and s.organisation_id = o.id) end)
$$;

-- Memberships that the public knows: a seat in a public body or a group, from the day it was taken. Who is a member of an
-- association is nobody's business; guests and the designated are not yet (rulebook R8-12).
create or replace function oparl.knows_membership(x registry.membership) returns boolean language sql stable as $$
	select x.kind in ('member', 'substitute', 'advisory') and x.from_date is not null and exists (select from registry.organisation o
		where o.body_id = x.body_id and o.id = x.organisation_id and (o.organisation_type in ('committee', 'group', 'party')
			or exists (select from council.council_body b where b.body_id = o.body_id and b.id = o.id)))
		and oparl.knows_organisation(x.body_id, x.organisation_id)
$$;

-- Places that the public knows: where a public session was, or is to be.
create function oparl.knows_place(town uuid, place uuid) returns boolean language sql stable as $$
	select exists (select from council.meeting m where m.body_id = town and m.place_id = place and m.public and m.published)
$$;
create index meeting_place on council.meeting (body_id, place_id) where place_id is not null;
create index membership_behalf on registry.membership (body_id, on_behalf_of_id) where on_behalf_of_id is not null;
