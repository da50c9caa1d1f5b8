-- Motions, votes by figures, by name and in secret, elections in rounds, bias, written procedure.

-- A motion in its exact wording (rulebook R2-60). Amendments point to the main motion they would change (R2-48).
create table council.motion (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	agenda_item_id uuid not null,
	council_body_id uuid not null,
	position int not null,
	kind text not null check (kind in ('main', 'amendment', 'procedural')),
	amends_id uuid,
	-- 1 reaches farthest and is voted on first
	reach int not null default 1 check (reach between 1 and 99),
	text text not null,
	-- the main text with the adopted amendments, as the office wrote it down
	amended_text text,
	mover_attendance_id uuid,
	mover_name text not null default '',
	state text not null default 'open' check (state in ('open', 'adopted', 'rejected', 'withdrawn', 'settled')),
	moved_at timestamptz not null,
	decided_at timestamptz,
	primary key (body_id, id),
	unique (body_id, agenda_item_id, position),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade,
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, amends_id) references council.motion (body_id, id) on delete cascade,
	foreign key (body_id, mover_attendance_id) references council.attendance (body_id, id) on delete set null (mover_attendance_id),
	check ((kind = 'amendment') = (amends_id is not null))
);
select kernel.guard('council.motion');

alter table council.vote
	add column state text not null default 'closed' check (state in ('open', 'closed', 'void')),
	add column motion_id uuid,
	add column council_body_id uuid,
	-- voting members present when it was closed, the biased ones among them
	add column present int check (present >= 0),
	-- { kind, of } of the rule profile; null: its standard
	add column majority jsonb,
	-- who asked for names or secrecy, as numbers
	add column askers int check (askers >= 0),
	-- who enters the voices of a roll call: the clerk alone, or the members on their own devices, too
	add column by_members boolean not null default false,
	-- it was held although the room warned; the reason that was given
	add column warned text[] not null default '{}',
	add column warned_reason text not null default '',
	add column opened_at timestamptz,
	add column closed_at timestamptz check (closed_at >= opened_at),
	-- why a vote that was counted does not stand any more
	add column void_reason text not null default '',
	-- profile, rule, inputs, outcome, sources
	add column finding jsonb,
	-- "not valid": rows that are there have neither, and the owner of the tables can't read them to find out
	add foreign key (body_id, motion_id) references council.motion (body_id, id) on delete cascade not valid,
	add foreign key (body_id, council_body_id) references council.council_body (body_id, id) not valid;
create index vote_motion on council.vote (body_id, motion_id) where motion_id is not null;
-- A motion is voted on once at a time in each body.
create unique index vote_open on council.vote (body_id, motion_id, council_body_id) where state = 'open';

-- Which vote made it; in a joint session each body has its own.
alter table council.resolution
	add column vote_id uuid,
	add column council_body_id uuid,
	add foreign key (body_id, vote_id) references council.vote (body_id, id) on delete cascade not valid,
	add foreign key (body_id, council_body_id) references council.council_body (body_id, id) not valid;

