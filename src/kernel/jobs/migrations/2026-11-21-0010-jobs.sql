-- Jobs are graphile-worker's (schema graphile_worker, installed by src/kernel/jobs/install.ts before the migrations).
-- Requests never touch its tables: they queue through this function, which runs as the owner and puts the town of the
-- running transaction into the payload. So nobody queues work for another town, and a rolled-back write queues nothing.

create function kernel.enqueue_job(job text, data json, run_at timestamptz, key text, max_attempts int) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
	body uuid := current_setting('mitrat.body')::uuid;
begin
	perform graphile_worker.add_job(
		identifier => job,
		payload => json_build_object('body_id', body, 'data', data),
		run_at => run_at,
		max_attempts => max_attempts,
		-- the key is the town's own: two towns never replace each other's jobs
		job_key => case when key is not null then body || ' ' || job || ' ' || key end
	);
end $$;
revoke all on function kernel.enqueue_job from public;

-- How the running town's queue stands; for the health page of the administration. Failed: no attempt is left.
create function kernel.job_state()
returns table (job text, waiting bigint, failing bigint, failed bigint, oldest timestamptz, last_error text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
	select t.identifier, count(*) filter (where j.attempts < j.max_attempts and j.last_error is null),
		count(*) filter (where j.attempts < j.max_attempts and j.last_error is not null),
		count(*) filter (where j.attempts >= j.max_attempts), min(j.run_at), max(j.last_error)
	from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
	where j.payload ->> 'body_id' = current_setting('mitrat.body')
	group by t.identifier order by t.identifier
$$;
revoke all on function kernel.job_state from public;

do $$ begin
	execute format('grant execute on function kernel.enqueue_job, kernel.job_state to %I', current_setting('mitrat.app_role'));
end $$;
