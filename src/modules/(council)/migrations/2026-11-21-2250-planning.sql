-- What comes before an agenda: polls for a date, save-the-dates, the year's plan, proposed topics, retreats, events that a session was turned into, requests to convene.

create table council.date_poll (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	title text not null,
	note text not null default '',
	kind text not null default 'regular' check (kind in ('constituting', 'regular', 'extraordinary', 'retreat', 'joint')),
	-- whether the session that comes of it is public; a retreat never is (scenario SIT-14)
	public boolean not null default true check (not public or kind <> 'retreat'),
	place_text text not null default '',
	answer_by date not null,
	state text not null default 'open' check (state in ('open', 'fixed')),
	fixed_option_id uuid,
	meeting_id uuid,
	created_at timestamptz not null default now(),
	primary key (body_id, id),
	check ((state = 'fixed') = (meeting_id is not null and fixed_option_id is not null)),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id)
);
create index date_poll_council_body on council.date_poll (body_id, council_body_id, created_at desc);
create index date_poll_meeting on council.date_poll (body_id, meeting_id) where meeting_id is not null;
create table council.date_poll_option (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	poll_id uuid not null,
	starts_at timestamptz not null,
	ends_at timestamptz check (ends_at > starts_at),
	primary key (body_id, id),
	unique (body_id, poll_id, starts_at),
	foreign key (body_id, poll_id) references council.date_poll (body_id, id) on delete cascade
);
alter table council.date_poll
	add foreign key (body_id, fixed_option_id) references council.date_poll_option (body_id, id);
select kernel.guard('council.date_poll');
select kernel.guard('council.date_poll_option');

