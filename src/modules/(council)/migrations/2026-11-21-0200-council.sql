-- The council's records: bodies with seats and rule profiles, sessions with agenda, attendance, quorum, votes, tasks.

create schema council;
select kernel.open_schema('council');

-- A council body is an organisation of the registry that holds sessions.
create table council.council_body (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	slug text not null,
	kind text not null default 'council' check (kind in ('council', 'committee', 'board', 'roundTable', 'workingGroup')),
	-- results of an advisory body are recommendations, never decisions (scenario GRE-23)
	advisory boolean not null default true,
	visibility text not null default 'public' check (visibility in ('public', 'members')),
	purpose text not null default '',
	primary key (body_id, id),
	unique (body_id, slug),
	foreign key (body_id, id) references registry.organisation (body_id, id)
);
select kernel.guard('council.council_body');

create table council.term (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	name text not null,
	from_date date not null,
	until_date date check (until_date > from_date),
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id)
);
select kernel.guard('council.term');

-- Dated rules with their sources; results keep the id of the profile they were computed under (rulebook 0.1).
create table council.rule_profile (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	name text not null,
	from_date date not null,
	until_date date check (until_date > from_date),
	rules jsonb not null,
	-- [{ rule: 'quorum', text: '§ 7 Abs. 2 der Satzung', url: null }]
	citations jsonb not null default '[]',
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	exclude using gist (body_id with =, council_body_id with =, daterange(from_date, until_date) with &&)
);
select kernel.guard('council.rule_profile');

create table council.seat (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	number int not null,
	kind text not null check (kind in ('delegated', 'resident', 'organisation', 'exOfficio', 'advisory')),
	voting boolean not null,
	-- whose seat it is: the group, organisation or department that sends somebody
	organisation_id uuid,
	appointed_by text not null default '',
	from_date date not null,
	until_date date check (until_date > from_date),
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	exclude using gist (body_id with =, council_body_id with =, number with =, daterange(from_date, until_date) with &&)
);
select kernel.guard('council.seat');

-- Who sits where: a membership fills a seat for a while; a seat is filled once at a time.
create table council.seat_filling (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	seat_id uuid not null,
	membership_id uuid not null,
	from_date date not null,
	until_date date check (until_date > from_date),
	primary key (body_id, id),
	foreign key (body_id, seat_id) references council.seat (body_id, id),
	foreign key (body_id, membership_id) references registry.membership (body_id, id),
	exclude using gist (body_id with =, seat_id with =, daterange(from_date, until_date) with &&)
);
create index seat_filling_membership on council.seat_filling (body_id, membership_id);
select kernel.guard('council.seat_filling');

create table council.meeting (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	-- short address: /sitzungen/<slug>, e.g. 2026-10-28
	slug text not null,
	number int,
	kind text not null default 'regular' check (kind in ('constituting', 'regular', 'extraordinary', 'retreat', 'joint')),
	title text not null default '',
	state text not null check (state in ('planned', 'invited', 'running', 'held', 'minutesSigned', 'takenOver')),
	cancelled boolean not null default false,
	cancel_note text not null default '',
	-- may strangers know of it at all; single items may still be closed
	public boolean not null default true,
	published boolean not null default false,
	date date not null,
	starts_at timestamptz,
	ends_at timestamptz check (ends_at > starts_at),
	opened_at timestamptz,
	closed_at timestamptz check (closed_at >= opened_at),
	invited_on date,
	minutes_signed_on date,
	place_id uuid,
	place_text text not null default '',
	chair_name text not null default '',
	chair_person_id uuid,
	minutes_taker_name text not null default '',
	language_help text not null default '',
	-- unknown attendance may stand in records that were taken over; the original is authoritative (rulebook R1-19)
	summary text not null default '',
	created_at timestamptz not null default now(),
	modified_at timestamptz not null default now(),
	primary key (body_id, id),
	unique (body_id, slug),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, place_id) references registry.place (body_id, id),
	foreign key (body_id, chair_person_id) references registry.person (body_id, id)
);
create index meeting_date on council.meeting (body_id, date desc);
create index meeting_council_body on council.meeting (body_id, council_body_id, date desc);
select kernel.guard('council.meeting');

create table council.agenda_item (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	position int not null,
	number text not null default '',
	public boolean not null default true,
	closed_reason text not null default '',
	-- what strangers read instead of the title of a closed item (rulebook R2-08)
	neutral_title text not null default '',
	kind text not null default 'topic' check (kind in ('opening', 'minutesApproval', 'topic', 'report', 'election',
		'anyOther', 'announcement')),
	title text not null,
	-- kernel text format; what was said and presented
	text jsonb not null default '{"blocks":[]}',
	result text check (result in ('adopted', 'adoptedChanged', 'rejected', 'noted', 'postponed', 'referred', 'withdrawn',
		'parked', 'settled', 'withoutVote', 'confirmed', 'elected')),
	-- the result in words where the enum is too coarse: "auf den 9. Dezember"
	result_note text not null default '',
	-- one plain sentence for the home page
	outcome_plain text not null default '',
	primary key (body_id, id),
	unique (body_id, meeting_id, position),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade
);
select kernel.guard('council.agenda_item');

