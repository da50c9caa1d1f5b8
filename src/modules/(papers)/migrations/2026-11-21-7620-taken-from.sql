-- A paper of another council system: where it was read, and files that lie there.
-- { source, address, files: [{ id, kind, title, name, mediaType, size, url, created }] }
alter table papers.paper add column taken_from jsonb;
