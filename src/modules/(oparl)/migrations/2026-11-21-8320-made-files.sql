-- Documents that the program makes of public records (agendas, minutes and their extracts, papers), kept as they were made, so that what
-- programs are told of them (size, checksum) stays true. One row for each making; what was replaced stays, to be answered as gone.
create table oparl.made_file (
	body_id uuid not null references kernel.town (id),
	file_id uuid not null,
	-- of the File object: the same for every making of a document
	id uuid not null,
	root_type text not null check (root_type in ('meeting', 'paper')),
	root_id uuid not null,
	part text not null check (part in ('invitation', 'minutes', 'resolution', 'paper')),
	-- of an extract
	item_id uuid,
	title text not null,
	-- of everything that stands in it: not set again while it is the same
	key text not null,
	-- of what the public knew of the record then: told only as long as that is so
	face text not null,
	current boolean not null default true,
	primary key (body_id, file_id),
	foreign key (body_id, file_id) references kernel.file (body_id, id)
);
create index made_file_root on oparl.made_file (body_id, root_id) where current;
select kernel.guard('oparl.made_file');

-- Records whose documents are to be looked at: some may have to be made anew.
create table oparl.unmade (
	body_id uuid not null references kernel.town (id),
	root_type text not null,
	root_id uuid not null,
	-- of writes since it was looked at: one that comes in between is not forgotten
	changes int not null default 1,
	primary key (body_id, root_type, root_id)
);
select kernel.guard('oparl.unmade');
