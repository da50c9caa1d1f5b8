-- When the public last saw something change, for Last-Modified. And the same of what programs are told (OParl): that hangs on
-- fewer records than pages do, so a change to the closed part of a public session leaves its ETags alone.
alter table kernel.clock
	add column public_at timestamptz,
	add column told_seq bigint not null default 0,
	add column told_at timestamptz;
update kernel.clock set told_seq = public_seq;
