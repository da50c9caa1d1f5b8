-- Papers (Drucksachen, Vorlagen): types and numbers as data of the town, the paper with its versions, who made it, its files,
-- its relations to other papers, and the stations of its way. Each room of the module owns its tables (docs/papers.md).

create schema papers;
select kernel.open_schema('papers');

-- How numbers look. A scheme that is replaced ends; its numbers stay (rulebook R3-01, R3-03).
create table papers.numbering_scheme (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	name text not null,
	prefix text not null,
	digits int not null default 4 check (digits between 1 and 9),
	year_digits int not null default 2 check (year_digits in (0, 2, 4)),
	separator text not null default '/' check (separator in ('/', '-', '.', ' ')),
	suffix_separator text not null default '/' check (suffix_separator in ('/', '-', '.')),
	-- a numbering of one body alone; empty: of the whole town
	organisation_id uuid,
	primary key (body_id, id),
	unique nulls not distinct (body_id, organisation_id, prefix),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id)
);
select kernel.guard('papers.numbering_scheme');

-- The last number given, per scheme and year. Its row is locked by whoever files a paper: no gap, no double.
create table papers.number_counter (
	body_id uuid not null references kernel.town (id),
	scheme_id uuid not null,
	year int not null,
	last int not null check (last >= 0),
	primary key (body_id, scheme_id, year),
	foreign key (body_id, scheme_id) references papers.numbering_scheme (body_id, id)
);
select kernel.guard('papers.number_counter');

create table papers.paper_type (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	-- what the program does with it; the name is the town's own word
	code text not null check (code in ('resolutionProposal', 'motion', 'inquiry', 'administrationStatement', 'information',
		'positionPaper', 'submission', 'recommendation', 'amendment', 'other')),
	name text not null,
	name_plural text not null,
	scheme_id uuid not null,
	public_by_default boolean not null default true,
	-- filing one asks the administration for a statement (rulebook R3-16)
	asks_statement boolean not null default false,
	-- headings and standing sentences of an empty paper, in the kernel's text format
	template_operative jsonb not null default '{"version":1,"blocks":[]}',
	template_reasons jsonb not null default '{"version":1,"blocks":[]}',
	position int not null default 0,
	-- no longer offered for new papers
	retired boolean not null default false,
	primary key (body_id, id),
	unique (body_id, name),
	foreign key (body_id, scheme_id) references papers.numbering_scheme (body_id, id)
);
select kernel.guard('papers.paper_type');

create table papers.paper (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	-- short address /vorlagen/<slug>: "a0193-22", of a draft its id
	slug text not null,
	type_id uuid not null,
	-- empty while it is a draft: numbers are given on filing, and stay with papers that are withdrawn
	reference text,
	scheme_id uuid,
	number_year int,
	number int check (number > 0),
	suffix int check (suffix > 0),
	state text not null default 'draft' check (state in ('draft', 'filed', 'withdrawn')),
	-- public only when filed, too; files and stations may be stricter (rulebook R3-22)
	public boolean not null default true,
	closed_reason text not null default '',
	published_at timestamptz,
	-- was public once and is no more: the address stays and says so
	depublished_at timestamptz,
	-- what people call it, and the full official title
	title text not null,
	long_title text not null default '',
	operative jsonb not null default '{"version":1,"blocks":[]}',
	reasons jsonb not null default '{"version":1,"blocks":[]}',
	costs text not null default '',
	-- date of the paper, and the day its figures speak of (Stand)
	date date,
	data_date date,
	filed_at timestamptz,
	withdrawn_at timestamptz,
	withdrawn_note text not null default '',
	-- lead department (OParl underDirectionOf)
	under_direction_of_id uuid,
	-- body a position paper, an inquiry or a letter is addressed to
	addressee_id uuid,
	-- who signed, in which function on that day (rulebook R3-10)
	signatory_person_id uuid,
	signatory_name text not null default '',
	signatory_function text not null default '',
	signed_on date,
	-- of a letter from outside
	sender_name text not null default '',
	received_on date,
	-- the paper this one amends, or states on (OParl superordinatedPaper)
	superordinated_id uuid,
	-- null: nobody has answered the question yet (rulebook R3-28)
	integration_relevant boolean,
	integration_reason text not null default '',
	-- the day by which the wording itself asks for a report (rulebook R3-17)
	report_by date,
	-- taken over from an old document
	taken_over boolean not null default false,
	created_by uuid,
	created_at timestamptz not null default now(),
	modified_at timestamptz not null default now(),
	primary key (body_id, id),
	unique (body_id, slug),
	unique (body_id, reference),
	foreign key (body_id, type_id) references papers.paper_type (body_id, id),
	foreign key (body_id, scheme_id) references papers.numbering_scheme (body_id, id),
	foreign key (body_id, under_direction_of_id) references registry.organisation (body_id, id),
	foreign key (body_id, addressee_id) references registry.organisation (body_id, id),
	foreign key (body_id, signatory_person_id) references registry.person (body_id, id),
	foreign key (body_id, created_by) references registry.person (body_id, id),
	foreign key (body_id, superordinated_id) references papers.paper (body_id, id)
);
create index paper_date on papers.paper (body_id, date desc, id) where state <> 'draft';
create index paper_type_date on papers.paper (body_id, type_id, date desc, id);
create index paper_department on papers.paper (body_id, under_direction_of_id, date desc, id);
create index paper_superordinated on papers.paper (body_id, superordinated_id);
create index paper_drafts on papers.paper (body_id, created_by) where state = 'draft';
select kernel.guard('papers.paper');

