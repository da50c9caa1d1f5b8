-- Statements of the administration (rulebook R3-16, R3-18): asked for when a motion or inquiry is filed, drafted, co-signed by
-- other departments, approved by the mayor, published as a paper of its own. And what becomes of recommendations, position
-- papers and letters (R3-26).

-- How many days there are, from which day on; the latest one that has begun counts. Without a row: the usual ones.
create table papers.statement_rule (
	body_id uuid not null references kernel.town (id),
	valid_from date not null,
	-- a statement is there so many days before the first committee
	before_committee int not null check (before_committee between 0 and 90),
	counted_in text not null check (counted_in in ('days', 'workingDays')),
	-- working days that the approval takes before that
	approval_days int not null check (approval_days between 0 and 60),
	-- days for the written answer to an inquiry
	inquiry_days int not null check (inquiry_days between 1 and 365),
	-- working days for another department's co-signature
	co_sign_days int not null check (co_sign_days between 1 and 60),
	-- days after which a recommendation that nobody answered is overdue
	treatment_days int not null check (treatment_days between 1 and 730),
	-- mails so many days before the day; afterwards once a week
	reminder_days int[] not null,
	citation text not null,
	primary key (body_id, valid_from)
);
select kernel.guard('papers.statement_rule');

create table papers.statement (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	state text not null default 'requested'
		check (state in ('requested', 'drafting', 'coSigning', 'approval', 'approved', 'published', 'stopped')),
	-- who leads; empty until the office has chosen
	department_id uuid,
	requested_on date not null,
	-- empty while no committee is planned
	due_on date,
	approval_due_on date,
	-- what the day was counted from, and by which rule (empty: the usual one)
	due_basis text not null default 'none' check (due_basis in ('committee', 'inquiry', 'hand', 'none')),
	base_on date,
	rule_from date,
	-- why the day was set by hand
	due_reason text not null default '',
	-- the statement itself: a draft among the papers, later a paper of its own
	paper_id uuid,
	recommendation text check (recommendation in ('adopt', 'adoptChanged', 'reject', 'alreadyDone', 'counterProposal')),
	-- one or two sentences for everybody
	summary text not null default '',
	-- the resolution that the administration proposes instead, in the kernel's text format
	counter_proposal jsonb,
	-- brought in as an amendment with a number of its own
	amendment_id uuid,
	approved_on date,
	-- of the words that the mayor approved; others are not published
	approved_hash text not null default '',
	published_on date,
	stopped_reason text not null default '',
	primary key (body_id, id),
	foreign key (body_id, department_id) references registry.organisation (body_id, id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id),
	foreign key (body_id, amendment_id) references papers.paper (body_id, id)
);
create index statement_open on papers.statement (body_id, due_on, id) where state not in ('published', 'stopped');
create index statement_department on papers.statement (body_id, department_id, due_on)
	where state not in ('published', 'stopped');
create unique index statement_own_paper on papers.statement (body_id, paper_id) where paper_id is not null;
select kernel.guard('papers.statement');

-- The papers it states on: one statement may answer two inquiries (rulebook, edge cases 3).
create table papers.statement_on (
	body_id uuid not null references kernel.town (id),
	statement_id uuid not null,
	paper_id uuid not null,
	position int not null default 0,
	primary key (body_id, statement_id, paper_id),
	foreign key (body_id, statement_id) references papers.statement (body_id, id) on delete cascade,
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade
);
create index statement_on_paper on papers.statement_on (body_id, paper_id);
select kernel.guard('papers.statement_on');

-- Other departments sign for their field; equal `step`: at the same time. An answer belongs to the words that were read:
-- when they change, it is outdated, stays, and is asked anew.
create table papers.statement_co_sign (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	statement_id uuid not null,
	organisation_id uuid not null,
	step int not null default 1,
	state text not null default 'waiting'
		check (state in ('waiting', 'asked', 'agreed', 'agreedWithRemarks', 'refused', 'notAffected', 'outdated', 'passedOver')),
	asked_on date,
	due_on date,
	answered_on date,
	answered_by uuid,
	remarks text not null default '',
	-- of the words that the answer speaks of
	hash text not null default '',
	primary key (body_id, id),
	foreign key (body_id, statement_id) references papers.statement (body_id, id) on delete cascade,
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, answered_by) references registry.person (body_id, id)
);
create index statement_co_sign_statement on papers.statement_co_sign (body_id, statement_id, step);
create index statement_co_sign_asked on papers.statement_co_sign (body_id, organisation_id, due_on) where state = 'asked';
select kernel.guard('papers.statement_co_sign');

-- What happened, one row an act, never changed.
create table papers.statement_step (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	statement_id uuid not null,
	act text not null check (act in ('requested', 'assigned', 'begun', 'coSignAsked', 'coSigned', 'coSignTakenBack', 'handed',
		'approved', 'returned', 'published', 'stopped', 'resumed', 'dueSet', 'joined', 'parted')),
	at timestamptz not null,
	on_date date not null,
	by_person_id uuid,
	-- whom it concerns: the department chosen, asked or answering
	organisation_id uuid,
	note text not null default '',
	primary key (body_id, id),
	foreign key (body_id, statement_id) references papers.statement (body_id, id) on delete cascade,
	foreign key (body_id, by_person_id) references registry.person (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id)
);
create index statement_step_statement on papers.statement_step (body_id, statement_id, at);
select kernel.guard('papers.statement_step');

-- Mails that went out, so that none goes twice.
create table papers.statement_mail (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	statement_id uuid not null,
	organisation_id uuid not null,
	-- 'asked', 'coSign', 'day-3', 'late-2026-11-21' …
	key text not null,
	sent_on date not null,
	primary key (body_id, id),
	unique (body_id, statement_id, organisation_id, key),
	foreign key (body_id, statement_id) references papers.statement (body_id, id) on delete cascade,
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id)
);
select kernel.guard('papers.statement_mail');

-- A recommendation, position paper or letter at the body it is addressed to: received, dealt with, outcome, answer.
create table papers.treatment (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	paper_id uuid not null,
	organisation_id uuid not null,
	sent_on date not null,
	due_on date not null,
	answered_on date,
	-- nobody waits for an answer any more, with the reason
	closed_on date,
	closed_reason text not null default '',
	primary key (body_id, id),
	unique (body_id, paper_id, organisation_id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id)
);
create index treatment_open on papers.treatment (body_id, due_on, id) where answered_on is null and closed_on is null;
select kernel.guard('papers.treatment');

create table papers.treatment_step (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	treatment_id uuid not null,
	kind text not null check (kind in ('received', 'forwarded', 'dealtWith', 'answered')),
	happened_on date not null,
	-- where it was dealt with, or to whom it was handed on
	organisation_id uuid,
	place text not null default '',
	result text check (result in ('adopted', 'adoptedChanged', 'rejected', 'noted', 'postponed', 'noAction')),
	note text not null default '',
	answer_paper_id uuid,
	entered_by uuid,
	entered_at timestamptz not null,
	primary key (body_id, id),
	foreign key (body_id, treatment_id) references papers.treatment (body_id, id) on delete cascade,
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, answer_paper_id) references papers.paper (body_id, id),
	foreign key (body_id, entered_by) references registry.person (body_id, id)
);
create index treatment_step_treatment on papers.treatment_step (body_id, treatment_id, happened_on);
select kernel.guard('papers.treatment_step');
