-- Guests of a session: who invites them, what they promised, whether they came.

alter table council.meeting_guest
	add column commitment text not null default 'open' check (commitment in ('open', 'committed', 'declined')),
	add column committed_on date,
	-- null: nobody noted it
	add column attended boolean;

-- Who invites is responsible for the guest list, and is stored (rulebook R2-09a).
create table council.guest_list (
	body_id uuid not null references kernel.town (id),
	meeting_id uuid not null,
	-- a person, an organisation, or the holder of an office; none: the body's chair
	inviter_person_id uuid,
	inviter_organisation_id uuid,
	inviter_office_id uuid,
	confirmed_at timestamptz,
	confirmed_by_id uuid,
	primary key (body_id, meeting_id),
	check (num_nonnulls(inviter_person_id, inviter_organisation_id, inviter_office_id) <= 1),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, inviter_person_id) references registry.person (body_id, id),
	foreign key (body_id, inviter_organisation_id) references registry.organisation (body_id, id),
	foreign key (body_id, inviter_office_id) references registry.office (body_id, id),
	foreign key (body_id, confirmed_by_id) references registry.person (body_id, id)
);
create index guest_list_person on council.guest_list (body_id, inviter_person_id);
select kernel.guard('council.guest_list');

-- Decisions on a guest list stay readable.
create table council.guest_list_entry (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	meeting_id uuid not null,
	at timestamptz not null,
	by_person_id uuid,
	act text not null check (act in ('inviter', 'reset', 'confirmed', 'added', 'removed', 'committed', 'declined', 'open', 'came', 'missed')),
	subject text not null default '',
	reason text not null default '',
	primary key (body_id, id),
	foreign key (body_id, meeting_id) references council.meeting (body_id, id) on delete cascade,
	foreign key (body_id, by_person_id) references registry.person (body_id, id)
);
create index guest_list_entry_meeting on council.guest_list_entry (body_id, meeting_id, at);
select kernel.guard('council.guest_list_entry');
