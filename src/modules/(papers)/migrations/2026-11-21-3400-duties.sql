-- Reporting duties (rulebook R3-23, R4-12): who reports what to whom and by when, and which papers did it.

create table papers.report_duty (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	-- of a resolution; or of an office, whose holder reports every year
	kind text not null default 'resolution' check (kind in ('resolution', 'office')),
	subject text not null,
	-- what asks for it: a paper, a resolution of a council body, or in words ("DA 90/03")
	paper_id uuid,
	resolution_id uuid,
	source_text text not null default '',
	recipient_id uuid not null,
	department_id uuid,
	office_id uuid,
	-- a duty without any end goes on until somebody ends it
	end_on date,
	end_count int check (end_count between 1 and 400),
	end_condition text not null default '',
	public boolean not null default true,
	-- the year a yearly report speaks of, seen from its due date
	covers text not null default 'none' check (covers in ('none', 'previousYear', 'sameYear')),
	state text not null default 'active' check (state in ('active', 'paused', 'ended')),
	state_reason text not null default '',
	state_since date,
	created_by uuid,
	created_at timestamptz not null default now(),
	modified_at timestamptz not null default now(),
	primary key (body_id, id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, resolution_id) references council.resolution (body_id, id) on delete set null (resolution_id),
	foreign key (body_id, recipient_id) references registry.organisation (body_id, id),
	foreign key (body_id, department_id) references registry.organisation (body_id, id),
	foreign key (body_id, office_id) references registry.office (body_id, id),
	foreign key (body_id, created_by) references registry.person (body_id, id)
);
create index report_duty_paper on papers.report_duty (body_id, paper_id);
create index report_duty_resolution on papers.report_duty (body_id, resolution_id);
create index report_duty_department on papers.report_duty (body_id, department_id);
create index report_duty_office on papers.report_duty (body_id, office_id);
select kernel.guard('papers.report_duty');

-- The first due date is that of the first row; a later row is a change of rhythm from its date on.
create table papers.report_rhythm (
	body_id uuid not null references kernel.town (id),
	duty_id uuid not null,
	from_due date not null,
	rhythm text not null check (rhythm in ('once', 'quarter', 'halfYear', 'year')),
	reason text not null default '',
	primary key (body_id, duty_id, from_due),
	foreign key (body_id, duty_id) references papers.report_duty (body_id, id) on delete cascade
);
select kernel.guard('papers.report_rhythm');

-- Due dates as computed: all that have passed, and the next one.
create table papers.report_due (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	duty_id uuid not null,
	due date not null,
	state text not null default 'open' check (state in ('open', 'partly', 'done', 'dropped')),
	-- why nothing has to come any more
	dropped_for text check (dropped_for in ('paused', 'ended', 'byHand')),
	dropped_reason text not null default '',
	-- the paper that somebody began to write as this report
	draft_paper_id uuid,
	-- where the recipient deals with it
	agenda_item_id uuid,
	primary key (body_id, id),
	unique (body_id, duty_id, due),
	foreign key (body_id, duty_id) references papers.report_duty (body_id, id) on delete cascade,
	foreign key (body_id, draft_paper_id) references papers.paper (body_id, id) on delete set null (draft_paper_id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete set null (agenda_item_id)
);
create index report_due_state on papers.report_due (body_id, state, due, id);
create index report_due_draft on papers.report_due (body_id, draft_paper_id);
create index report_due_item on papers.report_due (body_id, agenda_item_id);
select kernel.guard('papers.report_due');

-- Papers that fulfil a due report, in full or in part; one that was taken back stays as taken back.
create table papers.report_fulfilment (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	due_id uuid not null,
	paper_id uuid not null,
	extent text not null check (extent in ('full', 'partial', 'substitute')),
	-- why the report itself is missing, of a substitute information (rulebook R4-12)
	reason text not null default '',
	-- the term of the holder whose report it is, or is missing
	holding_id uuid,
	linked_on date not null,
	linked_by uuid,
	taken_back_on date,
	primary key (body_id, id),
	foreign key (body_id, due_id) references papers.report_due (body_id, id) on delete cascade,
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, holding_id) references registry.office_holding (body_id, id),
	foreign key (body_id, linked_by) references registry.person (body_id, id)
);
create index report_fulfilment_due on papers.report_fulfilment (body_id, due_id);
create index report_fulfilment_paper on papers.report_fulfilment (body_id, paper_id);
create unique index report_fulfilment_once on papers.report_fulfilment (body_id, due_id, paper_id) where taken_back_on is null;
select kernel.guard('papers.report_fulfilment');

-- When reminders go out: days before the due date, then every so many days until it is done. Dated, with its source.
create table papers.reminder_plan (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	about text not null check (about in ('report', 'officeReport', 'control')),
	days_before int[] not null,
	-- 0: no more after the due date
	repeat_days int not null default 0 check (repeat_days between 0 and 365),
	citation text not null default '',
	from_date date not null,
	until_date date check (until_date > from_date),
	primary key (body_id, id),
	exclude using gist (body_id with =, about with =, daterange(from_date, until_date) with &&)
);
select kernel.guard('papers.reminder_plan');

-- Who was reminded of what: `key` is the step of the plan, so nobody hears of it twice.
create table papers.reminder (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	-- the due date of a report, or the entry of the resolution control
	object_id uuid not null,
	person_id uuid not null,
	key text not null,
	mail_id uuid,
	at timestamptz not null,
	primary key (body_id, id),
	unique (body_id, object_id, person_id, key),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, mail_id) references kernel.mail (body_id, id) on delete set null (mail_id)
);
select kernel.guard('papers.reminder');
