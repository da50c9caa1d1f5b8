/**
 * Papers of many towns in one database: motions of eight years with wording, two originators, a way of five stations, a
 * version, a statement, relations, duties to report and resolution control. Set by set for several towns at once, over a few
 * connections; as the server's superuser, so that no key is looked up a million times that is right by making.
 */
import pg from 'pg';
import { readConfig } from '#kernel/config.ts';
import { openDatabase } from '#kernel/db/database.ts';
import type { Workshop } from './program.ts';

/** Connections that fill at the same time. */
const LANES = 3;
/** Towns of one transaction. */
const BATCH = 8;

export interface Size {
	/** So many towns with papers, the demonstration's among them. */
	towns: number;
	/** Papers of each that is new at this size. */
	each: number;
}

/** Fills until there are so many towns. @param from towns that are filled already */
export async function fillTowns(
	workshop: Pick<Workshop, 'dataDir'>,
	from: number,
	{ towns, each }: Size,
): Promise<void> {
	await withSuperuser(workshop, async (superuser) => {
		await haste(superuser, true);
		try {
			const indexes = await withClient(superuser, dropIndexes);
			const left = Array.from({ length: towns - from }, (_, at) => from + at);
			await inLanes(superuser, async (client) => {
				for (let numbers = left.splice(0, BATCH); numbers.length; numbers = left.splice(0, BATCH)) {
					await fillBatch(client, numbers, each);
				}
			});
			await together(superuser, indexes);
			const tables = await tablesOf(superuser);
			await together(
				superuser,
				tables.map((table) => `vacuum (analyze) ${table}`),
			);
		} finally {
			await haste(superuser, false);
		}
	});
}

/** One connection of the superuser, for whom neither rights nor foreign keys count. */
export function asSuperuser<T>(
	workshop: Pick<Workshop, 'dataDir'>,
	work: (client: pg.Client) => Promise<T>,
): Promise<T> {
	return withSuperuser(workshop, (superuser) => withClient(superuser, work));
}

/** The ids that a query gives, some at a time, over all lanes. */
export async function inBatches(
	workshop: Pick<Workshop, 'dataDir'>,
	query: string,
	work: (client: pg.Client, ids: string[]) => Promise<unknown>,
): Promise<void> {
	await withSuperuser(workshop, async (superuser) => {
		const ids = await withClient(superuser, async (client) => (await client.query<{ id: string }>(query)).rows);
		await inLanes(superuser, async (client) => {
			for (let some = ids.splice(0, BATCH); some.length; some = ids.splice(0, BATCH)) {
				await work(
					client,
					some.map(({ id }) => id),
				);
			}
		});
	});
}

async function withSuperuser<T>(
	{ dataDir }: Pick<Workshop, 'dataDir'>,
	work: (superuser: pg.PoolConfig) => Promise<T>,
): Promise<T> {
	const database = await openDatabase(readConfig({ MITRAT_DATA: dataDir, MITRAT_MODE: 'demo' }));
	try {
		return await work({ ...database.superuser, database: database.owner.database });
	} finally {
		await database.close();
	}
}

/** Nothing here has to survive the power cut of the next minute; and checkpoints write every page whole once more. */
async function haste(superuser: pg.PoolConfig, on: boolean): Promise<void> {
	const settings = {
		max_wal_size: "'16GB'",
		checkpoint_timeout: "'30min'",
		full_page_writes: 'off',
		autovacuum: 'off',
	};
	await withClient(superuser, async (client) => {
		for (const [name, value] of Object.entries(settings)) {
			await client.query(on ? `alter system set ${name} = ${value}` : `alter system reset ${name}`);
		}
		await client.query('select pg_reload_conf()');
		if (!on) await client.query('checkpoint');
	});
}

async function inLanes(superuser: pg.PoolConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
	await Promise.all(Array.from({ length: LANES }, () => withClient(superuser, work)));
}

async function withClient<T>(superuser: pg.PoolConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client(superuser);
	await client.connect();
	try {
		// Keys and rights are right by making; what is made is read by the role of requests, under all of them.
		await client.query(`set session_replication_role = replica; set synchronous_commit = off; set work_mem = '64MB';
			set maintenance_work_mem = '256MB'`);
		return await work(client);
	} finally {
		await client.end();
	}
}

/** Each statement once, over all lanes. */
async function together(superuser: pg.PoolConfig, statements: string[]): Promise<void> {
	await inLanes(superuser, async (client) => {
		for (let next = statements.shift(); next; next = statements.shift()) await client.query(next);
	});
}

