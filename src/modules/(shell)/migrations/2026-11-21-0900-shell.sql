-- What readers tell about barriers. The law gives one month for an answer, so each message carries its date.

create schema shell;
select kernel.open_schema('shell');

create table shell.feedback (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	message text not null,
	-- address of the page it is about, as the reader gave it
	page text not null default '',
	name text not null default '',
	email text not null default '',
	-- language of the page it was sent from: an answer should be in it
	locale text not null,
	created_at timestamptz not null default now(),
	due_on date not null,
	answered_on date,
	primary key (body_id, id)
);
create index feedback_open on shell.feedback (body_id, due_on) where answered_on is null;
select kernel.guard('shell.feedback');
