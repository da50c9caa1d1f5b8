-- Ids of other systems are long addresses that begin alike: compared byte by byte, not by the rules of a language.
alter table oparl.foreign_object alter column foreign_id type text collate "C", alter column parent type text collate "C",
	alter column root type text collate "C";

-- What is made of other records has its town by them: asked again for each row, it costs a tenth of taking over a system.
alter table oparl.object drop constraint object_body_id_fkey;
alter table oparl.link drop constraint link_body_id_fkey;
alter table oparl.foreign_object drop constraint foreign_object_body_id_fkey;
