-- What the city's own sign-in says of a person, and the working role that follows from it here.
create table registry.role_rule (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	-- the sign-in whose claims it reads
	provider text not null default 'stadt',
	position int not null,
	-- name of the claim, or a path with dots: groups, realm_access.roles
	claim text not null check (claim <> ''),
	-- the claim is this, or holds it among others
	value text not null check (value <> ''),
	-- empty: whoever fits gets nothing by the rules that follow
	duty text check (duty in ('office', 'department', 'editor', 'administrator', 'auditor')),
	organisation_id uuid,
	-- whoever fits is not asked by the rules that follow
	stops boolean not null default true,
	primary key (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	check (duty is not null or stops),
	check (duty is distinct from 'department' or organisation_id is not null)
);
select kernel.guard('registry.role_rule');

-- The sign-in by whose rules a role was given; empty: given by a person, and taken away by nobody else.
alter table registry.duty add column provider text;
