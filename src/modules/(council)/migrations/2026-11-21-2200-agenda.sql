-- Before a session: the template of a body's agenda, who is invited in which function, what they answered, which mails went
-- out. The agenda itself stands in agenda_item.

-- How a body usually meets: what a new session starts from (SIT-01, SIT-04).
create table council.agenda_template (
	body_id uuid not null references kernel.town (id),
	council_body_id uuid not null,
	-- house style of a session's title: {nummer}, {art}, {jahr}, {gremium}
	title_pattern text not null default '{nummer}. {art} Sitzung {jahr}',
	numbering text not null default 'year' check (numbering in ('year', 'term')),
	start_time time not null default '17:00',
	minutes int not null default 120 check (minutes between 15 and 1440),
	place_id uuid,
	mode text not null default 'room' check (mode in ('room', 'hybrid', 'video')),
	-- days before the session on which members are reminded
	reminder_days int[] not null default '{7,1}',
	primary key (body_id, council_body_id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, place_id) references registry.place (body_id, id)
);
select kernel.guard('council.agenda_template');

-- Standing items; `id` is the key that items of a session keep.
create table council.agenda_template_line (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	position int not null,
	kind text not null default 'topic' check (kind in ('opening', 'minutesApproval', 'topic', 'report', 'election',
		'anyOther', 'announcement')),
	title text not null,
	public boolean not null default true,
	closed_code text not null default '',
	closed_basis text not null default '',
	neutral_title text not null default '',
	-- reports regularly, whoever holds the office then (SIT-13)
	reporter_office_id uuid,
	reporter_text text not null default '',
	-- lists the open tasks of the last minutes (SIT-19)
	reviews_tasks boolean not null default false,
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, reporter_office_id) references registry.office (body_id, id)
);
create index agenda_template_line_body on council.agenda_template_line (body_id, council_body_id, position);
select kernel.guard('council.agenda_template_line');

-- Standing guests: a function, or places kept free for organisations (GRE-09, GRE-10).
create table council.agenda_template_guest (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	position int not null,
	label text not null,
	office_id uuid,
	places int not null default 1 check (places between 1 and 50),
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, office_id) references registry.office (body_id, id)
);
create index agenda_template_guest_body on council.agenda_template_guest (body_id, council_body_id, position);
select kernel.guard('council.agenda_template_guest');

alter table council.agenda_item
	add column closed_code text not null default '' check (closed_code in ('', 'personnel', 'individual', 'property',
		'procurement', 'commonGood', 'other')),
	add column closed_basis text not null default '',
	add column reporter_text text not null default '',
	add column reviews_tasks boolean not null default false,
	-- the session whose minutes an item of kind minutesApproval is about
	add column approves_meeting_id uuid,
	add foreign key (body_id, approves_meeting_id) references council.meeting (body_id, id) on delete set null (approves_meeting_id);

-- A guest of one session: by function, as an organisation, or by name; a place that nobody fills yet has none of them.
create table council.meeting_guest (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	position int not null,
	label text not null default '',
	office_id uuid,
	organisation_id uuid,
	person_id uuid,
	name text not null default '',
	email text not null default '',
	agenda_item_id uuid,
	-- who put the guest on the list answers for it (rulebook R2-09a)
	invited_by_person_id uuid,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete set null (agenda_item_id),
	foreign key (body_id, office_id) references registry.office (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, invited_by_person_id) references registry.person (body_id, id)
);
create index meeting_guest_meeting on council.meeting_guest (body_id, meeting_id, position);
select kernel.guard('council.meeting_guest');

-- Names proposed for an election before the session; members read them with the agenda (SIT-23).
create table council.nomination (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	agenda_item_id uuid not null,
	position int not null,
	name text not null,
	person_id uuid,
	note text not null default '',
	primary key (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index nomination_item on council.nomination (body_id, agenda_item_id, position);
select kernel.guard('council.nomination');

-- How the session is convened, beside what stands in meeting: reminders, the reason of short notice, the version readers answer to.
create table council.convening (
	body_id uuid not null references kernel.town (id),
	meeting_id uuid not null,
	reminder_days int[] not null default '{}',
	urgent_reason text not null default '',
	-- grows when time, place or mode change after the invitation: an answer to an older version asks again
	version int not null default 1,
	changed_at timestamptz,
	primary key (body_id, meeting_id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade
);
select kernel.guard('council.convening');

-- One row for each who is invited. The link in their mails is derived from the id; nothing stored opens it.
create table council.invitation (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	person_id uuid,
	guest_id uuid,
	role text not null check (role in ('member', 'advisory', 'reporter', 'guest', 'substitute')),
	-- under which function somebody is invited: "Leitung des Bürgeramts"
	function text not null default '',
	seat_id uuid,
	voting boolean not null default false,
	substitute_for_id uuid,
	name text not null,
	email text not null default '',
	locale text not null default 'de',
	answer text not null default 'open' check (answer in ('open', 'yes', 'no', 'late', 'remote', 'substitute')),
	-- private: the office alone reads it
	reason text not null default '',
	-- from when somebody who comes later will be there
	arrives_at time,
	answered_at timestamptz,
	answered_by text check (answered_by in ('link', 'desk', 'office')),
	answered_version int,
	-- no longer asked: the substitute is not needed any more
	withdrawn boolean not null default false,
	created_at timestamptz not null default now(),
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, guest_id) references council.meeting_guest (body_id, id) on delete cascade,
	foreign key (body_id, seat_id) references council.seat (body_id, id),
	foreign key (body_id, substitute_for_id) references council.invitation (body_id, id) on delete cascade
);
create unique index invitation_person on council.invitation (body_id, meeting_id, person_id) where person_id is not null;
create unique index invitation_guest on council.invitation (body_id, meeting_id, guest_id) where guest_id is not null and person_id is null;
create index invitation_of_person on council.invitation (body_id, person_id);
select kernel.guard('council.invitation');

-- The delivery log: which mail went to whom for what; its fate stands in kernel.mail. `key` keeps a reminder from going twice.
create table council.invitation_mail (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	invitation_id uuid not null,
	purpose text not null check (purpose in ('invitation', 'update', 'cancellation', 'reminder', 'substitute', 'again')),
	key text not null,
	-- empty where there is no address: goes by post
	mail_id uuid,
	at timestamptz not null,
	primary key (body_id, id),
	unique (body_id, invitation_id, purpose, key),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, invitation_id) references council.invitation (body_id, id) on delete cascade,
	foreign key (body_id, mail_id) references kernel.mail (body_id, id) on delete set null (mail_id)
);
create index invitation_mail_meeting on council.invitation_mail (body_id, meeting_id, at);
select kernel.guard('council.invitation_mail');
