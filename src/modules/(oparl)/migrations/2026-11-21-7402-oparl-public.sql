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

-- Places that the public knows: where a public session was, or is to be.
create function oparl.knows_place(town uuid, place uuid) returns boolean language sql stable as $$
	select exists (select from council.meeting m where m.body_id = town and m.place_id = place and m.public and m.published)
$$;
create index meeting_place on council.meeting (body_id, place_id) where place_id is not null;
create index membership_behalf on registry.membership (body_id, on_behalf_of_id) where on_behalf_of_id is not null;
