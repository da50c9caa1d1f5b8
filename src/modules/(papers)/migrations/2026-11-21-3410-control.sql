-- Resolution control (rulebook R3-24, R3-25): what became of each resolution, what was noted of it in which session.

create table papers.control_entry (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	-- a resolution of a council body, or the deciding station of a paper elsewhere
	resolution_id uuid,
	consultation_id uuid,
	paper_id uuid,
	title text not null,
	-- number of the resolution or of the paper
	reference text not null default '',
	decided_on date not null,
	decided_by_id uuid not null,
	-- closed ones stand in a list of their own
	public boolean not null default true,
	state text not null check (state in ('inProgress', 'deadline', 'recurring', 'done', 'notFeasible', 'declined')),
	note text not null default '',
	-- until when, or when next
	due date,
	delay_reason text not null default '',
	department_id uuid,
	-- since when it stands as it is
	state_since date not null,
	-- noted when it was done: from then on it is off the list
	noted_off_on date,
	agenda_item_id uuid,
	modified_at timestamptz not null default now(),
	primary key (body_id, id),
	foreign key (body_id, resolution_id) references council.resolution (body_id, id) on delete cascade,
	foreign key (body_id, consultation_id) references papers.consultation (body_id, id) on delete cascade,
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, decided_by_id) references registry.organisation (body_id, id),
	foreign key (body_id, department_id) references registry.organisation (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete set null (agenda_item_id)
);
create unique index control_entry_resolution on papers.control_entry (body_id, resolution_id) where resolution_id is not null;
create unique index control_entry_station on papers.control_entry (body_id, consultation_id) where consultation_id is not null;
create index control_entry_state on papers.control_entry (body_id, state, due, id);
create index control_entry_body on papers.control_entry (body_id, decided_by_id, decided_on);
create index control_entry_decided on papers.control_entry (body_id, decided_on, id);
create index control_entry_paper on papers.control_entry (body_id, paper_id);
create index control_entry_department on papers.control_entry (body_id, department_id);
select kernel.guard('papers.control_entry');

-- Each report on an entry; never changed. One taken back stays and says so.
create table papers.control_step (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	entry_id uuid not null,
	at timestamptz not null,
	by_person_id uuid,
	state text not null check (state in ('inProgress', 'deadline', 'recurring', 'done', 'notFeasible', 'declined')),
	note text not null default '',
	due date,
	delay_reason text not null default '',
	department_id uuid,
	taken_back boolean not null default false,
	primary key (body_id, id),
	foreign key (body_id, entry_id) references papers.control_entry (body_id, id) on delete cascade,
	foreign key (body_id, by_person_id) references registry.person (body_id, id),
	foreign key (body_id, department_id) references registry.organisation (body_id, id)
);
create index control_step_entry on papers.control_step (body_id, entry_id, at);
select kernel.guard('papers.control_step');

-- What was noted in which session, as it stood then.
create table papers.control_noting (
	body_id uuid not null references kernel.town (id),
	entry_id uuid not null,
	meeting_id uuid not null,
	noted_on date not null,
	state text not null check (state in ('inProgress', 'deadline', 'recurring', 'done', 'notFeasible', 'declined')),
	note text not null default '',
	primary key (body_id, entry_id, meeting_id),
	foreign key (body_id, entry_id) references papers.control_entry (body_id, id) on delete cascade,
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade
);
create index control_noting_meeting on papers.control_noting (body_id, meeting_id);
select kernel.guard('papers.control_noting');

-- The quarterly list of a body as it stands on an agenda, so that it is proposed once.
create table papers.control_list (
	body_id uuid not null references kernel.town (id),
	organisation_id uuid not null,
	year int not null,
	quarter int not null check (quarter between 1 and 4),
	agenda_item_id uuid,
	primary key (body_id, organisation_id, year, quarter),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete set null (agenda_item_id)
);
select kernel.guard('papers.control_list');
