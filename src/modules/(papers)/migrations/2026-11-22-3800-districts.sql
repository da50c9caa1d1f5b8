-- Districts (Stadtteile, Ortsteile): the town keeps its list once, papers name those that they concern. A paper without one concerns the
-- whole town. One that is taken out stays with the papers that name it and is no longer offered.
create table papers.district (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	name text not null check (name <> ''),
	-- for lists; empty: the name
	short_name text not null default '',
	position int not null default 0,
	removed_at timestamptz,
	primary key (body_id, id),
	unique (body_id, name)
);
select kernel.guard('papers.district');

create table papers.paper_district (
	body_id uuid not null references kernel.town (id),
	paper_id uuid not null,
	district_id uuid not null,
	primary key (body_id, paper_id, district_id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade,
	foreign key (body_id, district_id) references papers.district (body_id, id)
);
create index paper_district_district on papers.paper_district (body_id, district_id);
select kernel.guard('papers.paper_district');
