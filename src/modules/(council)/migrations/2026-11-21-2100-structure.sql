-- Posts with their days, departures and successions, terms that are prepared, groups and working groups.

-- Who held a post when. membership.post is the post of the membership as it is now; this is its history (rulebook R1-09).
create table council.post_holding (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	membership_id uuid not null,
	post text not null check (post in ('chair', 'deputyChair', 'board', 'managingOffice', 'speaker')),
	-- first deputy, second deputy …
	rank int not null default 1,
	from_date date not null,
	until_date date check (until_date > from_date),
	-- the commissioner's office that was opened with the chair, and ends with it (R1-10)
	office_holding_id uuid,
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, membership_id) references registry.membership (body_id, id),
	foreign key (body_id, office_holding_id) references registry.office_holding (body_id, id)
		on delete set null (office_holding_id),
	exclude using gist (body_id with =, membership_id with =, post with =, daterange(from_date, until_date) with &&),
	exclude using gist (body_id with =, council_body_id with =, daterange(from_date, until_date) with &&)
		where (post = 'chair')
);
create index post_holding_body on council.post_holding (body_id, council_body_id, from_date);
select kernel.guard('council.post_holding');

-- The office that the chair holds at the same time while the profile says so.
alter table council.council_body
	add column commissioner_office_id uuid,
	add foreign key (body_id, commissioner_office_id) references registry.office (body_id, id);

alter table council.seat
	-- the council's resolution that gave, moved or ended the seat (R1-17)
	add column resolution text not null default '',
	-- in working groups: whose place it is (GRE-33)
	add column side text check (side in ('council', 'civilSociety', 'administration'));

-- What the rules say of a membership, with profile, inputs and outcome; never changed afterwards.
create table council.membership_finding (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	membership_id uuid not null,
	occasion text not null check (occasion in ('departure', 'succession', 'constitution')),
	day date not null,
	computed jsonb not null,
	made_at timestamptz not null default now(),
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, membership_id) references registry.membership (body_id, id)
);
create index membership_finding_membership on council.membership_finding (body_id, membership_id, day);
select kernel.guard('council.membership_finding');

-- Somebody leaves, or loses what the seat was given for; the profile decides whether the membership ends (R1-16).
create table council.departure (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	membership_id uuid not null,
	seat_id uuid,
	reason text not null check (reason in ('mandateLost', 'resigned', 'recalled', 'movedAway', 'died', 'ineligible',
		'leftGroup', 'other')),
	on_date date not null,
	outcome text not null check (outcome in ('ends', 'staysUntilConstitution', 'stays')),
	finding_id uuid not null,
	-- as it was before, for taking it back
	before jsonb not null,
	-- the group that may send somebody else, and when it was asked
	asked_organisation_id uuid,
	asked_at timestamptz,
	-- the membership that took the seat over
	settled_by_id uuid,
	taken_back_at timestamptz,
	recorded_at timestamptz not null default now(),
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, membership_id) references registry.membership (body_id, id),
	foreign key (body_id, seat_id) references council.seat (body_id, id),
	foreign key (body_id, finding_id) references council.membership_finding (body_id, id),
	foreign key (body_id, asked_organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, settled_by_id) references registry.membership (body_id, id)
);
create index departure_body on council.departure (body_id, council_body_id, on_date);
create unique index departure_once on council.departure (body_id, membership_id, reason) where taken_back_at is null;
select kernel.guard('council.departure');

-- A successor is proposed for a vacant seat, and votes only after the confirmation (GRE-05).
create table council.succession (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	seat_id uuid not null,
	-- the membership of kind successor
	successor_id uuid not null,
	from_date date not null,
	state text not null default 'proposed' check (state in ('proposed', 'confirmed', 'refused', 'withdrawn')),
	decided_on date,
	membership_id uuid,
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, seat_id) references council.seat (body_id, id),
	foreign key (body_id, successor_id) references registry.membership (body_id, id),
	foreign key (body_id, membership_id) references registry.membership (body_id, id)
);
create unique index succession_seat on council.succession (body_id, seat_id) where state = 'proposed';
create unique index succession_person on council.succession (body_id, successor_id) where state = 'proposed';
create index succession_body on council.succession (body_id, council_body_id);
select kernel.guard('council.succession');

-- One term of a body is prepared at a time; it has no first day until the body constitutes itself.
create unique index term_prepared on council.term (body_id, council_body_id) where from_date is null;
alter table council.term
	add column constituted_at timestamptz,
	add column constitution jsonb;

-- Seats as they will be once a prepared term begins, with who is appointed to them but not yet in office (R1-14).
create table council.term_seat (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	term_id uuid not null,
	number int not null,
	kind text not null check (kind in ('delegated', 'resident', 'organisation', 'exOfficio', 'advisory')),
	voting boolean not null,
	label text not null default '',
	organisation_id uuid,
	appointed_by text not null default '',
	substitutes text not null default 'none' check (substitutes in ('none', 'named', 'anyOfGroup')),
	successors text not null default 'none' check (successors in ('none', 'rankedList')),
	resolution text not null default '',
	membership_id uuid,
	primary key (body_id, id),
	unique (body_id, term_id, number),
	foreign key (body_id, term_id) references council.term (body_id, id) on delete cascade,
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, membership_id) references registry.membership (body_id, id) on delete set null (membership_id)
);
create unique index term_seat_membership on council.term_seat (body_id, membership_id) where membership_id is not null;
select kernel.guard('council.term_seat');

-- Names of a group in their time; the organisation carries the one of today (R1-17).
create table council.group_name (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	organisation_id uuid not null,
	name text not null,
	short_name text not null default '',
	from_date date,
	until_date date check (until_date > from_date),
	primary key (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	exclude using gist (body_id with =, organisation_id with =, daterange(from_date, until_date) with &&)
);
select kernel.guard('council.group_name');

-- Groups that became others.
create table council.group_lineage (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	kind text not null check (kind in ('merge', 'split', 'dissolve')),
	from_organisation_id uuid not null,
	to_organisation_id uuid,
	on_date date not null,
	primary key (body_id, id),
	foreign key (body_id, from_organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, to_organisation_id) references registry.organisation (body_id, id)
);
select kernel.guard('council.group_lineage');

-- Who is written to when a group is asked for somebody.
create table council.group_contact (
	body_id uuid not null references kernel.town (id),
	organisation_id uuid not null,
	person_id uuid not null,
	primary key (body_id, organisation_id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
select kernel.guard('council.group_contact');

-- What a working group has beyond other bodies (R1-23, GRE-32).
create table council.working_group (
	body_id uuid not null references kernel.town (id),
	council_body_id uuid not null,
	parent_body_id uuid,
	temporary boolean not null,
	planned_end date,
	report_due date,
	agenda_public boolean not null default false,
	closed_on date,
	final_report text not null default '',
	primary key (body_id, council_body_id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, parent_body_id) references council.council_body (body_id, id),
	check (not temporary or (planned_end is not null and report_due is not null)),
	check (closed_on is null or final_report <> '')
);
select kernel.guard('council.working_group');
