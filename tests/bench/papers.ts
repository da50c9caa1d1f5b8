/** Papers of one town and of a whole state: what a page costs must not depend on how many towns share the database. */
import type pg from 'pg';
import { demonstrationAccount, page, signIn, withOwner } from './council.ts';
import type { Row } from './figures.ts';
import type { Workshop } from './program.ts';

const PER_TOWN = 2_000;
/** Towns with papers, the demonstration's among them: 10,000 and 1,000,000 papers. */
const SIZES = [5, 500] as const;
/** The dearer a page gets with a hundred times the papers, at most. */
const MOST_RATIO = 1.3;

/** The pages measured; as who, and what of the generated papers they show. */
const PAGES: { what: string; path: string; office?: boolean }[] = [
	{ what: 'paper', path: '/vorlagen/a1501-24' },
	{ what: 'list', path: '/vorlagen' },
	{ what: 'overdue statements', path: '/stellungnahmen' },
	{ what: 'overdue reports', path: '/berichtspflichten' },
	{ what: 'resolution control', path: '/beschlusskontrolle' },
	{ what: 'list, three filters', path: '/vorlagen?jahr=2023&status=filed&betroffen=ja' },
];

export async function benchPapers(workshop: Workshop): Promise<Row[]> {
	await (await workshop.start()).stop();
	const found: Row[][] = [];
	let towns = 0;
	for (const size of SIZES) {
		await withOwner(workshop, (client) => grow(client, towns, size));
		towns = size;
		found.push(await measure(workshop, size * PER_TOWN));
	}
	return [...found.flat(), ...compared(found[0]!, found[1]!)];
}

async function measure(workshop: Workshop, papers: number): Promise<Row[]> {
	const server = await workshop.start({ MITRAT_PAGE_CACHE: 'no', MITRAT_MODE: 'demo' });
	try {
		const office = await withOwner(workshop, (client) => demonstrationAccount(client, 'office'));
		const cookie = await signIn(server, office);
		const subject = `papers, ${new Intl.NumberFormat('en').format(papers)}`;
		const rows: Row[] = [];
		for (const { what, path, office } of PAGES) {
			const most = { queries: 10, ms: 30, ...(office && { cookie }) };
			rows.push(...(await page(server, what, path, most)).map((row) => ({ ...row, subject })));
		}
		return rows;
	} finally {
		await server.stop();
	}
}

function compared(small: Row[], large: Row[]): Row[] {
	return small.flatMap((row, at) => {
		if (row.unit !== 'ms') return [];
		const ratio = large[at]!.value / row.value;
		return [
			{
				subject: 'papers',
				what: `${row.what}, a hundred times the papers`,
				value: ratio,
				unit: '×',
				target: { most: MOST_RATIO },
			},
		];
	});
}

/** Fills towns `from` to `until` with papers; the first is the demonstration's, the others are made for it. */
async function grow(client: pg.Client, from: number, until: number): Promise<void> {
	const { rows } = await client.query<{ id: string }>('select id from kernel.town where demonstration');
	const model = rows[0]!.id;
	// Among several towns the host name decides.
	await client.query(`update kernel.town set hosts = '{127.0.0.1,localhost}' where id = $1`, [model]);
	for (let n = from; n < until; n++) {
		await client.query('begin');
		const town = n === 0 ? model : await addTown(client, n);
		await client.query(`select set_config('mitrat.body', $1, true)`, [town]);
		await fill(client);
		await client.query('commit');
	}
	await client.query(`select set_config('mitrat.body', $1, false)`, [model]);
	await client.query('vacuum analyze');
}

async function addTown(client: pg.Client, n: number): Promise<string> {
	const { rows } = await client.query<{ id: string }>(
		`insert into kernel.town (id, name, short_name, hosts) values (gen_random_uuid(), 'Reihe ' || $1::int, 'Reihe', array['reihe-' || $1::int || '.example'])
		returning id`,
		[n],
	);
	const town = rows[0]!.id;
	await client.query(`select set_config('mitrat.body', $1, true)`, [town]);
	await client.query(
		`insert into registry.organisation (body_id, id, name, organisation_type)
		select $1, gen_random_uuid(), kind || ' ' || n, kind from unnest(array['committee', 'group', 'department']) kind, generate_series(1, 6) n`,
		[town],
	);
	await client.query(
		`with scheme as (insert into papers.numbering_scheme (body_id, id, name, prefix) values ($1, gen_random_uuid(), 'Anträge', 'A') returning id)
		insert into papers.paper_type (body_id, id, code, name, name_plural, scheme_id, asks_statement)
		select $1, gen_random_uuid(), 'motion', 'Antrag', 'Anträge', id, true from scheme`,
		[town],
	);
	return town;
}

