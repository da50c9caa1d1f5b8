-- The words in an annex, so that the search finds its paper by them (docs/kernel/search.md).
alter table papers.paper_file add column text text not null default '';
