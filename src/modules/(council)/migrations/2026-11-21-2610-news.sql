-- News of sessions by mail, for anybody: an address, a language, the bodies somebody chose. Nothing else is kept.

create table council.subscriber (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	email text not null,
	locale text not null,
	-- derived from the id, so that every letter carries the same address for changing and ending
	token_hash text not null,
	asked_at timestamptz not null,
	-- when a letter of confirmation went out last: nobody's letter box is filled by somebody else
	mailed_at timestamptz not null,
	-- null until somebody pressed the button in the letter
	confirmed_at timestamptz,
	primary key (body_id, id),
	unique (body_id, token_hash)
);
create unique index subscriber_email on council.subscriber (body_id, lower(email));
select kernel.guard('council.subscriber');

-- A body chosen on the page counts once the letter was answered.
create table council.subscription (
	body_id uuid not null references kernel.town (id),
	subscriber_id uuid not null,
	council_body_id uuid not null,
	confirmed boolean not null default false,
	primary key (body_id, subscriber_id, council_body_id),
	foreign key (body_id, subscriber_id) references council.subscriber (body_id, id) on delete cascade,
	foreign key (body_id, council_body_id) references council.council_body (body_id, id) on delete cascade
);
create index subscription_of_body on council.subscription (body_id, council_body_id);
select kernel.guard('council.subscription');

-- What subscribers know of a session (`told`), and what the last look found (`seen`): only what stood still between two
-- looks is told, so that an office that is still typing sends nothing.
create table council.meeting_told (
	body_id uuid not null references kernel.town (id),
	meeting_id uuid not null,
	told jsonb,
	seen jsonb not null,
	primary key (body_id, meeting_id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade
);
select kernel.guard('council.meeting_told');

-- One row for each session with news; those found in one look travel in one letter.
create table council.news (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	batch uuid not null,
	meeting_id uuid not null,
	what text[] not null,
	at timestamptz not null,
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade
);
create index news_batch on council.news (body_id, batch);
select kernel.guard('council.news');

-- A letter that went out goes out once.
create table council.news_letter (
	body_id uuid not null references kernel.town (id),
	batch uuid not null,
	subscriber_id uuid not null,
	at timestamptz not null,
	primary key (body_id, batch, subscriber_id),
	foreign key (body_id, subscriber_id) references council.subscriber (body_id, id) on delete cascade
);
select kernel.guard('council.news_letter');