/** An index is made anew in less time than it is kept up for millions of rows. @returns how to make them */
async function dropIndexes(client: pg.Client): Promise<string[]> {
	const { rows } = await client.query<{ name: string; made: string }>(
		`select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i
		join pg_class c on c.oid = i.indrelid
		where c.relnamespace = 'papers'::regnamespace and not exists (select from pg_constraint where conindid = i.indexrelid)
		order by pg_relation_size(i.indrelid) desc`,
	);
	for (const { name } of rows) await client.query(`drop index ${name}`);
	return rows.map(({ made: statement }) => statement);
}

/** Those that are filled here, the largest first. */
async function tablesOf(superuser: pg.PoolConfig): Promise<string[]> {
	return withClient(superuser, async (client) => {
		const { rows } = await client.query<{ name: string }>(
			`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relkind = 'r' and n.nspname in ('papers', 'registry', 'council', 'oparl', 'kernel') order by pg_relation_size(c.oid) desc`,
		);
		return rows.map(({ name }) => name);
	});
}

async function fillBatch(client: pg.Client, numbers: number[], each: number): Promise<void> {
	await client.query('begin');
	await client.query(
		`create temp table town on commit drop as
		select case when n = 0 then (select id from kernel.town where demonstration) else uuidv7() end as id, n
		from unnest($1::int[]) n`,
		[numbers],
	);
	// Among several towns the host name decides.
	await client.query(
		`update kernel.town set hosts = '{127.0.0.1,localhost}' where id in (select id from town where n = 0)`,
	);
	for (const statement of [...NEW_TOWNS, ...made(each), ...PAPERS, ...ANSWERS, ...DUTIES])
		await client.query(statement);
	await client.query('commit');
}

/** Town, bodies, groups, departments, the motion as a type with its numbers. */
const NEW_TOWNS = [
	`insert into kernel.town (id, name, short_name, hosts)
		select id, 'Reihe ' || n, 'Reihe', array['reihe-' || n || '.example'] from town where n > 0`,
	`insert into registry.organisation (body_id, id, name, organisation_type)
		select id, uuidv7(), kind || ' ' || m, kind from town, unnest(array['committee', 'group', 'department']) kind, generate_series(1, 6) m
		where n > 0`,
	`with scheme as (insert into papers.numbering_scheme (body_id, id, name, prefix)
			select id, uuidv7(), 'Anträge', 'A' from town where n > 0 returning body_id, id)
		insert into papers.paper_type (body_id, id, code, name, name_plural, scheme_id, asks_statement)
		select body_id, uuidv7(), 'motion', 'Antrag', 'Anträge', id, true from scheme`,
];

/** What the others are made from: who there is, and one row for each paper. */
function made(each: number): string[] {
	return [
		`create temp table o on commit drop as select body_id, id, organisation_type as kind,
			row_number() over (partition by body_id, organisation_type order by id) as n,
			count(*) over (partition by body_id, organisation_type) as many
			from registry.organisation where body_id in (select id from town)`,
		`create temp table motion on commit drop as select distinct on (body_id) body_id, id, scheme_id from papers.paper_type
			where code = 'motion' and body_id in (select id from town)`,
		`create temp table made on commit drop as select t.id as body_id, uuidv7() as id, s.n, 2019 + s.n % 8 as year,
			(select o.id from o where o.body_id = t.id and kind = 'department' and o.n = 1 + s.n % o.many) as department
			from town t, generate_series(1, ${each}) s (n) order by 1, 3`,
		'analyze o',
		'analyze made',
	];
}

const SENTENCES = 'Die Verwaltung berichtet über Nachfrage und Kosten. '.repeat(12);
const BLOCK = { id: 'b0001', kind: 'paragraph', hash: '0'.repeat(64), content: [{ text: SENTENCES }] };
const WORDS = `'${JSON.stringify({ version: 1, blocks: [BLOCK] })}'::jsonb`;

