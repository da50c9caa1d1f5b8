-- Who was in touch with whom, when and about what (MIT-09, MIT-10), and rounds in which people take part before they hold a
-- seat (MIT-08). As little as proves it, and no longer than it is needed.

create table papers.contact (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	happened_on date not null,
	channel text not null check (channel in ('phone', 'mail', 'letter', 'inPerson', 'video')),
	-- a function of the register where there is one (a coordinator), otherwise the name as noted
	office_id uuid,
	name text not null default '',
	topic text not null,
	event_id uuid,
	created_by uuid,
	created_at timestamptz not null default now(),
	-- the day on which the entry is deleted
	delete_on date not null,
	primary key (body_id, id),
	foreign key (body_id, office_id) references registry.office (body_id, id),
	foreign key (body_id, event_id) references council.event (body_id, id) on delete set null (event_id),
	foreign key (body_id, created_by) references registry.person (body_id, id)
);
create index contact_day on papers.contact (body_id, happened_on desc, id);
create index contact_event on papers.contact (body_id, event_id);
select kernel.guard('papers.contact');

create table papers.participation (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	title text not null,
	text text not null default '',
	from_date date not null,
	last_date date check (last_date >= from_date),
	created_at timestamptz not null default now(),
	primary key (body_id, id)
);
select kernel.guard('papers.participation');

create table papers.participant (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	participation_id uuid not null,
	person_id uuid not null,
	-- designated: appointed, but the body has not constituted itself yet (rulebook R1-14)
	taken_as text not null check (taken_as in ('designated', 'member')),
	added_on date not null,
	statement text not null default '',
	stated_at timestamptz,
	primary key (body_id, id),
	unique (body_id, participation_id, person_id),
	foreign key (body_id, participation_id) references papers.participation (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index participant_person on papers.participant (body_id, person_id);
select kernel.guard('papers.participant');
