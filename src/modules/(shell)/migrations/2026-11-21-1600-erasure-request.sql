-- Who asked for erasure: the law gives one month for an answer (Art. 12 para. 3 GDPR), so each request carries its date.

create table shell.erasure_request (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	person_id uuid not null,
	asked_on date not null,
	due_on date not null,
	answered_on date,
	primary key (body_id, id),
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
-- Asking twice changes nothing.
create unique index erasure_request_open on shell.erasure_request (body_id, person_id) where answered_on is null;
select kernel.guard('shell.erasure_request');
