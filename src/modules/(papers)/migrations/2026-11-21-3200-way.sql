-- The way of a paper: what every station said, each word of it kept; why a station follows another one; statutes that an
-- adopted paper changes.

alter table papers.consultation
	-- votes of each body that holds it: [{"organisationId", "yes", "no", "abstain", "unanimous"}] (rulebook R3-14)
	add column votes jsonb not null default '[]',
	-- why it stands on the way once more, or because of another one (R3-20)
	add column follows text check (follows in ('postponed', 'resubmission', 'referral', 'termChange')),
	-- what the session's record said when its outcome last came from there
	add column from_session jsonb,
	drop constraint consultation_result_check,
	add constraint consultation_result_check check (result in ('approved', 'adopted', 'adoptedChanged', 'rejected', 'noted',
		'postponed', 'setAside', 'referred', 'settled', 'withdrawn', 'noRecommendation', 'opinion'));

-- One station decides. Another one has its reason; the return of a postponed one is the same one (R3-13).
create unique index consultation_deciding on papers.consultation (body_id, paper_id)
	where role = 'deciding' and second_reason = '' and repeats_id is null and state <> 'skipped';
create index consultation_repeats on papers.consultation (body_id, repeats_id);

-- What a station said, and what it was corrected to: rows are only added (R3-14).
create table papers.station_outcome (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	consultation_id uuid not null,
	number int not null check (number > 0),
	-- empty: it was taken back
	result text check (result in ('approved', 'adopted', 'adoptedChanged', 'rejected', 'noted', 'postponed', 'setAside',
		'referred', 'settled', 'withdrawn', 'noRecommendation', 'opinion')),
	result_text text not null default '',
	wording jsonb,
	votes jsonb not null default '[]',
	happened_on date,
	source text not null default 'hand' check (source in ('hand', 'session')),
	-- why it is not what was entered before; empty for the first
	reason text not null default '',
	at timestamptz not null,
	by_person_id uuid,
	primary key (body_id, id),
	unique (body_id, consultation_id, number),
	foreign key (body_id, consultation_id) references papers.consultation (body_id, id) on delete cascade,
	foreign key (body_id, by_person_id) references registry.person (body_id, id)
);
select kernel.guard('papers.station_outcome');

-- A paper that changes the statute of a body: adopted, it makes the next version of its rules (scenario VOR-07).
create table papers.statute_change (
	body_id uuid not null references kernel.town (id),
	paper_id uuid not null,
	council_body_id uuid not null,
	in_force_on date not null,
	statute_title text not null,
	-- of the version it made; empty until it is adopted
	profile_id uuid,
	primary key (body_id, paper_id, council_body_id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, profile_id) references council.rule_profile (body_id, id) on delete set null (profile_id)
);
select kernel.guard('papers.statute_change');
