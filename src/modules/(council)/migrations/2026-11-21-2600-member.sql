-- What belongs to one member alone: notes on an agenda, and the address of the own calendar.

-- Nobody but the person reads a note; no right opens somebody else's.
create table council.item_note (
	body_id uuid not null references kernel.town (id),
	person_id uuid not null,
	agenda_item_id uuid not null,
	text text not null,
	modified_at timestamptz not null default now(),
	primary key (body_id, person_id, agenda_item_id),
	foreign key (body_id, person_id) references registry.person (body_id, id),
	foreign key (body_id, agenda_item_id) references council.agenda_item (body_id, id) on delete cascade
);
select kernel.guard('council.item_note');

-- A calendar to subscribe to without a sign-in. The address is derived from the number; a higher number ends the old one.
create table council.personal_calendar (
	body_id uuid not null references kernel.town (id),
	person_id uuid not null,
	number int not null default 1,
	token_hash text not null,
	renewed_at timestamptz not null default now(),
	primary key (body_id, person_id),
	unique (body_id, token_hash),
	foreign key (body_id, person_id) references registry.person (body_id, id)
);
select kernel.guard('council.personal_calendar');
