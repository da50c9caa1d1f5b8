-- A list says how many objects there are: counted from an index alone, whatever the objects weigh.
create index object_listed on oparl.object (body_id, type, id) where not deleted;
