-- Early involvement and co-signature (rulebook section 4): dated instructions and their rules, matters with their milestones,
-- requests bound to what was read, answers, omissions, rounds of participation and the log of contacts.

-- An instruction of the town ("DA 90/03"). One that is replaced ends; its rules stay for matters opened before.
create table papers.instruction (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	reference text not null,
	title text not null,
	note text not null default '',
	from_date date not null,
	until_date date check (until_date > from_date),
	-- the instruction this one follows
	replaces_id uuid,
	primary key (body_id, id),
	unique (body_id, reference, from_date),
	foreign key (body_id, replaces_id) references papers.instruction (body_id, id)
);
select kernel.guard('papers.instruction');

-- Who is to be involved, when and how (R4-01). Never changed once it stands, only ended: a matter keeps the rules of its first day.
create table papers.involvement_rule (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	instruction_id uuid not null,
	-- either a commissioner's office or a council body
	office_id uuid,
	organisation_id uuid,
	form text not null check (form in ('inform', 'consult', 'coSign')),
	relevance text not null default 'relevant' check (relevance in ('relevant', 'always')),
	department_id uuid,
	paper_type_id uuid,
	answer_days int not null default 5 check (answer_days between 1 and 60),
	urgent_days int not null default 1 check (urgent_days between 1 and 60),
	-- where it stands in the instruction, as the town cites it
	citation text not null default '',
	from_date date not null,
	until_date date check (until_date > from_date),
	primary key (body_id, id),
	check (office_id is null or organisation_id is null),
	foreign key (body_id, instruction_id) references papers.instruction (body_id, id),
	foreign key (body_id, office_id) references registry.office (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, department_id) references registry.organisation (body_id, id),
	foreign key (body_id, paper_type_id) references papers.paper_type (body_id, id)
);
create index involvement_rule_instruction on papers.involvement_rule (body_id, instruction_id);
select kernel.guard('papers.involvement_rule');

create table papers.involvement_rule_topic (
	body_id uuid not null references kernel.town (id),
	rule_id uuid not null,
	topic_id uuid not null,
	primary key (body_id, rule_id, topic_id),
	foreign key (body_id, rule_id) references papers.involvement_rule (body_id, id) on delete cascade,
	foreign key (body_id, topic_id) references registry.topic (body_id, id)
);
select kernel.guard('papers.involvement_rule_topic');

