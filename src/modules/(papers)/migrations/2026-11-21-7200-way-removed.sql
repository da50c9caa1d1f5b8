-- Planned stations that were taken off a way, to bring them back at any later time. What happened is never taken off.
create table papers.station_removed (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	paper_id uuid not null,
	role text not null check (role in ('approval', 'hearing', 'advisory', 'information', 'deciding')),
	public boolean not null default true,
	planned_on date,
	second_reason text not null default '',
	-- bodies of the register, the leading one first
	bodies uuid[] not null default '{}',
	removed_at timestamptz not null,
	primary key (body_id, id),
	foreign key (body_id, paper_id) references papers.paper (body_id, id) on delete cascade
);
create index station_removed_paper on papers.station_removed (body_id, paper_id, removed_at);
select kernel.guard('papers.station_removed');
