-- The outbox: a mail is written in the transaction that causes it, and sent by a job after that has committed.
create table kernel.mail (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	recipient text not null,
	locale text not null,
	subject text not null,
	text text not null,
	html text not null,
	-- [{ name, mediaType, content }] with the content as text (calendars) or base64
	attachments jsonb not null default '[]',
	headers jsonb not null default '{}',
	state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'bounced')),
	attempts int not null default 0,
	-- what the last mail server answered, without addresses
	answer text not null default '',
	created_at timestamptz not null default now(),
	sent_at timestamptz,
	primary key (body_id, id)
);
create index mail_created on kernel.mail (body_id, created_at desc);
select kernel.guard('kernel.mail');
