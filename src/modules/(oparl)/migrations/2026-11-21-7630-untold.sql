-- Records that were taken over in many steps and are told to other programs at the end, each once.
create table oparl.untold (
	body_id uuid not null references kernel.town (id),
	kind text not null,
	id uuid not null,
	primary key (body_id, kind, id)
);
select kernel.guard('oparl.untold');
