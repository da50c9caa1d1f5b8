-- Searches that somebody ordered by mail. Who ordered is kept with the other orders (council.subscription_further); a search that
-- nobody orders any more is deleted at night.
create table shell.search_order (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	-- the address of the search without its path: "q=sprachkurs&art=papers.paper"
	question text not null,
	-- what everybody could find until then has been told
	told_until timestamptz not null,
	primary key (body_id, id),
	unique (body_id, question)
);
select kernel.guard('shell.search_order');
