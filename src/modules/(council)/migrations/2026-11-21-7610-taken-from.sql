-- A session of another council system: where it was read, and files that lie there.
-- { source, address, files: [{ id, itemId, kind, title, name, mediaType, size, url, created }] }
alter table council.meeting add column taken_from jsonb;
