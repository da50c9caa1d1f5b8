-- How people come onto a council and how they fare there: calls and applications, the steps of a new term, what a new
-- member goes through, absences that count.

-- What a body asks of applicants and new members; texts are the town's own, from its statute.
create table council.entry_rules (
	body_id uuid not null references kernel.town (id),
	council_body_id uuid not null,
	call_from date,
	call_until date check (call_until >= call_from),
	-- [{ key, text, citation }]: each is confirmed yes, with a date; proofs are never kept (rulebook R1-04)
	declarations jsonb not null default '[]',
	-- [{ key, text }]
	onboarding jsonb not null default '[]',
	primary key (body_id, council_body_id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id)
);
select kernel.guard('council.entry_rules');

create table council.application (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	-- the address in the receipt's link, as a hash
	token_hash text not null,
	name text not null,
	email text not null default '',
	phone text not null default '',
	motivation text not null default '',
	locale text not null default 'de',
	-- { key: ISO day }: which declaration was confirmed when
	confirmed jsonb not null default '{}',
	state text not null default 'received' check (state in ('received', 'checked', 'proposed', 'appointed', 'declined',
		'withdrawn')),
	received_on date not null,
	checked_on date,
	decided_on date,
	membership_id uuid,
	primary key (body_id, id),
	unique (body_id, token_hash),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, membership_id) references registry.membership (body_id, id)
);
create index application_body on council.application (body_id, council_body_id, received_on);
select kernel.guard('council.application');

create table council.term_step (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	position int not null,
	-- a step of the shipped plan, or empty for one of the office's own
	key text not null default '',
	title text not null default '',
	due date not null,
	done_on date,
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id)
);
create index term_step_due on council.term_step (body_id, council_body_id, due);
select kernel.guard('council.term_step');

create table council.onboarding_step (
	body_id uuid not null references kernel.town (id),
	membership_id uuid not null,
	key text not null,
	done_on date not null,
	primary key (body_id, membership_id, key),
	foreign key (body_id, membership_id) references registry.membership (body_id, id) on delete cascade
);
select kernel.guard('council.onboarding_step');

-- Told once for each absence that reached the threshold; nobody is excluded by it (rulebook R1-18).
create table council.absence_notice (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	person_id uuid not null,
	attendance_id uuid not null,
	finding jsonb not null,
	told_on date not null,
	primary key (body_id, id),
	unique (body_id, attendance_id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, attendance_id) references council.attendance (body_id, id) on delete cascade
);
select kernel.guard('council.absence_notice');