const PAPERS = [
	`insert into papers.paper (body_id, id, slug, type_id, reference, scheme_id, number_year, number, state, public,
			published_at, title, operative, reasons, date, filed_at, integration_relevant, report_by, under_direction_of_id, taken_over)
		select t.body_id, made.id, 'a' || lpad((1000 + n)::text, 4, '0') || '-' || year % 100, t.id,
			'A' || lpad((1000 + n)::text, 4, '0') || '/' || year % 100, t.scheme_id, year, 1000 + n, 'filed', true, now(),
			'Anliegen ' || n, ${WORDS}, ${WORDS}, make_date(year, 1 + n % 12, 1 + n % 28), now(), n % 3 = 0, null, department, true
		from made join motion t on t.body_id = made.body_id`,
	`insert into papers.originator (body_id, id, paper_id, position, organisation_id, joined_on)
		select made.body_id, uuidv7(), made.id, place, o.id, make_date(year, 1, 1) from made, generate_series(0, 1) place
		join o on kind = 'group' where o.body_id = made.body_id and o.n = 1 + (made.n + place) % o.many`,
	`insert into papers.paper_version (body_id, id, paper_id, number, title, operative, reasons, hash, fixed_at)
		select body_id, uuidv7(), id, 1, 'Anliegen ' || n, ${WORDS}, ${WORDS}, 'x', now() from made`,
	`create temp table station on commit drop as select body_id, uuidv7() as id, made.id as paper, made.n, year, step
		from made, generate_series(1, 5) step`,
	'analyze station',
	`insert into papers.consultation (body_id, id, paper_id, step, role, authoritative, planned_on, happened_on, state, result)
		select body_id, id, paper, step, case step when 5 then 'deciding' else 'advisory' end, step = 5,
			make_date(year, 1 + n % 12, 1 + n % 28) + 20 * step, case when year < 2026 then make_date(year, 1 + n % 12, 1 + n % 28) + 20 * step end,
			case when year < 2026 then 'done' else 'planned' end, case when year < 2026 then 'adopted' end from station`,
	`insert into papers.consultation_body (body_id, consultation_id, organisation_id)
		select station.body_id, station.id, o.id from station join o on o.body_id = station.body_id and kind = 'committee'
		where o.n = 1 + (station.n + step) % o.many`,
	`insert into papers.paper_relation (body_id, id, from_paper_id, to_paper_id, kind)
		select a.body_id, uuidv7(), a.id, b.id, 'cites' from made a join made b on b.body_id = a.body_id and b.n = a.n + 1 where a.n % 5 = 0`,
];

/** One in five of this year's statements is still owed; of those a part is late. */
const ANSWERS = [
	`create temp table asked on commit drop as select body_id, uuidv7() as id, id as paper, n, year, department from made`,
	`insert into papers.statement (body_id, id, state, department_id, requested_on, due_on, due_basis, published_on)
		select body_id, id, case when year = 2026 and n % 5 = 0 then 'requested' else 'published' end, department,
			make_date(year, 1 + n % 12, 1 + n % 28), make_date(year, 1 + n % 12, 1 + n % 28) + 28, 'inquiry',
			case when year = 2026 and n % 5 = 0 then null else make_date(year, 12, 1) end from asked`,
	`insert into papers.statement_on (body_id, statement_id, paper_id) select body_id, id, paper from asked`,
];

/** One paper in ten has a half-yearly duty to report, some of them late, and stands under control once it is decided. */
const DUTIES = [
	`create temp table owed on commit drop as select made.body_id, uuidv7() as id, made.id as paper, made.n, year, department,
		o.id as committee from made join o on o.body_id = made.body_id and kind = 'committee' and o.n = 1 + made.n % o.many
		where made.n % 10 = 0`,
	`insert into papers.report_duty (body_id, id, subject, paper_id, recipient_id, department_id)
		select body_id, id, 'Bericht ' || n, paper, committee, department from owed`,
	`insert into papers.report_rhythm (body_id, duty_id, from_due, rhythm) select body_id, id, make_date(year, 12, 1), 'halfYear' from owed`,
	`insert into papers.report_due (body_id, id, duty_id, due, state)
		select body_id, uuidv7(), id, due, case when due < current_date and n % 50 <> 0 then 'done' else 'open' end
		from owed, lateral generate_series(make_date(year, 12, 1), greatest(current_date, make_date(year, 12, 1)) + 183, interval '6 months') day,
			lateral (select day::date as due) d`,
	`insert into papers.control_entry (body_id, id, paper_id, title, decided_on, decided_by_id, state, due, department_id, state_since)
		select body_id, id, paper, 'Anliegen ' || n, make_date(year, 12, 1), committee, 'inProgress', make_date(year + 1, 6, 1),
			department, make_date(year, 12, 1) from owed where year < 2026`,
	`insert into papers.control_step (body_id, id, entry_id, at, state, due, department_id)
		select body_id, uuidv7(), id, make_date(year, 12, 1), 'inProgress', make_date(year + 1, 6, 1), department from owed where year < 2026`,
];