-- A voice of a roll call. A seat has one voice, whoever sits there (rulebook R1-03).
create table council.roll_call_voice (
	body_id uuid not null references kernel.town (id),
	vote_id uuid not null,
	attendance_id uuid not null,
	seat_id uuid,
	person_id uuid,
	name text not null,
	voice text not null check (voice in ('yes', 'no', 'abstain', 'presentNotVoting')),
	entered_by text not null check (entered_by in ('clerk', 'member')),
	at timestamptz not null,
	primary key (body_id, vote_id, attendance_id),
	foreign key (body_id, vote_id) references council.vote (body_id, id) on delete cascade,
	foreign key (body_id, attendance_id) references council.attendance (body_id, id) on delete cascade,
	foreign key (body_id, seat_id) references council.seat (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create unique index roll_call_voice_seat on council.roll_call_voice (body_id, vote_id, seat_id) where seat_id is not null;
select kernel.guard('council.roll_call_voice');

-- An election is no vote (rulebook R2-50).
create table council.election (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	agenda_item_id uuid not null,
	council_body_id uuid not null,
	position int not null,
	post text not null check (post in ('chair', 'deputyChair', 'board', 'other')),
	title text not null default '',
	method text not null default 'secret' check (method in ('secret', 'open')),
	-- open, because nobody objected
	nobody_objected boolean not null default false,
	-- who leads it while the body has no chair (R2-51)
	led_by text not null default '',
	state text not null default 'open' check (state in ('open', 'decided', 'accepted', 'declined', 'failed', 'cancelled')),
	elected_id uuid,
	accepted_at timestamptz,
	opened_at timestamptz not null,
	primary key (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade,
	foreign key (body_id, council_body_id) references council.council_body (body_id, id)
);
create index election_item on council.election (body_id, agenda_item_id);
select kernel.guard('council.election');

create table council.candidate (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	election_id uuid not null,
	position int not null,
	person_id uuid,
	name text not null,
	organisation_id uuid,
	-- as named, where the organisation stands in no register
	organisation text not null default '',
	proposed_by text not null default '',
	consent text not null default 'open' check (consent in ('open', 'given', 'declined')),
	-- in the session, in writing, by the clerk …
	consent_how text not null default '',
	consent_at timestamptz,
	withdrawn_at timestamptz,
	primary key (body_id, id),
	unique (body_id, election_id, position),
	foreign key (body_id, election_id) references council.election (body_id, id) on delete cascade,
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, organisation_id) references registry.organisation (body_id, id)
);
create unique index candidate_person on council.candidate (body_id, election_id, person_id) where person_id is not null;
select kernel.guard('council.candidate');
alter table council.election
	add foreign key (body_id, elected_id) references council.candidate (body_id, id) not valid;

create table council.election_round (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	election_id uuid not null,
	number int not null check (number > 0),
	state text not null default 'open' check (state in ('open', 'counted')),
	present int not null check (present >= 0),
	issued int check (issued >= 0),
	returned int check (returned >= 0),
	invalid int check (invalid >= 0),
	blank int check (blank >= 0),
	against int check (against >= 0),
	opened_at timestamptz not null,
	counted_at timestamptz,
	finding jsonb,
	-- { between, winner, drawnBy, witness, at }
	lot jsonb,
	primary key (body_id, id),
	unique (body_id, election_id, number),
	foreign key (body_id, election_id) references council.election (body_id, id) on delete cascade
);
select kernel.guard('council.election_round');

-- Who stands on the ballot of a round, and how many votes they got.
create table council.round_candidate (
	body_id uuid not null references kernel.town (id),
	round_id uuid not null,
	candidate_id uuid not null,
	votes int check (votes >= 0),
	primary key (body_id, round_id, candidate_id),
	foreign key (body_id, round_id) references council.election_round (body_id, id) on delete cascade,
	foreign key (body_id, candidate_id) references council.candidate (body_id, id)
);
select kernel.guard('council.round_candidate');

-- A secret ballot: of a vote or of a round. First everybody fetches a blind-signed token (`issuing`), then ballots are cast
-- (`casting`): no moment in which the one could be matched with the other. The private key is forgotten when the box opens.
create table council.secret_ballot (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	vote_id uuid,
	round_id uuid,
	state text not null default 'issuing' check (state in ('issuing', 'casting', 'closed')),
	public_key text not null,
	private_key text,
	choices jsonb not null,
	primary key (body_id, id),
	foreign key (body_id, vote_id) references council.vote (body_id, id) on delete cascade,
	foreign key (body_id, round_id) references council.election_round (body_id, id) on delete cascade,
	check (vote_id is null or round_id is null),
	check (state = 'issuing' or private_key is null)
);
create unique index secret_ballot_vote on council.secret_ballot (body_id, vote_id) where vote_id is not null;
create unique index secret_ballot_round on council.secret_ballot (body_id, round_id) where round_id is not null;
select kernel.guard('council.secret_ballot');

-- Who may fetch a token, written in the order of the seats when the ballot begins. `issued` says that it was fetched: no time.
create table council.secret_right (
	body_id uuid not null references kernel.town (id),
	ballot_id uuid not null,
	attendance_id uuid not null,
	issued boolean not null default false,
	-- of the blinded token, so that a lost answer can be given again; forgotten when the box opens. It says nothing of the token.
	blinded_hash text,
	-- paper instead of a device: the clerk counts it
	paper boolean not null default false,
	primary key (body_id, ballot_id, attendance_id),
	foreign key (body_id, ballot_id) references council.secret_ballot (body_id, id) on delete cascade,
	foreign key (body_id, attendance_id) references council.attendance (body_id, id) on delete cascade
);
select kernel.guard('council.secret_right');

-- Ballots in the box: a random token that only its bearer knows, and what it says. Nothing else, on purpose.
create table council.secret_voice (
	body_id uuid not null references kernel.town (id),
	ballot_id uuid not null,
	token text not null,
	choice text not null,
	primary key (body_id, ballot_id, token),
	foreign key (body_id, ballot_id) references council.secret_ballot (body_id, id) on delete cascade
);
select kernel.guard('council.secret_voice');

-- Bias: declared by whom, decided how, out and in again when (rulebook R2-31).
create table council.bias (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	agenda_item_id uuid not null,
	attendance_id uuid not null,
	seat_id uuid,
	person_id uuid,
	name text not null,
	declared_by text not null check (declared_by in ('self', 'other')),
	declared_by_name text not null default '',
	ground text not null,
	-- profile, inputs, outcome, source: what the rule says
	finding jsonb not null,
	-- what the body decided in their absence, with its figures; null: nobody asked for a decision
	decided text check (decided in ('barred', 'free')),
	decision jsonb,
	out_at timestamptz,
	in_at timestamptz check (in_at >= out_at),
	withdrawn_at timestamptz,
	declared_at timestamptz not null,
	primary key (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade,
	foreign key (body_id, attendance_id) references council.attendance (body_id, id) on delete cascade,
	foreign key (body_id, seat_id) references council.seat (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
create unique index bias_once on council.bias (body_id, agenda_item_id, attendance_id) where withdrawn_at is null;
select kernel.guard('council.bias');

-- Written procedure (rulebook R2-53).
create table council.written_procedure (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	council_body_id uuid not null,
	number int not null,
	title text not null,
	text text not null,
	reason text not null default '',
	-- the profile's rule as it was when it began: mode, consent, days
	rule jsonb not null,
	state text not null default 'running' check (state in ('running', 'adopted', 'rejected', 'failed', 'withdrawn')),
	opened_at timestamptz not null,
	-- the last day on which an answer counts
	last_day date not null,
	closed_at timestamptz check (closed_at >= opened_at),
	finding jsonb,
	announced_at timestamptz,
	-- the item that tells the next session of it, for its minutes
	announced_item_id uuid,
	primary key (body_id, id),
	unique (body_id, council_body_id, number),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id),
	foreign key (body_id, announced_item_id) references council.agenda_item (body_id, id) on delete set null (announced_item_id)
);
create index written_procedure_running on council.written_procedure (body_id, state, last_day);
select kernel.guard('council.written_procedure');

-- Who was asked, with the answer. Links are stored as hashes.
create table council.written_answer (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	procedure_id uuid not null,
	membership_id uuid not null,
	person_id uuid not null,
	seat_id uuid,
	name text not null,
	link_hash text not null,
	-- agrees that it is decided in writing
	consents boolean,
	voice text check (voice in ('yes', 'no', 'abstain', 'objection')),
	remark text not null default '',
	answered_at timestamptz,
	via text check (via in ('account', 'link', 'office')),
	primary key (body_id, id),
	unique (body_id, procedure_id, membership_id),
	unique (body_id, link_hash),
	foreign key (body_id, procedure_id) references council.written_procedure (body_id, id) on delete cascade,
	foreign key (body_id, membership_id) references registry.membership (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, seat_id) references council.seat (body_id, id)
);
create index written_answer_person on council.written_answer (body_id, person_id);
select kernel.guard('council.written_answer');
