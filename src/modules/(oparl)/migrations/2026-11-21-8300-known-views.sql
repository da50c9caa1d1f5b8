-- What the public knows, as views instead of functions: PostgreSQL builds them into the statement that asks, where it called a function for
-- each person and organisation of a record before (a tenth to half a millisecond each). Row security is that of who asks.

-- Bodies that are public, groups, departments, committees; whoever sends somebody into a public body, by name (associations,
-- institutions); and what another system tells the public.
create view oparl.known_organisation with (security_invoker = true) as
	select o.body_id, o.id from registry.organisation o left join council.council_body b on b.body_id = o.body_id and b.id = o.id
	where case when b.id is not null then b.visibility = 'public'
		else o.organisation_type in ('committee', 'party', 'group', 'department')
			or exists (select from oparl.foreign_object f
				where f.body_id = o.body_id and f.local_id = o.id and f.kind = 'Organization' and not f.deleted)
			or exists (select from registry.membership x join council.council_body c on c.body_id = x.body_id
				and c.id = x.organisation_id and c.visibility = 'public'
				where x.body_id = o.body_id and x.on_behalf_of_id = o.id and x.from_date is not null and x.kind <> 'guest')
			or exists (select from council.seat s join council.council_body c on c.body_id = s.body_id
				and c.id = s.council_body_id and c.visibility = 'public'
				where s.body_id = o.body_id and s.organisation_id = o.id) end;

-- A seat in a public body or a group, from the day it was taken. Who is a member of an association is nobody's business, unless another
-- system tells it; guests and the designated are not yet (rulebook R8-12).
create view oparl.known_membership with (security_invoker = true) as
	select x.body_id, x.id, x.person_id from registry.membership x
	join registry.organisation o on o.body_id = x.body_id and o.id = x.organisation_id
	where x.kind in ('member', 'substitute', 'advisory') and x.from_date is not null
	and (o.organisation_type in ('committee', 'group', 'party')
		or exists (select from council.council_body b where b.body_id = o.body_id and b.id = o.id)
		or exists (select from oparl.foreign_object f
			where f.body_id = o.body_id and f.local_id = o.id and f.kind = 'Organization' and not f.deleted))
	and exists (select from oparl.known_organisation k where k.body_id = x.body_id and k.id = x.organisation_id offset 0);

-- Who holds, or held, such a membership.
create view oparl.known_person with (security_invoker = true) as
	select p.body_id, p.id from registry.person p
	where exists (select from oparl.known_membership k where k.body_id = p.body_id and k.person_id = p.id offset 0);

do $$ begin
	execute format('grant select on oparl.known_organisation, oparl.known_membership, oparl.known_person to %I',
		current_setting('mitrat.app_role'));
end $$;

drop function oparl.knows_person(uuid, uuid);
drop function oparl.knows_membership(registry.membership);
drop function oparl.knows_organisation(uuid, uuid);
