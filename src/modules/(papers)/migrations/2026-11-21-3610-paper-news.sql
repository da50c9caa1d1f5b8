-- What subscribers of a topic know of a paper (`told`), and what the last look found (`seen`): only what stood still between two
-- looks is told.
create table papers.paper_told (
	body_id uuid not null references kernel.town (id),
	paper_id uuid not null,
	told jsonb,
	seen jsonb not null,
	primary key (body_id, paper_id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade
);
select kernel.guard('papers.paper_told');
