-- What a list for programs is put together from: an object as it is sent, packed (serve/packed.ts), for the town's own address.
-- Made when a list is first asked for, good only for the object as it was then (hash, modified), and gone when that changes.
create table oparl.packed (
	body_id uuid not null,
	type text not null,
	id uuid not null,
	-- scheme, host and port, since objects name each other by whole addresses
	origin text not null,
	hash text not null,
	modified timestamptz not null,
	-- with its sizes and checksum in front (`toBytes`), so that a page of a list comes as one value
	bytes bytea not null,
	primary key (body_id, id, type)
);
-- PostgreSQL can't make them any smaller.
alter table oparl.packed alter column bytes set storage external;
select kernel.guard('oparl.packed');
