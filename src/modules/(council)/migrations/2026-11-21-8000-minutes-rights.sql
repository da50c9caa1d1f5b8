-- A fixed version is never changed. Until now a trigger alone said so; where triggers cannot be (Citus), the rights do.
do $$ begin
	execute format('revoke update, delete on council.minutes_version from %I', current_setting('mitrat.app_role'));
end $$;
