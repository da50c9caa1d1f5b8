import type { App } from './app.ts';

/**
 * What an administrator finds after a week of work: jobs and mails that did not go, rules of the sign-in, systems that were
 * read to every end, somebody who asks to be erased, a message about a barrier. For the demonstration's town.
 */
export async function weekOfTrouble({ database: { sql } }: App): Promise<void> {
	await failedJob(sql, 'kernel.search.sweep', 'Connection terminated unexpectedly');
	await failedJob(sql, 'council.agenda.remind', 'timeout of the lock: relation "council.meeting"');
	await mail(sql, 'failed', 'Einladung zur 12. Sitzung', '451 4.7.1 Greylisted, please try again later');
	await mail(sql, 'failed', 'Niederschrift zur 11. Sitzung', '421 4.4.2 Connection timed out');
	await mail(sql, 'bounced', 'Einladung zur 12. Sitzung', '550 5.1.1 No such user here');
	const rules = [
		['groups', 'CN=Integration,OU=Gruppen,DC=elbstadt,DC=example', 'office', false],
		['groups', 'CN=Revision,OU=Gruppen,DC=elbstadt,DC=example', 'auditor', true],
		['department', 'Jugendamt', null, true],
	];
	for (const [position, [claim, value, duty, stops]] of rules.entries())
		await sql(
			`insert into registry.role_rule (body_id, id, position, claim, value, duty, stops)
			 select id, gen_random_uuid(), $1, $2, $3, $4, $5 from kernel.town where demonstration`,
			[position + 1, claim, value, duty, stops],
		);
	for (const [days, [name, state, error]] of SYSTEMS.entries()) await reading(sql, days, name, state, error);
	await sql(
		`insert into shell.erasure_request (body_id, id, person_id, asked_on, due_on)
		 select body_id, gen_random_uuid(), id, current_date, current_date + 30 from registry.person
		 where family_name = 'Probe member' on conflict do nothing`,
	);
	for (const message of ['Die Tabelle der Sitze wird nicht vorgelesen.', 'Der Schalter für die Sprache ist zu klein.'])
		await sql(
			`insert into shell.feedback (body_id, id, message, locale, due_on, page, name, email)
			 select id, gen_random_uuid(), $1, 'de', current_date + 14, '/sitzungen', 'Kim Probe', 'kim@probe.example'
			 from kernel.town where demonstration`,
			[message],
		);
}

type Sql = App['database']['sql'];

const SYSTEMS = [
	['Ratsinformation Nordhafen', 'running', ''],
	['Ratsinformation Weiden an der Aue', 'done', ''],
	['Kreistag Elbaue', 'broken', 'https://kreis-elbaue.example/oparl/papers?page=17 answered with 503 for an hour'],
	['Ausschüsse Grünfeld', 'cancelled', ''],
] as const;

async function reading(sql: Sql, days: number, name: string, state: string, error: string): Promise<void> {
	const counts = {
		Organization: { told: 14, kept: 14, gone: 0 },
		Person: { told: 1204, kept: 1198, gone: 3 },
		Meeting: { told: 812, kept: 812, gone: 0 },
		Paper: { told: 10455, kept: 10320, gone: 12 },
	};
	const findings = [
		{ kind: 'Paper', fault: 'badDate', count: 12, example: 'https://rat.example/oparl/papers/4711: date' },
		{ kind: 'List', fault: 'listLoop', count: 1, example: 'https://rat.example/oparl/people?page=2' },
	];
	await sql(
		`with s as (insert into oparl.source (body_id, id, address, foreign_body, kind, name)
			select id, gen_random_uuid(), $1, $1, 'oparl', $2 from kernel.town where demonstration returning body_id, id)
		 insert into oparl.reading (body_id, id, source_id, state, whole, started_at, ended_at, counts, findings, error)
		 select body_id, gen_random_uuid(), id, $3, $4 > 1, now() - make_interval(days => $4),
			case when $3 = 'running' then null else now() end, $5, $6, $7 from s`,
		[
			`https://rat-${days}.example/oparl/v1.1/body/1`,
			name,
			state,
			days,
			JSON.stringify(counts),
			JSON.stringify(state === 'cancelled' ? [] : findings),
			error,
		],
	);
}

/** A job that nobody will try again. */
async function failedJob(sql: Sql, name: string, error: string): Promise<void> {
	await sql(
		`with j as (select (graphile_worker.add_job($1, json_build_object('body_id', id, 'data', null))).id
			from kernel.town where demonstration)
		 update graphile_worker._private_jobs p set attempts = max_attempts, last_error = $2 from j where p.id = j.id`,
		[name, error],
	);
	await sql(
		`update graphile_worker._private_jobs p set attempts = max_attempts, last_error = $2 from graphile_worker._private_tasks t
		 where t.id = p.task_id and t.identifier = $1`,
		[name, error],
	);
}

async function mail(sql: Sql, state: 'failed' | 'bounced', subject: string, response: string): Promise<void> {
	await sql(
		`with m as (insert into kernel.mail (body_id, id, to_address, locale, subject, text, html, state, message_id)
			select id, gen_random_uuid(), 'golnar.sepantar@probe.example', 'de', $1, $1, $1, $2, '<' || gen_random_uuid() || '@probe>'
			from kernel.town where demonstration returning body_id, id)
		 insert into kernel.mail_delivery (body_id, id, mail_id, outcome, response)
		 select body_id, gen_random_uuid(), id, $2, $3 from m`,
		[subject, state, response],
	);
}
