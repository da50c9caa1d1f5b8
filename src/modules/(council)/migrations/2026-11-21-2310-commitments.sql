-- A department, office or association has said that it will come to the sessions of a body (scenario SIT-30).
create table council.commitment (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	organisation_id uuid not null,
	-- as it was said, and where
	wording text not null default '',
	from_date date not null,
	until_date date check (until_date > from_date),
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	exclude using gist (body_id with =, council_body_id with =, organisation_id with =, daterange(from_date, until_date) with &&)
);
select kernel.guard('council.commitment');

alter table council.attendance
	-- whom a guest came for, where the register knows it
	add column organisation_id uuid,
	add foreign key (body_id, organisation_id) references registry.organisation (body_id, id);
