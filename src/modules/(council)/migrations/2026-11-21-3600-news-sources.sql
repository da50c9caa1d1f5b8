-- News by mail of more than sessions: what later modules offer (ServerDeclaration.newsSources), kept beside the orders of bodies.

-- One choice of a source, e.g. a topic of papers. It counts once the letter was answered.
create table council.subscription_further (
	body_id uuid not null references kernel.town (id),
	subscriber_id uuid not null,
	source text not null,
	choice_id uuid not null,
	confirmed boolean not null default false,
	primary key (body_id, subscriber_id, source, choice_id),
	foreign key (body_id, subscriber_id) references council.subscriber (body_id, id) on delete cascade
);
create index subscription_further_choice on council.subscription_further (body_id, source, choice_id);
select kernel.guard('council.subscription_further');

-- What a look found in a source; it travels in the same letters as the news of sessions found in that look.
create table council.news_further (
	body_id uuid not null references kernel.town (id),
	id uuid not null,
	batch uuid not null,
	source text not null,
	item_id uuid not null,
	what text[] not null,
	at timestamptz not null,
	primary key (body_id, id)
);
create index news_further_batch on council.news_further (body_id, batch, source);
select kernel.guard('council.news_further');
