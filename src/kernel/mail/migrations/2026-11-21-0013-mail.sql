-- Outgoing mail (docs/kernel/mail.md): written in the transaction of what it tells of, sent by a job afterwards.

create table kernel.mail (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	queued_at timestamptz not null default now(),
	to_address text not null,
	to_name text not null default '',
	-- registry.person, if the mail goes to a known one
	person_id uuid,
	locale text not null,
	subject text not null,
	text text not null,
	html text not null,
	reply_to text,
	-- page with the one button that ends a subscription; also the address for one-click (RFC 8058)
	unsubscribe_url text,
	calendar_method text check (calendar_method in ('REQUEST', 'CANCEL', 'PUBLISH')),
	calendar text,
	-- kept: shown on /_post and never sent; bounced: the receiving server knows no such mailbox; failed: given up
	state text not null default 'queued' check (state in ('queued', 'sent', 'kept', 'bounced', 'failed')),
	sent_at timestamptz,
	message_id text not null,
	primary key (body_id, id),
	check ((calendar is null) = (calendar_method is null))
);
create index mail_queued on kernel.mail (body_id, queued_at desc);
create index mail_person on kernel.mail (body_id, person_id) where person_id is not null;
create index mail_message on kernel.mail (body_id, message_id);
select kernel.guard('kernel.mail');

create table kernel.mail_attachment (
	body_id uuid not null,
	mail_id uuid not null,
	position int not null,
	name text not null,
	media_type text not null,
	content bytea not null,
	primary key (body_id, mail_id, position),
	foreign key (body_id, mail_id) references kernel.mail (body_id, id) on delete cascade
);
select kernel.guard('kernel.mail_attachment');

-- Every attempt and what the other server said.
create table kernel.mail_delivery (
	body_id uuid not null,
	id uuid not null,
	mail_id uuid not null,
	at timestamptz not null default clock_timestamp(),
	outcome text not null check (outcome in ('sent', 'deferred', 'bounced', 'failed')),
	response text not null,
	primary key (body_id, id),
	foreign key (body_id, mail_id) references kernel.mail (body_id, id) on delete cascade
);
create index mail_delivery_mail on kernel.mail_delivery (body_id, mail_id, at);
select kernel.guard('kernel.mail_delivery', 'select, insert, delete');
