-- Whether a working group's agendas are public is a rule of its profile, like that of every body.
alter table council.working_group drop column agenda_public;