/** Motions of eight years with wording, two originators, a way of five stations, a version and relations. */
async function fill(client: pg.Client): Promise<void> {
	const words = `'{"version":1,"blocks":[{"id":"b0001","kind":"paragraph","hash":"${'0'.repeat(64)}","content":[{"text":"' || repeat('Die Verwaltung berichtet über Nachfrage und Kosten. ', 12) || '"}]}]}'`;
	await client.query(`create temp table o on commit drop as select id, organisation_type as kind,
		row_number() over (partition by organisation_type order by id) as n, count(*) over (partition by organisation_type) as many
		from registry.organisation where body_id = kernel.current_body()`);
	await client.query(
		`create temp table made on commit drop as select gen_random_uuid() as id, n, 2019 + n % 8 as year from generate_series(1, $1::int) n`,
		[PER_TOWN],
	);
	await client.query(`insert into papers.paper (body_id, id, slug, type_id, reference, scheme_id, number_year, number, state, public,
			published_at, title, operative, reasons, date, filed_at, integration_relevant, report_by, under_direction_of_id, taken_over)
		select t.body_id, made.id, 'a' || lpad((1000 + n)::text, 4, '0') || '-' || year % 100, t.id, 'A' || lpad((1000 + n)::text, 4, '0') || '/' || year % 100,
			t.scheme_id, year, 1000 + n, 'filed', true, now(), 'Anliegen ' || n, (${words})::jsonb, (${words})::jsonb,
			make_date(year, 1 + n % 12, 1 + n % 28), now(), n % 3 = 0, null, (select o.id from o where kind = 'department' and o.n = 1 + made.n % o.many), true
		from made, (select * from papers.paper_type where body_id = kernel.current_body() and code = 'motion' limit 1) t`);
	await client.query(`insert into papers.originator (body_id, id, paper_id, position, organisation_id, joined_on)
		select kernel.current_body(), gen_random_uuid(), made.id, place, o.id, make_date(year, 1, 1)
		from made, generate_series(0, 1) place join o on kind = 'group' where o.n = 1 + (made.n + place) % o.many`);
	await client.query(`insert into papers.paper_version (body_id, id, paper_id, number, title, operative, reasons, hash, fixed_at)
		select body_id, gen_random_uuid(), id, 1, title, operative, reasons, 'x', filed_at from papers.paper where id in (select id from made)`);
	await client.query(`create temp table station on commit drop as select gen_random_uuid() as id, made.id as paper, made.n, year, step
		from made, generate_series(1, 5) step`);
	await client.query(`insert into papers.consultation (body_id, id, paper_id, step, role, authoritative, planned_on, happened_on, state, result)
		select kernel.current_body(), id, paper, step, case step when 5 then 'deciding' else 'advisory' end, step = 5,
			make_date(year, 1 + n % 12, 1 + n % 28) + 20 * step, case when year < 2026 then make_date(year, 1 + n % 12, 1 + n % 28) + 20 * step end,
			case when year < 2026 then 'done' else 'planned' end, case when year < 2026 then 'adopted' end from station`);
	await client.query(`insert into papers.consultation_body (body_id, consultation_id, organisation_id)
		select kernel.current_body(), station.id, o.id from station join o on kind = 'committee' where o.n = 1 + (station.n + step) % o.many`);
	await client.query(
		`create temp table asked on commit drop as select gen_random_uuid() as id, id as paper, n, year from made`,
	);
	// One in five of this year's is still owed; of those a part is late.
	await client.query(`insert into papers.statement (body_id, id, state, department_id, requested_on, due_on, due_basis, published_on)
		select kernel.current_body(), id, case when year = 2026 and n % 5 = 0 then 'requested' else 'published' end,
			(select o.id from o where kind = 'department' and o.n = 1 + asked.n % o.many), make_date(year, 1 + n % 12, 1 + n % 28),
			make_date(year, 1 + n % 12, 1 + n % 28) + 28, 'inquiry', case when year = 2026 and n % 5 = 0 then null else make_date(year, 12, 1) end
		from asked`);
	await client.query(
		`insert into papers.statement_on (body_id, statement_id, paper_id) select kernel.current_body(), id, paper from asked`,
	);
	await client.query(`insert into papers.paper_relation (body_id, id, from_paper_id, to_paper_id, kind)
		select kernel.current_body(), gen_random_uuid(), a.id, b.id, 'cites' from made a join made b on b.n = a.n + 1 where a.n % 5 = 0`);
	await fillDuties(client);
}

/** One paper in ten has a half-yearly duty to report, some of them late, and stands under control once it is decided. */
async function fillDuties(client: pg.Client): Promise<void> {
	await client.query(`create temp table owed on commit drop as select gen_random_uuid() as id, made.id as paper, n, year,
		(select o.id from o where kind = 'department' and o.n = 1 + made.n % o.many) as department,
		(select o.id from o where kind = 'committee' and o.n = 1 + made.n % o.many) as committee from made where n % 10 = 0`);
	await client.query(`insert into papers.report_duty (body_id, id, subject, paper_id, recipient_id, department_id)
		select kernel.current_body(), id, 'Bericht ' || n, paper, committee, department from owed`);
	await client.query(`insert into papers.report_rhythm (body_id, duty_id, from_due, rhythm)
		select kernel.current_body(), id, make_date(year, 12, 1), 'halfYear' from owed`);
	await client.query(`insert into papers.report_due (body_id, id, duty_id, due, state)
		select kernel.current_body(), gen_random_uuid(), id, due, case when due < current_date and n % 50 <> 0 then 'done' else 'open' end
		from owed, lateral generate_series(make_date(year, 12, 1), greatest(current_date, make_date(year, 12, 1)) + 183, interval '6 months') day, lateral (select day::date as due) d`);
	await client.query(`insert into papers.control_entry (body_id, id, paper_id, title, decided_on, decided_by_id, state, due, department_id, state_since)
		select kernel.current_body(), id, paper, 'Anliegen ' || n, make_date(year, 12, 1), committee, 'inProgress', make_date(year + 1, 6, 1),
			department, make_date(year, 12, 1) from owed where year < 2026`);
	await client.query(`insert into papers.control_step (body_id, id, entry_id, at, state, due, department_id)
		select body_id, gen_random_uuid(), id, decided_on, state, due, department_id from papers.control_entry where id in (select id from owed)`);
}
