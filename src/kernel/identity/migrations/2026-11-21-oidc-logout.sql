-- Sessions that the city's own sign-in began, by the number that it gave its own (`sid`): when that ends, this one does.
create table auth.oidc_session (
	session_id text primary key references auth."session" ("id") on delete cascade,
	sid text not null
);
create index oidc_session_sid on auth.oidc_session (sid);

-- Messages of that server that were heard already: each counts once. The number is a salted hash.
create table auth.logout_token (
	jti text primary key,
	free_at timestamptz not null
);

do $$ begin
	execute format('grant select, insert, update, delete on auth.oidc_session, auth.logout_token to %I', current_setting('mitrat.app_role'));
end $$;
