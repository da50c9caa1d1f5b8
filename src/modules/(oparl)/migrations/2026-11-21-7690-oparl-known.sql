-- Organisations that the public knows: bodies that are public, groups, departments, committees; whoever sends somebody into a public
-- body, by name (associations, institutions); and what another system tells the public.
create or replace function oparl.knows_organisation(town uuid, organisation uuid) returns boolean language sql stable as $$
	select exists (select from registry.organisation o left join council.council_body b on b.body_id = o.body_id and b.id = o.id
		where o.body_id = town and o.id = organisation and case when b.id is not null then b.visibility = 'public'
			else o.organisation_type in ('committee', 'party', 'group', 'department')
				or exists (select from oparl.foreign_object f
					where f.body_id = town and f.local_id = o.id and f.kind = 'Organization' and not f.deleted)
				or exists (select from registry.membership x join council.council_body c on c.body_id = x.body_id
					and c.id = x.organisation_id and c.visibility = 'public'
					where x.body_id = o.body_id and x.on_behalf_of_id = o.id and x.from_date is not null and x.kind <> 'guest')
				or exists (select from council.seat s join council.council_body c on c.body_id = s.body_id
					and c.id = s.council_body_id and c.visibility = 'public'
					where s.body_id = o.body_id and s.organisation_id = o.id) end)
$$;

-- Memberships that the public knows: a seat in a public body or a group, from the day it was taken. Who is a member of an
-- association is nobody's business, unless another system tells it; guests and the designated are not yet (rulebook R8-12).
create or replace function oparl.knows_membership(x registry.membership) returns boolean language sql stable as $$
	select x.kind in ('member', 'substitute', 'advisory') and x.from_date is not null and exists (select from registry.organisation o
		where o.body_id = x.body_id and o.id = x.organisation_id and (o.organisation_type in ('committee', 'group', 'party')
			or exists (select from council.council_body b where b.body_id = o.body_id and b.id = o.id)
			or exists (select from oparl.foreign_object f
				where f.body_id = o.body_id and f.local_id = o.id and f.kind = 'Organization' and not f.deleted)))
		and oparl.knows_organisation(x.body_id, x.organisation_id)
$$;

-- Places that the public knows: where a public session was, or is to be; and what another system tells.
create or replace function oparl.knows_place(town uuid, place uuid) returns boolean language sql stable as $$
	select exists (select from council.meeting m where m.body_id = town and m.place_id = place and m.public and m.published)
		or exists (select from oparl.foreign_object f where f.body_id = town and f.local_id = place and f.kind = 'Location' and not f.deleted)
$$;
