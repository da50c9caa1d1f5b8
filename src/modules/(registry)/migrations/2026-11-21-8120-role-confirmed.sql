-- The last day on which a sign-in said that this role follows from its rules: who never comes that way again loses it in time.
alter table registry.duty add column confirmed_on date;
