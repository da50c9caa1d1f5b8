-- Of an item that was taken over: its note stands beside the result, it is not the other system's word for it.
alter table council.agenda_item add column note_beside boolean not null default false;