-- Who is asked. The address in the mail opens this person's answer without a sign-in; only its hash is kept.
create table council.date_poll_voter (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	poll_id uuid not null,
	person_id uuid not null,
	token_hash text not null,
	mailed_at timestamptz,
	answered_at timestamptz,
	primary key (body_id, id),
	unique (body_id, poll_id, person_id),
	unique (body_id, token_hash),
	foreign key (body_id, poll_id) references council.date_poll (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index date_poll_voter_person on council.date_poll_voter (body_id, person_id);
select kernel.guard('council.date_poll_voter');

create table council.date_poll_answer (
	body_id uuid not null references kernel.town (id),
	voter_id uuid not null,
	option_id uuid not null,
	answer text not null check (answer in ('yes', 'ifNeedBe', 'no')),
	primary key (body_id, voter_id, option_id),
	foreign key (body_id, voter_id) references council.date_poll_voter (body_id, id) on delete cascade,
	foreign key (body_id, option_id) references council.date_poll_option (body_id, id) on delete cascade
);
select kernel.guard('council.date_poll_answer');

-- A save-the-date is no invitation and has no legal effect (rulebook R2-09): it lives apart and touches no date of the session.
create table council.save_the_date (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	note text not null default '',
	sent_at timestamptz not null,
	sent_by_id uuid,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, sent_by_id) references registry.person (body_id, id)
);
create index save_the_date_meeting on council.save_the_date (body_id, meeting_id, sent_at desc);
select kernel.guard('council.save_the_date');

create table council.save_the_date_recipient (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	save_the_date_id uuid not null,
	person_id uuid,
	name text not null,
	email text not null,
	mail_id uuid,
	primary key (body_id, id),
	foreign key (body_id, save_the_date_id) references council.save_the_date (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index save_the_date_recipient_of on council.save_the_date_recipient (body_id, save_the_date_id);
create index save_the_date_recipient_person on council.save_the_date_recipient (body_id, person_id);
select kernel.guard('council.save_the_date_recipient');

-- Days on which nobody convenes: public holidays and school holidays, entered as data.
create table council.day_off (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	name text not null,
	kind text not null check (kind in ('holiday', 'schoolHoliday')),
	from_date date not null,
	-- the last day that belongs to it, as announcements of holidays name it
	last_date date not null check (last_date >= from_date),
	primary key (body_id, id),
	unique (body_id, kind, from_date, name)
);
create index day_off_date on council.day_off (body_id, from_date);
select kernel.guard('council.day_off');

-- How often a body meets, for the next year's proposal.
create table council.meeting_rhythm (
	body_id uuid not null references kernel.town (id),
	council_body_id uuid not null,
	rules jsonb not null,
	primary key (body_id, council_body_id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id)
);
select kernel.guard('council.meeting_rhythm');

-- A topic somebody would like on an agenda (rulebook R2-42); parked ones are the parking lot (scenario SIT-24).
create table council.topic_proposal (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	title text not null,
	text text not null default '',
	origin text not null check (origin in ('member', 'resident', 'office')),
	person_id uuid,
	name text not null default '',
	email text not null default '',
	locale text not null default 'de',
	-- opens the private page with the state of the proposal
	token_hash text not null,
	state text not null default 'received'
		check (state in ('received', 'accepted', 'declined', 'parked', 'onAgenda', 'withdrawn')),
	reason text not null default '',
	decided_on date,
	decided_by_id uuid,
	meeting_id uuid,
	agenda_item_id uuid,
	created_at timestamptz not null default now(),
	-- name and address are forgotten after this day
	delete_on date not null,
	primary key (body_id, id),
	unique (body_id, token_hash),
	check (state <> 'declined' or reason <> ''),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, decided_by_id) references registry.person (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete set null (meeting_id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete set null (agenda_item_id)
);
create index topic_proposal_state on council.topic_proposal (body_id, state, created_at);
create index topic_proposal_person on council.topic_proposal (body_id, person_id);
create index topic_proposal_delete on council.topic_proposal (body_id, delete_on);
select kernel.guard('council.topic_proposal');

-- What a retreat came to: its list may be attached to a public session, the retreat itself stays closed (SIT-14).
create table council.retreat_result (
	body_id uuid not null references kernel.town (id),
	meeting_id uuid not null,
	text text not null default '',
	attached_to_id uuid,
	agenda_item_id uuid,
	attached_on date,
	primary key (body_id, meeting_id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, attached_to_id) references council.meeting (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete set null (agenda_item_id)
);
select kernel.guard('council.retreat_result');
alter table council.meeting add constraint meeting_retreat_closed check (kind <> 'retreat' or not public) not valid;

-- An event of the council that is no session, for example what a planned session was turned into (rulebook R2-55).
create table council.event (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	slug text not null,
	title text not null,
	text text not null default '',
	date date not null,
	starts_at timestamptz,
	ends_at timestamptz check (ends_at > starts_at),
	place text not null default '',
	published boolean not null default true,
	-- the session that it replaces
	meeting_id uuid,
	created_at timestamptz not null default now(),
	modified_at timestamptz not null default now(),
	primary key (body_id, id),
	unique (body_id, slug),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id)
);
create unique index event_meeting on council.event (body_id, meeting_id) where meeting_id is not null;
create index event_date on council.event (body_id, date);
select kernel.guard('council.event');

-- Members who ask for a session (rulebook R2-02); the finding keeps profile, inputs and outcome.
create table council.convening_request (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	subject text not null,
	reason text not null default '',
	asked_on date not null,
	state text not null default 'open' check (state in ('open', 'reached', 'convened', 'withdrawn')),
	finding jsonb,
	meeting_id uuid,
	primary key (body_id, id),
	check (state not in ('reached', 'convened') or finding is not null),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete set null (meeting_id)
);
create index convening_request_body on council.convening_request (body_id, council_body_id, state);
select kernel.guard('council.convening_request');

create table council.convening_supporter (
	body_id uuid not null references kernel.town (id),
	request_id uuid not null,
	person_id uuid not null,
	asked_on date not null,
	primary key (body_id, request_id, person_id),
	foreign key (body_id, request_id) references council.convening_request (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index convening_supporter_person on council.convening_supporter (body_id, person_id);
select kernel.guard('council.convening_supporter');