-- Who brings it in (groups, persons, bodies), and who supports it; who left has left, the row stays (rulebook, edge cases 3).
create table papers.originator (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	paper_id uuid not null,
	position int not null default 0,
	kind text not null default 'originator' check (kind in ('originator', 'supporter')),
	organisation_id uuid,
	person_id uuid,
	joined_on date not null,
	left_on date,
	primary key (body_id, id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create index originator_paper on papers.originator (body_id, paper_id, position);
create index originator_organisation on papers.originator (body_id, organisation_id);
create index originator_person on papers.originator (body_id, person_id);
select kernel.guard('papers.originator');

-- Texts as they were fixed: on filing, on each later change, on taking amendments over. Never changed, never deleted.
create table papers.paper_version (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	paper_id uuid not null,
	number int not null check (number > 0),
	title text not null,
	operative jsonb not null,
	reasons jsonb not null,
	-- sha-256 over title, operative and reasons without block ids: equal words, equal hash
	hash text not null,
	-- why there is a new one; empty for the first
	note text not null default '',
	fixed_at timestamptz not null,
	fixed_by uuid,
	primary key (body_id, id),
	unique (body_id, paper_id, number),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, fixed_by) references registry.person (body_id, id)
);
select kernel.guard('papers.paper_version');

create table papers.paper_file (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	paper_id uuid not null,
	file_id uuid not null,
	kind text not null default 'annex' check (kind in ('main', 'annex', 'original')),
	title text not null,
	public boolean not null default true,
	closed_reason text not null default '',
	position int not null default 0,
	primary key (body_id, id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, file_id) references kernel.file (body_id, id)
);
create index paper_file_paper on papers.paper_file (body_id, paper_id, position);
create index paper_file_file on papers.paper_file (body_id, file_id);
select kernel.guard('papers.paper_file');

-- Never derived from numbers (rulebook R3-02): recognised ones are offered, and stand as `offered` until somebody decides.
create table papers.paper_relation (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	from_paper_id uuid not null,
	to_paper_id uuid,
	-- as written, where the other paper is not in the register
	to_reference text not null default '',
	kind text not null check (kind in ('answers', 'amends', 'replaces', 'cites', 'substitutes', 'related')),
	state text not null default 'confirmed' check (state in ('offered', 'confirmed', 'declined')),
	primary key (body_id, id),
	foreign key (body_id, from_paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, to_paper_id) references papers.paper (body_id, id) on delete cascade
);
create index paper_relation_from on papers.paper_relation (body_id, from_paper_id);
create index paper_relation_to on papers.paper_relation (body_id, to_paper_id);
create unique index paper_relation_once on papers.paper_relation (body_id, from_paper_id, to_paper_id, kind)
	where to_paper_id is not null;
select kernel.guard('papers.paper_relation');

create table papers.paper_topic (
	body_id uuid not null references kernel.town (id),
	paper_id uuid not null,
	topic_id uuid not null,
	primary key (body_id, paper_id, topic_id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, topic_id) references registry.topic (body_id, id)
);
create index paper_topic_topic on papers.paper_topic (body_id, topic_id);
select kernel.guard('papers.paper_topic');

-- A station of the way (OParl Consultation). Equal `step`: in parallel. Each keeps its own outcome and text for ever
-- (rulebook R3-12 to R3-15).
create table papers.consultation (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	paper_id uuid not null,
	step int not null,
	position int not null default 0,
	role text not null check (role in ('approval', 'hearing', 'advisory', 'information', 'deciding')),
	public boolean not null default true,
	-- only deciding stations; normally one, the last (R3-13)
	authoritative boolean not null default false,
	-- why there is a second deciding one
	second_reason text not null default '',
	planned_on date,
	happened_on date,
	meeting_id uuid,
	agenda_item_id uuid,
	state text not null default 'planned' check (state in ('planned', 'done', 'skipped')),
	skipped_reason text not null default '',
	result text check (result in ('approved', 'adopted', 'adoptedChanged', 'rejected', 'noted', 'postponed', 'setAside',
		'referred', 'settled', 'withdrawn', 'noRecommendation')),
	result_text text not null default '',
	-- the wording this station recommended or decided, where it differs
	wording jsonb,
	-- day of resubmission ("WV v. …")
	resubmit_on date,
	-- this station is the return of an earlier one (vertagt, Wiedervorlage)
	repeats_id uuid,
	primary key (body_id, id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete set null (meeting_id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete set null (agenda_item_id),
	foreign key (body_id, repeats_id) references papers.consultation (body_id, id)
);
create index consultation_paper on papers.consultation (body_id, paper_id, step, position);
create index consultation_item on papers.consultation (body_id, agenda_item_id);
create index consultation_meeting on papers.consultation (body_id, meeting_id);
create index consultation_planned on papers.consultation (body_id, planned_on) where state = 'planned';
select kernel.guard('papers.consultation');

-- Who holds the station; several hold it jointly, the first leads (R3-15).
create table papers.consultation_body (
	body_id uuid not null references kernel.town (id),
	consultation_id uuid not null,
	organisation_id uuid not null,
	position int not null default 0,
	primary key (body_id, consultation_id, organisation_id),
	foreign key (body_id, consultation_id) references papers.consultation (body_id, id) on delete cascade,
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id)
);
create index consultation_body_organisation on papers.consultation_body (body_id, organisation_id);
select kernel.guard('papers.consultation_body');
