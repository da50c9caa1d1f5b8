-- Minutes from draft to archive: one record for a session, its fixed versions, signatures, comments, objections; what
-- belongs to their text (verbatim statements, sentences changed by hand), owners and reviews of tasks, numbers and
-- announcement of resolutions.

create table council.minutes_record (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	-- rulebook R2-64; objections are decided on after 'published', corrections are new versions of the same record
	state text not null default 'draft' check (state in ('draft', 'internalReview', 'signed', 'published', 'approved',
		'archived')),
	published_at timestamptz,
	-- approved means: the body has decided on the correctness of the record; both parts apart (R2-43)
	approved_public_on date,
	approved_closed_on date,
	archived_at timestamptz,
	-- taken back from the public: the address stays and says so (R2-67)
	withdrawn_at timestamptz,
	withdrawn_reason text not null default '',
	created_at timestamptz not null default now(),
	primary key (body_id, id),
	unique (body_id, meeting_id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade
);
select kernel.guard('council.minutes_record');

-- What was fixed, for ever: content in the one canonical form, sha-512 over it. Nothing here is changed or deleted.
create table council.minutes_version (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	minutes_id uuid not null,
	number int not null check (number > 0),
	content jsonb not null,
	sha512 text not null,
	-- empty for the first one
	reason text not null default '',
	fixed_at timestamptz not null,
	primary key (body_id, id),
	unique (body_id, minutes_id, number),
	foreign key (body_id, minutes_id) references council.minutes_record (body_id, id)
);
select kernel.guard('council.minutes_version');

create function council.refuse_change() returns trigger language plpgsql as $$
begin
	raise exception 'a fixed version of minutes is never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger minutes_version_fixed before update or delete on council.minutes_version
	for each row execute function council.refuse_change();

create table council.minutes_signature (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	version_id uuid not null,
	role text not null check (role in ('chair', 'minuteTaker', 'office', 'member')),
	person_id uuid,
	name text not null,
	-- held on the day of signing, as it stands under the signature
	function text not null default '',
	signed_on date not null,
	signed_at timestamptz not null,
	-- 'paper': somebody signed on paper, the scan lies beside
	method text not null check (method in ('account', 'paper')),
	file_id uuid,
	-- somebody changed the draft before all had signed: the signature counts no more, but stays visible
	void_at timestamptz,
	primary key (body_id, id),
	foreign key (body_id, version_id) references council.minutes_version (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, file_id) references kernel.file (body_id, id)
);
create unique index minutes_signature_once on council.minutes_signature (body_id, version_id, role) where void_at is null;
select kernel.guard('council.minutes_signature');

create table council.minutes_comment (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	minutes_id uuid not null,
	agenda_item_id uuid,
	person_id uuid,
	name text not null default '',
	text text not null,
	written_at timestamptz not null,
	settled_at timestamptz,
	primary key (body_id, id),
	foreign key (body_id, minutes_id) references council.minutes_record (body_id, id) on delete cascade,
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index minutes_comment_minutes on council.minutes_comment (body_id, minutes_id);
select kernel.guard('council.minutes_comment');

create table council.minutes_objection (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	minutes_id uuid not null,
	version_id uuid not null,
	agenda_item_id uuid,
	person_id uuid,
	name text not null,
	text text not null,
	-- how it should read instead
	wanted text not null default '',
	filed_at timestamptz not null,
	-- after the session that decided on the minutes had begun: kept, told so, not decided by itself
	late boolean not null default false,
	state text not null default 'open' check (state in ('open', 'accepted', 'rejected', 'withdrawn')),
	decided_on date,
	-- the item of the later session under which the body decided
	decided_item_id uuid,
	decision_note text not null default '',
	-- votes of the body on this objection (yes, no, abstain), where they were counted
	yes int check (yes >= 0),
	no int check (no >= 0),
	abstain int check (abstain >= 0),
	corrected_version_id uuid,
	primary key (body_id, id),
	foreign key (body_id, minutes_id) references council.minutes_record (body_id, id) on delete cascade,
	foreign key (body_id, version_id) references council.minutes_version (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, decided_item_id) references council.agenda_item (body_id, id) on delete set null (decided_item_id),
	foreign key (body_id, corrected_version_id) references council.minutes_version (body_id, id)
);
create index minutes_objection_minutes on council.minutes_objection (body_id, minutes_id);
select kernel.guard('council.minutes_objection');

-- Somebody asked, while speaking, that their words go into the minutes as they are (rulebook R2-60).
create table council.minutes_statement (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	agenda_item_id uuid not null,
	position int not null,
	person_id uuid,
	name text not null,
	text text not null,
	primary key (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index minutes_statement_item on council.minutes_statement (body_id, agenda_item_id);
select kernel.guard('council.minutes_statement');

-- A standard sentence that the office said in other words for this one session; an empty text leaves it out.
create table council.minutes_sentence (
	body_id uuid not null references kernel.town (id),
	meeting_id uuid not null,
	-- names the sentence: its template, and the item it stands under
	key text not null,
	text text not null,
	primary key (body_id, meeting_id, key),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade
);
select kernel.guard('council.minutes_sentence');

-- House style of a body: which layout, templates said otherwise, gendered forms.
create table council.minutes_style (
	body_id uuid not null references kernel.town (id),
	council_body_id uuid not null,
	style text not null check (style in ('results', 'roundTable')),
	gender text check (gender in ('star', 'colon', 'pair', 'neutral', 'slash')),
	-- { opening: '{chair} eröffnet …' }
	sentences jsonb not null default '{}',
	primary key (body_id, council_body_id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id)
);
select kernel.guard('council.minutes_style');

-- The record of one export of a term for the archive.
create table council.minutes_archive (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	term_id uuid not null,
	made_at timestamptz not null,
	sha512 text not null,
	file_id uuid not null,
	sessions int not null,
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, term_id) references council.term (body_id, id),
	foreign key (body_id, file_id) references kernel.file (body_id, id)
);
select kernel.guard('council.minutes_archive');

-- A task may have several owners; council.task names the first one.
create table council.task_owner (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	task_id uuid not null,
	position int not null,
	name text not null default '',
	person_id uuid,
	organisation_id uuid,
	primary key (body_id, id),
	foreign key (body_id, task_id) references council.task (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id)
);
create index task_owner_task on council.task_owner (body_id, task_id);
create index task_owner_person on council.task_owner (body_id, person_id) where person_id is not null;
select kernel.guard('council.task_owner');

-- What a later session of the same body said to an open task of an earlier one (SIT-19): done, or carried on.
create table council.task_review (
	body_id uuid not null references kernel.town (id),
	meeting_id uuid not null,
	task_id uuid not null,
	outcome text not null check (outcome in ('done', 'continued', 'dropped')),
	due date,
	note text not null default '',
	primary key (body_id, meeting_id, task_id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, task_id) references council.task (body_id, id) on delete cascade
);
create index task_review_task on council.task_review (body_id, task_id);
select kernel.guard('council.task_review');

-- The last number given in a body and a year. Its row is locked until the transaction ends: a number that was given and
-- rolled back is given again, none is left out.
create table council.resolution_counter (
	body_id uuid not null references kernel.town (id),
	council_body_id uuid not null,
	year int not null,
	last int not null check (last > 0),
	primary key (body_id, council_body_id, year),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id)
);
select kernel.guard('council.resolution_counter');

-- Resolutions of a closed part are announced once the public is back, unless something weighs against it (R2-12).
create table council.resolution_announcement (
	body_id uuid not null references kernel.town (id),
	resolution_id uuid not null,
	state text not null default 'open' check (state in ('open', 'announced', 'withheld')),
	-- for 'withheld': why
	reason text not null default '',
	-- wording for the public, where the resolution itself may not be read out
	public_text text not null default '',
	announced_item_id uuid,
	decided_on date,
	primary key (body_id, resolution_id),
	foreign key (body_id, resolution_id) references council.resolution (body_id, id) on delete cascade,
	foreign key (body_id, announced_item_id) references council.agenda_item (body_id, id) on delete set null (announced_item_id),
	check (state <> 'withheld' or reason <> '')
);
select kernel.guard('council.resolution_announcement');
