-- The majority on an objection to minutes: profile, rule, inputs, outcome, sources.
alter table council.minutes_objection add column finding jsonb;
