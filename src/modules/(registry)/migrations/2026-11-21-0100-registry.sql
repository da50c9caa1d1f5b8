-- Persons, organisations, offices, memberships, places, topics: what every other module points to.
-- All validities are half-open: the day of `until_date` is the first that no longer counts.

create schema registry;
select kernel.open_schema('registry');

create table registry.person (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	-- titles such as "Dr." stand in affix; names keep the spelling of their bearers
	given_name text not null default '',
	family_name text not null,
	affix text not null default '',
	-- as letters address the person ("Frau", "Herr", "" for the full name)
	form_of_address text not null default '',
	email text,
	phone text,
	locale text not null default 'de',
	-- sign-in account (auth.user), if the person has one
	account_id text,
	-- members of public bodies appear by name in their function; everybody else only after consent
	name_public boolean not null default false,
	name_public_since date,
	created_at timestamptz not null default now(),
	modified_at timestamptz not null default now(),
	primary key (body_id, id)
);
create unique index person_account on registry.person (body_id, account_id) where account_id is not null;
create index person_name on registry.person (body_id, family_name, given_name);
select kernel.guard('registry.person');

create table registry.organisation (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	name text not null,
	short_name text not null default '',
	-- OParl organizationType, in code: committee, party, group, department, external, institution, other
	organisation_type text not null check (organisation_type in
		('committee', 'party', 'group', 'department', 'external', 'institution', 'other')),
	-- free word as the town uses it: Beirat, Fraktion, Dezernat, Amt, Arbeitsgruppe …
	classification text not null default '',
	parent_id uuid,
	start_date date,
	until_date date check (until_date > start_date),
	-- label of the office that runs it: Geschäftsführung, Geschäftsstelle, Koordinierungsstelle …
	office_label text not null default '',
	created_at timestamptz not null default now(),
	modified_at timestamptz not null default now(),
	primary key (body_id, id),
	foreign key (body_id, parent_id) references registry.organisation (body_id, id)
);
create index organisation_name on registry.organisation (body_id, name);
select kernel.guard('registry.organisation');

-- A function with rights of its own, held by one person after the other (commissioner, head of department, speaker).
create table registry.office (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	title text not null,
	kind text not null default 'head' check (kind in ('commissioner', 'head', 'speaker', 'coordinator', 'other')),
	organisation_id uuid,
	employment text check (employment in ('honorary', 'fulltime')),
	bound_by_instruction boolean,
	appointed_by text,
	primary key (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id)
);
select kernel.guard('registry.office');

create table registry.office_holding (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	office_id uuid not null,
	person_id uuid not null,
	from_date date not null,
	until_date date check (until_date > from_date),
	primary key (body_id, id),
	foreign key (body_id, office_id) references registry.office (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	-- nobody holds an office twice at a time; two people may (job sharing)
	exclude using gist (body_id with =, office_id with =, person_id with =,
		daterange(from_date, until_date) with &&)
);
create index office_holding_person on registry.office_holding (body_id, person_id);
select kernel.guard('registry.office_holding');

create table registry.membership (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	person_id uuid not null,
	organisation_id uuid not null,
	-- member, substitute, successor, advisory, guest; chair and deputy are posts of a member (see `post`)
	kind text not null default 'member' check (kind in ('member', 'substitute', 'successor', 'advisory', 'guest')),
	post text check (post in ('chair', 'deputyChair', 'board', 'managingOffice', 'speaker')),
	role_label text not null default '',
	voting_right boolean not null default false,
	-- the group that delegated the member (OParl onBehalfOf)
	on_behalf_of_id uuid,
	-- a substitute names whom; empty: anybody of the same group
	substitute_for_id uuid,
	-- order of succession among successors
	rank int,
	appointed_on date,
	-- empty while designated: appointed, but not yet in office (rulebook R1-14)
	from_date date,
	until_date date check (until_date > from_date),
	end_reason text check (end_reason in ('mandateLost', 'resigned', 'recalled', 'movedAway', 'died', 'ineligible',
		'termEnd', 'leftGroup', 'other')),
	created_at timestamptz not null default now(),
	modified_at timestamptz not null default now(),
	primary key (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, on_behalf_of_id) references registry.organisation (body_id, id),
	foreign key (body_id, substitute_for_id) references registry.membership (body_id, id),
	-- disjoint periods of one person in one body are two memberships; overlapping ones of a kind are an error
	exclude using gist (body_id with =, organisation_id with =, person_id with =, kind with =,
		daterange(from_date, until_date) with &&) where (from_date is not null)
);
create index membership_organisation on registry.membership (body_id, organisation_id, from_date);
create index membership_person on registry.membership (body_id, person_id);
select kernel.guard('registry.membership');

-- Working roles that no membership gives: office, department contact, editor, administrator, auditor.
create table registry.duty (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	person_id uuid not null,
	duty text not null check (duty in ('office', 'department', 'editor', 'administrator', 'auditor')),
	-- the council body or department it is narrowed to; empty for the whole town
	organisation_id uuid,
	from_date date not null,
	until_date date check (until_date > from_date),
	primary key (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id)
);
create index duty_person on registry.duty (body_id, person_id);
select kernel.guard('registry.duty');

create table registry.place (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	name text not null,
	room text not null default '',
	street text not null default '',
	postcode text not null default '',
	locality text not null default '',
	accessibility text not null default '',
	primary key (body_id, id)
);
select kernel.guard('registry.place');

create table registry.topic (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	name text not null,
	primary key (body_id, id),
	unique (body_id, name)
);
select kernel.guard('registry.topic');
