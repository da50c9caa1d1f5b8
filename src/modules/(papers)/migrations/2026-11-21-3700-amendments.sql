-- Amendments as wording: what a paper with a number of its own wants to change in the operative text of another, and the
-- decisions by which several are brought together. What collides and what comes out is computed, never stored.

create table papers.amendment (
	body_id uuid not null references kernel.town (id),
	-- the amending paper
	paper_id uuid not null,
	-- the amended one, and the version it was written on
	base_id uuid not null,
	base_version int not null check (base_version > 0),
	-- the whole operative text as it shall be
	proposed jsonb not null,
	source text not null default 'form' check (source in ('form', 'word')),
	primary key (body_id, paper_id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, base_id, base_version) references papers.paper_version (body_id, paper_id, number)
);
create index amendment_base on papers.amendment (body_id, base_id, base_version);
select kernel.guard('papers.amendment');

-- Bringing amendments together: one open at a time for a paper. `taken_version`: the version that came out of it.
create table papers.wording_merge (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	paper_id uuid not null,
	base_version int not null check (base_version > 0),
	opened_at timestamptz not null,
	closed_at timestamptz,
	taken_version int check (taken_version > 0),
	primary key (body_id, id),
	foreign key (body_id, paper_id, base_version) references papers.paper_version (body_id, paper_id, number),
	foreign key (body_id, paper_id, taken_version) references papers.paper_version (body_id, paper_id, number)
);
create unique index wording_merge_open on papers.wording_merge (body_id, paper_id) where closed_at is null;
create index wording_merge_paper on papers.wording_merge (body_id, paper_id, opened_at);
select kernel.guard('papers.wording_merge');

-- The log: who decided what, in this order. What was taken back stays and says so.
create table papers.wording_decision (
	body_id uuid not null references kernel.town (id),
	merge_id uuid not null,
	position int not null check (position > 0),
	choice jsonb not null,
	decided_by uuid,
	decided_at timestamptz not null,
	undone_by uuid,
	undone_at timestamptz,
	primary key (body_id, merge_id, position),
	foreign key (body_id, merge_id) references papers.wording_merge (body_id, id) on delete cascade,
	foreign key (body_id, decided_by) references registry.person (body_id, id),
	foreign key (body_id, undone_by) references registry.person (body_id, id)
);
create index wording_decision_person on papers.wording_decision (body_id, decided_by);
create index wording_decision_undone on papers.wording_decision (body_id, undone_by);
select kernel.guard('papers.wording_decision');