-- Something a department prepares, from its first day on; the paper comes later, or never.
create table papers.matter (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	title text not null,
	note text not null default '',
	department_id uuid not null,
	paper_type_id uuid,
	paper_id uuid,
	state text not null default 'open' check (state in ('open', 'withdrawn')),
	-- the answer in force; the history stands in matter_relevance
	relevant boolean not null,
	-- milestones (R4-02)
	opened_on date not null,
	first_informed_on date,
	draft_sent_on date,
	draft_final_on date,
	mayor_approved_on date,
	withdrawn_on date,
	-- an urgent decision of the mayor before anybody could be asked, and when it was reported afterwards
	urgent_on date,
	urgent_reason text not null default '',
	urgent_reported_on date check (urgent_reported_on >= urgent_on),
	created_by uuid,
	created_at timestamptz not null default now(),
	primary key (body_id, id),
	unique (body_id, paper_id),
	foreign key (body_id, department_id) references registry.organisation (body_id, id),
	foreign key (body_id, paper_type_id) references papers.paper_type (body_id, id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete set null (paper_id),
	foreign key (body_id, created_by) references registry.person (body_id, id)
);
create index matter_opened on papers.matter (body_id, opened_on desc, id);
create index matter_department on papers.matter (body_id, department_id, opened_on desc);
select kernel.guard('papers.matter');

create table papers.matter_topic (
	body_id uuid not null references kernel.town (id),
	matter_id uuid not null,
	topic_id uuid not null,
	primary key (body_id, matter_id, topic_id),
	foreign key (body_id, matter_id) references papers.matter (body_id, id) on delete cascade,
	foreign key (body_id, topic_id) references registry.topic (body_id, id)
);
select kernel.guard('papers.matter_topic');

-- The one question that everybody is asked (MIT-11): each answer with its reason, and by whom.
create table papers.matter_relevance (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	matter_id uuid not null,
	relevant boolean not null,
	reason text not null,
	decided_at timestamptz not null,
	decided_by uuid,
	-- in which capacity: this may stand in a statistic, a name may not
	decided_as text not null check (decided_as in ('department', 'office')),
	primary key (body_id, id),
	foreign key (body_id, matter_id) references papers.matter (body_id, id) on delete cascade,
	foreign key (body_id, decided_by) references registry.person (body_id, id)
);
create index matter_relevance_matter on papers.matter_relevance (body_id, matter_id, decided_at);
select kernel.guard('papers.matter_relevance');

-- Drafts as files, where there is no paper (yet); the newest is the one that counts.
create table papers.matter_file (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	matter_id uuid not null,
	file_id uuid not null,
	added_at timestamptz not null,
	primary key (body_id, id),
	foreign key (body_id, matter_id) references papers.matter (body_id, id) on delete cascade,
	foreign key (body_id, file_id) references kernel.file (body_id, id)
);
create index matter_file_matter on papers.matter_file (body_id, matter_id, added_at desc);
create index matter_file_file on papers.matter_file (body_id, file_id);
select kernel.guard('papers.matter_file');

-- Whom a matter has to involve. Co-signature of a commissioner and consultation of a council body are rows of their own (R4-09).
create table papers.involvement (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	matter_id uuid not null,
	rule_id uuid not null,
	office_id uuid,
	organisation_id uuid,
	form text not null check (form in ('inform', 'consult', 'coSign')),
	answer_days int not null check (answer_days between 1 and 60),
	urgent_days int not null check (urgent_days between 1 and 60),
	-- no longer owed, because the matter was found not relevant after all
	dropped_on date,
	-- left out on purpose or by mistake (R4-08)
	omitted_code text check (omitted_code in ('notRelevant', 'urgent', 'forgotten', 'technical', 'other')),
	omitted_reason text not null default '',
	omitted_on date,
	omitted_by uuid,
	primary key (body_id, id),
	unique nulls not distinct (body_id, matter_id, office_id, organisation_id),
	check (office_id is null or organisation_id is null),
	foreign key (body_id, matter_id) references papers.matter (body_id, id) on delete cascade,
	foreign key (body_id, rule_id) references papers.involvement_rule (body_id, id),
	foreign key (body_id, office_id) references registry.office (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, omitted_by) references registry.person (body_id, id)
);
create index involvement_office on papers.involvement (body_id, office_id);
create index involvement_organisation on papers.involvement (body_id, organisation_id);
select kernel.guard('papers.involvement');

-- What was read: the text of a paper as it stood when somebody was asked. One row a text, however many were asked.
create table papers.asked_text (
	body_id uuid not null references kernel.town (id),
	matter_id uuid not null,
	hash text not null,
	title text not null,
	operative jsonb not null,
	reasons jsonb not null,
	primary key (body_id, matter_id, hash),
	foreign key (body_id, matter_id) references papers.matter (body_id, id) on delete cascade
);
select kernel.guard('papers.asked_text');

-- One question to one addressee about one text. A changed text asks anew in a further round (R4-06).
create table papers.sign_request (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	matter_id uuid not null,
	involvement_id uuid not null,
	round int not null check (round > 0),
	-- one after the other; equal steps at the same time
	step int not null default 1 check (step > 0),
	-- sha-256 of the paper's text, or sha-512 of the file
	hash text not null,
	file_id uuid,
	state text not null default 'open' check (state in ('waiting', 'open', 'answered', 'outdated', 'withdrawn')),
	urgent boolean not null default false,
	urgent_reason text not null default '',
	requested_at timestamptz not null,
	requested_by uuid,
	-- the deadline runs from the day on which somebody could read it; empty while it waits its turn or the office is vacant
	due_on date,
	-- who holds the office or stands in for its holder on the day of asking; empty: vacant
	person_id uuid,
	asked_as text not null default 'holder' check (asked_as in ('holder', 'deputy', 'vacant', 'body')),
	-- the deadline begins later because the holder is away
	extended boolean not null default false,
	outdated_on date,
	reminded_at timestamptz,
	answer text check (answer in ('agreed', 'agreedWithRemarks', 'refused', 'notAffected', 'abstainedBias')),
	reasons text not null default '',
	-- the commissioner wishes the council to read the reasons (R4-04)
	for_council boolean not null default false,
	answered_at timestamptz,
	answered_by uuid,
	taken_up text check (taken_up in ('yes', 'partly', 'no')),
	taken_up_reason text not null default '',
	taken_up_on date,
	primary key (body_id, id),
	unique (body_id, involvement_id, round),
	foreign key (body_id, matter_id) references papers.matter (body_id, id) on delete cascade,
	foreign key (body_id, involvement_id) references papers.involvement (body_id, id) on delete cascade,
	foreign key (body_id, file_id) references kernel.file (body_id, id),
	foreign key (body_id, requested_by) references registry.person (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, answered_by) references registry.person (body_id, id)
);
create index sign_request_matter on papers.sign_request (body_id, matter_id);
create index sign_request_person on papers.sign_request (body_id, person_id) where state = 'open';
create index sign_request_due on papers.sign_request (body_id, due_on) where state = 'open';
select kernel.guard('papers.sign_request');

-- Who stands in for the holder of an office, and when a holder is away (R4-07).
create table papers.office_deputy (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	office_id uuid not null,
	person_id uuid not null,
	from_date date not null,
	until_date date check (until_date > from_date),
	primary key (body_id, id),
	foreign key (body_id, office_id) references registry.office (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index office_deputy_office on papers.office_deputy (body_id, office_id);
create index office_deputy_person on papers.office_deputy (body_id, person_id);
select kernel.guard('papers.office_deputy');

create table papers.office_absence (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	office_id uuid not null,
	person_id uuid not null,
	from_date date not null,
	-- the last day away
	last_date date not null check (last_date >= from_date),
	primary key (body_id, id),
	foreign key (body_id, office_id) references registry.office (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index office_absence_office on papers.office_absence (body_id, office_id, last_date);
create index office_absence_person on papers.office_absence (body_id, person_id);
select kernel.guard('papers.office_absence');