-- Presence of a person. "Substituted" is a state of the seat; "unexcused" a later judgement (see unexcused_since).
create table council.attendance (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	position int not null,
	person_id uuid,
	-- as printed in an old record, or of a guest without an entry of their own
	name text not null,
	-- function under which the public may read of the person; a bare name stays inside
	function text not null default '',
	organisation text not null default '',
	grouping text not null default '' ,
	seat_id uuid,
	voting boolean not null default false,
	status text not null check (status in ('present', 'remote', 'excused', 'absent', 'unknown')),
	substitute_for_person_id uuid,
	substitute_for_name text not null default '',
	present_from timestamptz,
	present_until timestamptz check (present_until > present_from),
	unexcused_since date,
	guest boolean not null default false,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, substitute_for_person_id) references registry.person (body_id, id),
	foreign key (body_id, seat_id) references council.seat (body_id, id)
);
create index attendance_meeting on council.attendance (body_id, meeting_id, position);
create index attendance_person on council.attendance (body_id, person_id);
-- a seat is taken by one present person at a time: a principal and a substitute never count together
create unique index attendance_seat on council.attendance (body_id, meeting_id, seat_id)
	where seat_id is not null and status in ('present', 'remote') and present_from is null;
select kernel.guard('council.attendance');

-- Quorum as the chair stated it and as the program computed it; both stay (profile, inputs and outcome in `computed`).
create table council.quorum_finding (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	agenda_item_id uuid,
	stated boolean,
	stated_present int,
	stated_at timestamptz,
	computed jsonb not null,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade
);
create index quorum_finding_meeting on council.quorum_finding (body_id, meeting_id);
select kernel.guard('council.quorum_finding');

create table council.vote (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	agenda_item_id uuid not null,
	position int not null,
	text text not null default '',
	method text not null default 'open' check (method in ('open', 'rollCall', 'secret', 'written')),
	yes int check (yes >= 0),
	no int check (no >= 0),
	abstain int check (abstain >= 0),
	invalid int check (invalid >= 0),
	biased int check (biased >= 0),
	present_not_voting int check (present_not_voting >= 0),
	unanimous boolean not null default false,
	adopted boolean,
	primary key (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade
);
create index vote_item on council.vote (body_id, agenda_item_id, position);
select kernel.guard('council.vote');

create table council.resolution (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	agenda_item_id uuid not null,
	number text not null default '',
	text text not null,
	-- recommendation of an advisory body, or decision of one that may decide
	kind text not null default 'recommendation' check (kind in ('recommendation', 'opinion', 'decision')),
	primary key (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade
);
create index resolution_item on council.resolution (body_id, agenda_item_id);
select kernel.guard('council.resolution');

create table council.task (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	agenda_item_id uuid,
	what text not null,
	-- as written; a person or department of the registry where known
	who text not null default '',
	person_id uuid,
	organisation_id uuid,
	due date,
	due_text text not null default '',
	state text not null default 'open' check (state in ('open', 'done', 'dropped')),
	done_on date,
	done_note text not null default '',
	public boolean not null default true,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id)
);
create index task_due on council.task (body_id, state, due);
create index task_person on council.task (body_id, person_id, state);
create index task_meeting on council.task (body_id, meeting_id);
select kernel.guard('council.task');

-- Dates announced in a session that are not sessions of this body: assemblies, festivals, deadlines.
create table council.date_entry (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	title text not null default '',
	date date not null,
	start_time time,
	end_time time,
	place text not null default '',
	public boolean not null default true,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade
);
create index date_entry_date on council.date_entry (body_id, date);
create index date_entry_meeting on council.date_entry (body_id, meeting_id);
select kernel.guard('council.date_entry');

create table council.meeting_file (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	agenda_item_id uuid,
	file_id uuid not null,
	kind text not null check (kind in ('original', 'invitation', 'minutes', 'attachment')),
	title text not null,
	public boolean not null default true,
	position int not null default 0,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade,
	foreign key (body_id, file_id) references kernel.file (body_id, id)
);
create index meeting_file_meeting on council.meeting_file (body_id, meeting_id);
create index meeting_file_file on council.meeting_file (body_id, file_id);
select kernel.guard('council.meeting_file');

-- Numbers of papers that an item's text mentions; the papers module turns them into links.
create table council.paper_mention (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	agenda_item_id uuid,
	reference text not null,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade
);
create index paper_mention_meeting on council.paper_mention (body_id, meeting_id);
create index paper_mention_reference on council.paper_mention (body_id, reference);
select kernel.guard('council.paper_mention');
