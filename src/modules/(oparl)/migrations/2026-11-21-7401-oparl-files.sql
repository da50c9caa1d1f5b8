-- Which stored file a File object offers; stays with its tombstone, so that the file's address can say that it was public once.
alter table oparl.object add column file_id uuid;
create index object_file on oparl.object (body_id, file_id) where file_id is not null;
update oparl.object set file_id = substring(document from '/dateien/([0-9a-f-]{36})')::uuid where type = 'File' and not deleted;
