-- An entry of the log of contacts that was taken away can be brought back for 30 days; then it is deleted.
alter table papers.contact add column removed_at timestamptz;
create index contact_removed on papers.contact (body_id, removed_at) where removed_at is not null;
