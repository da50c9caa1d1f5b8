-- What several rooms of the council share once it works here, not only has its records kept: terms that have not begun,
-- statutes, joint sessions, the agenda as invited, and how an item came on it.

-- A term is prepared before it begins: it has no first day until the new body constitutes itself (rulebook R1-13).
alter table council.term
	alter column from_date drop not null,
	add column council_elected_on date,
	add column council_term_from date,
	add column council_term_until date check (council_term_until > council_term_from);

-- The statute behind a rule profile: a session is judged under the one in force on its day (GRE-22).
alter table council.rule_profile
	add column statute_title text not null default '',
	add column statute_url text,
	add column statute_file_id uuid,
	add foreign key (body_id, statute_file_id) references kernel.file (body_id, id);

alter table council.seat
	add column label text not null default '',
	-- who may stand in for one evening (rulebook R1-03), and whether somebody moves up for good (R1-05)
	add column substitutes text not null default 'none' check (substitutes in ('none', 'named', 'anyOfGroup')),
	add column successors text not null default 'none' check (successors in ('none', 'rankedList'));
update council.seat set substitutes = 'anyOfGroup' where kind = 'delegated';
update council.seat set successors = 'rankedList' where kind = 'resident';

alter table council.meeting
	add column mode text not null default 'room' check (mode in ('room', 'hybrid', 'video')),
	add column join_url text not null default '',
	-- the agenda as it went out with the invitation; the one as held stands in agenda_item
	add column agenda_invited jsonb,
	-- notice period as computed when the invitation went out: profile, inputs, outcome
	add column notice jsonb,
	add column invited_at timestamptz,
	add column second_convening_of uuid,
	add column closed_part_now boolean not null default false,
	add column current_item_id uuid,
	add column minutes_taker_person_id uuid,
	add foreign key (body_id, second_convening_of) references council.meeting (body_id, id),
	add foreign key (body_id, minutes_taker_person_id) references registry.person (body_id, id);

-- A joint session has a leading body (meeting.council_body_id) and further ones; each has its own quorum and votes.
create table council.meeting_body (
	body_id uuid not null references kernel.town (id),
	meeting_id uuid not null,
	council_body_id uuid not null,
	primary key (body_id, meeting_id, council_body_id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, council_body_id) references council.council_body (body_id, id)
);
select kernel.guard('council.meeting_body');

alter table council.agenda_item
	add column origin text not null default 'manual' check (origin in ('manual', 'template', 'carriedOver', 'proposal',
		'minutesApproval', 'announcement', 'report', 'urgent')),
	-- names the line of the body's agenda template that it came from
	add column template_key text,
	add column carried_from_id uuid,
	add column reporter_office_id uuid,
	add column opened_at timestamptz,
	add column closed_at timestamptz check (closed_at >= opened_at),
	-- put on or taken off after the invitation went out, with the reason that was given
	add column added_in_session boolean not null default false,
	add column removed boolean not null default false,
	add column change_reason text not null default '',
	-- quorate in any number, because the invitation said so (rulebook R2-25)
	add column second_convening boolean not null default false,
	add foreign key (body_id, carried_from_id) references council.agenda_item (body_id, id) on delete set null (carried_from_id),
	add foreign key (body_id, reporter_office_id) references registry.office (body_id, id);
create index agenda_item_carried on council.agenda_item (body_id, carried_from_id) where carried_from_id is not null;

alter table council.quorum_finding
	add column council_body_id uuid,
	add column vote_id uuid,
	-- opening, before a vote, after a challenge
	add column occasion text not null default 'opening' check (occasion in ('opening', 'vote', 'challenge', 'check')),
	add column at timestamptz,
	add column challenged_by uuid,
	add foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	add foreign key (body_id, challenged_by) references registry.person (body_id, id);
