-- The running session: who is there when and holds which seat, who speaks, breaks, changes of the agenda.

-- In a joint session a person's row belongs to one of the bodies; empty: the leading one.
alter table council.attendance
	add column council_body_id uuid,
	-- successors and advisory members never count for the quorum (rulebook R2-27); they are listed apart
	add column capacity text not null default 'member' check (capacity in ('member', 'substitute', 'advisory', 'successor',
		'guest')),
	drop constraint attendance_check,
	add check (present_until >= present_from),
	add foreign key (body_id, council_body_id) references council.council_body (body_id, id);
update council.attendance set capacity = case when guest then 'guest'
	when substitute_for_name <> '' or substitute_for_person_id is not null then 'substitute' else 'member' end;

-- A span in which a person was there. `seat_id` is the seat held in it: empty for people without one, and for a principal
-- who stays in the room while a substitute sits there.
create table council.presence (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	council_body_id uuid not null,
	attendance_id uuid not null,
	person_id uuid,
	seat_id uuid,
	mode text not null default 'room' check (mode in ('room', 'remote')),
	from_at timestamptz not null,
	until_at timestamptz check (until_at >= from_at),
	-- why it ended; a lost connection means absent until it is back (rulebook R2-54)
	ended text check (ended in ('left', 'handedOver', 'connectionLost', 'changed', 'sessionEnd')),
	check ((until_at is null) = (ended is null)),
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, attendance_id) references council.attendance (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, seat_id) references council.seat (body_id, id),
	-- a seat is held once at a time (GRE-03), and nobody is there twice; in a joint session one may sit in both bodies
	constraint presence_seat exclude using gist (body_id with =, meeting_id with =, seat_id with =,
		tstzrange(from_at, until_at) with &&),
	constraint presence_once exclude using gist (body_id with =, meeting_id with =, council_body_id with =,
		person_id with =, tstzrange(from_at, until_at) with &&),
	constraint presence_row exclude using gist (body_id with =, attendance_id with =, tstzrange(from_at, until_at) with &&)
);
create index presence_meeting on council.presence (body_id, meeting_id, from_at);
create index presence_person on council.presence (body_id, person_id);
select kernel.guard('council.presence');

-- Who spoke to an item, or waits to. A guest speaks when the chair gives them the floor (SIT-10).
create table council.speaker (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	agenda_item_id uuid not null,
	attendance_id uuid not null,
	asked_at timestamptz not null,
	from_at timestamptz,
	until_at timestamptz check (until_at >= from_at),
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade,
	foreign key (body_id, attendance_id) references council.attendance (body_id, id) on delete cascade,
	-- one speaks at a time
	exclude using gist (body_id with =, meeting_id with =, tstzrange(from_at, until_at) with &&) where (from_at is not null)
);
create index speaker_item on council.speaker (body_id, agenda_item_id, asked_at);
select kernel.guard('council.speaker');

create table council.session_break (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	from_at timestamptz not null,
	until_at timestamptz check (until_at >= from_at),
	reason text not null default '',
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	exclude using gist (body_id with =, meeting_id with =, tstzrange(from_at, until_at) with &&)
);
select kernel.guard('council.session_break');

-- How the agenda was confirmed, and what was changed on it with which majority (rulebook R2-40).
create table council.agenda_change (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	agenda_item_id uuid,
	act text not null check (act in ('confirmed', 'added', 'removed', 'moved', 'closed', 'opened')),
	reason text not null default '',
	-- profile, rule, figures and outcome
	majority jsonb,
	at timestamptz not null,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade
);
create index agenda_change_meeting on council.agenda_change (body_id, meeting_id, at);
select kernel.guard('council.agenda_change');

-- Switches between the public and the closed part, with the time (rulebook R2-61).
create table council.public_switch (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	closed boolean not null,
	at timestamptz not null,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade
);
create index public_switch_meeting on council.public_switch (body_id, meeting_id, at);
select kernel.guard('council.public_switch');

alter table council.meeting
	-- { proper, note, at }: what the chair said about the convening at the opening
	add column convening jsonb,
	-- how it ended when there was no quorum
	add column closed_without_quorum boolean not null default false;
