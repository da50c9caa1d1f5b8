-- What another system told of an object and no record here can hold: when it was made, licences, what somebody is, where a paper plays. It is told
-- on as it was told.
alter table oparl.foreign_object add column told jsonb;
-- The licence of everything that a source tells, where an object names none of its own.
alter table oparl.source add column license text not null default '';
