-- Steps of the structure that touch many rows at once, with what became of each: the way back, until somebody went on from there.
create table council.structure_step (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	-- empty for groups, which belong to the whole town
	council_body_id uuid,
	act text not null check (act in ('renamed', 'merged', 'split', 'dissolved', 'constituted')),
	-- what it was about, in words
	about text not null,
	changes jsonb not null,
	made_at timestamptz not null,
	undone_at timestamptz,
	primary key (body_id, id),
	foreign key (body_id, council_body_id) references council.council_body (body_id, id)
);
create index structure_step_made on council.structure_step (body_id, made_at desc) where undone_at is null;
select kernel.guard('council.structure_step');
