-- Writing together, withdrawing, numbers with a suffix, and where a relation was read.

-- Counts each saving: who saves on an older one gets both texts, nothing is lost.
alter table papers.paper add column revision int not null default 1 check (revision > 0);
-- after the vote began, a paper is withdrawn only with consent (rulebook R3-21): whose, and when
alter table papers.paper add column withdrawn_consent text not null default '';

-- What stood in the form at each saving of a draft; the base on which two people's changes are brought together. Only the last
-- one outlives filing.
create table papers.draft_save (
	body_id uuid not null references kernel.town (id),
	paper_id uuid not null,
	revision int not null check (revision > 0),
	content jsonb not null,
	saved_at timestamptz not null,
	saved_by uuid,
	primary key (body_id, paper_id, revision),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, saved_by) references registry.person (body_id, id)
);
select kernel.guard('papers.draft_save');

-- Who may write a draft besides its author.
create table papers.co_writer (
	body_id uuid not null references kernel.town (id),
	paper_id uuid not null,
	person_id uuid not null,
	invited_at timestamptz not null default now(),
	seen_at timestamptz,
	primary key (body_id, paper_id, person_id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index co_writer_person on papers.co_writer (body_id, person_id);
select kernel.guard('papers.co_writer');

-- Remarks of those who write; gone with the filing.
create table papers.draft_comment (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	paper_id uuid not null,
	part text not null default 'all' check (part in ('all', 'operative', 'reasons')),
	text text not null,
	written_by uuid,
	written_at timestamptz not null default now(),
	settled_at timestamptz,
	primary key (body_id, id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, written_by) references registry.person (body_id, id)
);
create index draft_comment_paper on papers.draft_comment (body_id, paper_id, written_at);
create index draft_comment_writer on papers.draft_comment (body_id, written_by);
select kernel.guard('papers.draft_comment');

create table papers.draft_mention (
	body_id uuid not null references kernel.town (id),
	comment_id uuid not null,
	person_id uuid not null,
	seen_at timestamptz,
	primary key (body_id, comment_id, person_id),
	foreign key (body_id, comment_id) references papers.draft_comment (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index draft_mention_person on papers.draft_mention (body_id, person_id) where seen_at is null;
select kernel.guard('papers.draft_mention');

-- Where an offered relation was read; empty: somebody entered it.
alter table papers.paper_relation add column found_in text not null default ''
	check (found_in in ('', 'operative', 'reasons', 'file'));
create unique index paper_relation_once_written on papers.paper_relation (body_id, from_paper_id, to_reference, kind)
	where to_paper_id is null;
create index paper_relation_reference on papers.paper_relation (body_id, to_reference) where to_paper_id is null;

-- Who usually writes this type: members and everybody else, or only the administration.
alter table papers.paper_type add column written_by text not null default 'all'
	check (written_by in ('all', 'administration'));
-- The number is written below that of another paper: A0152/21/1 (rulebook R3-01, R3-19).
alter table papers.paper_type add column below boolean not null default false;
update papers.paper_type set written_by = 'administration'
	where code in ('resolutionProposal', 'administrationStatement', 'information');

create index paper_number on papers.paper (body_id, number_year, number);
