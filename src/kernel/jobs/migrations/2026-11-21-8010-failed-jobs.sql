-- What a person can do about jobs that failed for good: look, let them run again, give them up. Each function sees the
-- running town's jobs alone, and only those without an attempt left: what will be tried again anyway is left in peace.

create function kernel.failed_jobs()
returns table (id bigint, job text, since timestamptz, attempts int, error text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
	select j.id, t.identifier, j.updated_at, j.attempts::int, split_part(coalesce(j.last_error, ''), E'\n', 1)
	from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
	where j.payload ->> 'body_id' = current_setting('mitrat.body') and j.attempts >= j.max_attempts and j.locked_at is null
	order by j.updated_at desc limit 200
$$;

-- Both say which job it was; nothing when there is none such.
create function kernel.retry_job(job_id bigint) returns text
language sql security definer set search_path = pg_catalog, pg_temp as $$
	update graphile_worker._private_jobs j set attempts = 0, last_error = null, run_at = now(), updated_at = now()
	from graphile_worker._private_tasks t
	where t.id = j.task_id and j.id = job_id and j.payload ->> 'body_id' = current_setting('mitrat.body')
		and j.attempts >= j.max_attempts and j.locked_at is null
	returning t.identifier
$$;

create function kernel.drop_job(job_id bigint) returns text
language sql security definer set search_path = pg_catalog, pg_temp as $$
	delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
	where t.id = j.task_id and j.id = job_id and j.payload ->> 'body_id' = current_setting('mitrat.body')
		and j.attempts >= j.max_attempts and j.locked_at is null
	returning t.identifier
$$;

revoke all on function kernel.failed_jobs, kernel.retry_job, kernel.drop_job from public;
do $$ begin
	execute format('grant execute on function kernel.failed_jobs, kernel.retry_job, kernel.drop_job to %I',
		current_setting('mitrat.app_role'));
end $$;
