-- The mayor approves statements and papers of the administration: a function with a right of its own.
alter table registry.office drop constraint office_kind_check;
alter table registry.office add constraint office_kind_check
	check (kind in ('commissioner', 'mayor', 'head', 'speaker', 'coordinator', 'other'));
