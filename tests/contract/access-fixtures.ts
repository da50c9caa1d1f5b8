import { hashToken } from '../../src/kernel/identity/token.ts';
import type { App } from '../support/app.ts';
import type { Role } from '../support/roles.ts';
import { planningFixtures } from './access-planning.ts';

/**
 * Examples for the parameters of routes: the route up to and with the parameter, then a word for the example (it stands in
 * the table) and its value. Several examples where the object decides who sees it.
 */
export type Fixtures = Record<string, Record<string, string>>;

/** What a form says, asked anew for each role; for acts that would otherwise answer "there is no such thing". */
export type Forms = Record<string, () => Promise<Record<string, string>>>;

/** By the label of the way. Every other form is sent empty. */
export function formsOf({ database: { sql } }: App): Forms {
	const task = async (state: string) => {
		const text = `select t.id from council.task t join council.meeting m on m.id = t.meeting_id where t.state = $1 and m.public and m.published limit 1`;
		const [row] = await sql<{ id: string }>(text, [state]);
		return { id: row?.id ?? 'missing' };
	};
	let invited = 0;
	const first = async (text: string) => (await sql<{ id: string }>(text))[0]?.id ?? 'missing';
	const district = async () => ({ id: await first('select id from papers.district order by position limit 1') });
	return {
		'/vorlagen/stadtteile POST ?/aendern': district,
		'/vorlagen/stadtteile POST ?/anbieten': district,
		'/vorlagen/stadtteile POST ?/herausnehmen': district,
		'/beschlusskontrolle POST ?/weglassen': async () => ({
			kind: 'resolution',
			id: await first('select id from council.resolution limit 1'),
		}),
		'/beschlusskontrolle POST ?/zurkenntnis': async () => ({
			meetingId: await first(`select id from council.meeting where state in ('held', 'minutesSigned') limit 1`),
		}),
		'/berichtspflichten/[id] POST ?/beginnen': async () => ({
			dueId: await first(`select id from papers.report_due where state = 'open' order by due limit 1`),
		}),
		'/berichtspflichten/[id] POST ?/loesen': async () => ({
			id: await first('select id from papers.report_fulfilment limit 1'),
		}),
		'/aufgaben POST ?/erledigt': () => task('open'),
		'/aufgaben POST ?/offen': () => task('done'),
		'/personen/[id] POST ?/rolle': async () => ({ duty: 'editor' }),
		'/personen/[id] POST ?/einladen': async () => ({ email: `einladung-${++invited}@probe.example` }),
		'/personen/[id] POST ?/beenden': async () => {
			const [row] = await sql<{ id: string }>(
				`insert into registry.duty (body_id, id, person_id, duty, from_date)
				 select body_id, gen_random_uuid(), id, 'editor', '2020-01-01' from registry.person where family_name = 'Probe member' returning id`,
			);
			return { id: row!.id };
		},
		'/personen/[id] POST ?/ablehnen': async () => {
			await sql(
				`insert into shell.erasure_request (body_id, id, person_id, asked_on, due_on)
				 select body_id, gen_random_uuid(), id, current_date, current_date from registry.person where family_name = 'Probe member' on conflict do nothing`,
			);
			return {};
		},
		'/personen/rollenregeln POST ?/neu': async () => ({ claim: 'groups', value: `probe-${++invited}`, duty: 'office' }),
		'/personen/rollenregeln POST ?/aendern': async () => ({
			id: await roleRule(sql),
			claim: 'groups',
			value: 'probe',
			duty: 'office',
		}),
		'/personen/rollenregeln POST ?/entfernen': async () => ({ id: await roleRule(sql) }),
		'/personen/rollenregeln POST ?/hoch': async () => ({ id: await roleRule(sql) }),
		'/personen/rollenregeln POST ?/probe': async () => ({ angaben: '{"groups":["probe"]}' }),
		'/betrieb POST ?/wiederholen': async () => ({ id: await failedJob(sql) }),
		'/betrieb POST ?/verwerfen': async () => ({ id: await failedJob(sql) }),
		'/betrieb POST ?/senden': async () => {
			const [row] = await sql<{ id: string }>(
				`insert into kernel.mail (body_id, id, to_address, locale, subject, text, html, state, message_id)
				 select id, gen_random_uuid(), 'probe@probe.example', 'de', 'Probe', 'Probe', 'Probe', 'failed', '<probe@probe>' from kernel.town where demonstration returning id`,
			);
			return { id: row!.id };
		},
		'/barrierefreiheit/rueckmeldungen POST ?/default': async () => {
			const [row] = await sql<{ id: string }>(
				`insert into shell.feedback (body_id, id, message, locale, due_on) select id, gen_random_uuid(), 'Probe', 'de', current_date from kernel.town where demonstration returning id`,
			);
			return { id: row!.id };
		},
	};
}

/** Finds examples in the demonstration town and adds what it lacks. */
export async function fixturesOf(app: App, signIn: (role: Role) => Promise<string | undefined>): Promise<Fixtures> {
	const { sql } = app.database;
	const one = async (text: string) => Object.values((await sql<Record<string, string>>(text))[0] ?? {})[0] ?? 'missing';
	const office = (await signIn('office'))!;
	const document = await upload(app, office, ['Protokoll der ersten Probe']);
	const batch = await upload(app, office, ['Protokoll der zweiten Probe', 'Protokoll der dritten Probe']);
	return {
		'/stellungnahmen/[id]': {
			open: await one(`select s.id from papers.statement s join papers.statement_on o on o.statement_id = s.id
				join papers.paper p on p.id = o.paper_id where p.public and s.state = 'coSigning' order by s.id limit 1`),
		},
		'/vorlagen/[slug]': {
			public: await one(`select slug from papers.paper where state = 'filed' and public order by slug limit 1`),
			draft: await draftForMayor(app, 'probe-entwurf-vorlage'),
			closed: await copyOfPaper(app, 'probe-geschlossene-vorlage', {
				public: false,
				reference: 'X0001/26',
				number: null,
			}),
		},
		'/oparl/v1.1/[...path]': { system: 'system', body: 'body' },
		'/einbindung/beteiligung/[id]': { round: await round(app) },
		'/einbindung/[id]': { 'of a department': await matter(app) },
		'/beschlusskontrolle/[id]': {
			public: await one(`select id from papers.control_entry where state <> 'declined' order by decided_on limit 1`),
		},
		'/berichtspflichten/[id]': { public: await reportDuty(app, true), closed: await reportDuty(app, false) },
		'/sitzungen/[slug]': {
			public: await one(`select slug from council.meeting where public and published order by date limit 1`),
			draft: await copyOfMeeting(app, 'probe-entwurf', { published: false }),
			closed: await copyOfMeeting(app, 'probe-geschlossen', { public: false }),
		},
		'/sitzungen/[slug]/abstimmung/[vote]': {
			'of another session': await one(`select id from council.vote limit 1`),
		},
		'/wahlurne/[ballot]': { none: '00000000-0000-7000-8000-000000000000' },
		'/gremien/[slug]': {
			public: await one(`select slug from council.council_body where visibility = 'public' and kind = 'council'`),
			closed: await closedBody(app),
		},
		'/gremien/[slug]/umlauf/[nummer]': { running: '1' },
		'/umlauf/[token]': { 'never given out': 'A'.repeat(43) },
		...(await planningFixtures(app)),
		'/offene-daten/[datei]': { table: 'sitzungen.csv' },
		'/sitemap/[seite]': { first: '1' },
		'/personen/[id]': { person: await one(`select id from registry.person where family_name = 'Probe member'`) },
		'/bewerbung/[token]': { receipt: await application(app) },
		'/antwort/[token]': { 'never given out': 'A'.repeat(65) },
		'/_post/[id]': { mail: await mail(app) },
		'/einlesen/[id]': { document },
		'/einlesen/stapel/[id]': { batch },
		'/dateien/[id]': {
			'under review': await one(`select file_id from import.document where id = '${document}'`),
			'of a session': await attach(app, batch, 0, true),
			'of a session, closed': await attach(app, batch, 1, false),
		},
	};
}

/** A round in which nobody takes part yet. */
async function round({ database }: App): Promise<string> {
	const [row] = await database.sql<{ id: string }>(
		`insert into papers.participation (body_id, id, title, from_date)
		 select id, gen_random_uuid(), 'Probe', current_date from kernel.town where demonstration returning id`,
	);
	return row!.id;
}

/** A matter of the citizens' office, without rules that would involve anybody. */
async function matter({ database }: App): Promise<string> {
	const [row] = await database.sql<{ id: string }>(
		`insert into papers.matter (body_id, id, title, department_id, relevant, opened_on)
		 select body_id, gen_random_uuid(), 'Probe', id, false, current_date from registry.organisation
		 where name = 'Bürgeramt' returning id`,
	);
	return row!.id;
}

/** A duty to report in words, to the council. */
async function reportDuty({ database }: App, isPublic: boolean): Promise<string> {
	const [row] = await database.sql<{ id: string }>(
		`with d as (insert into papers.report_duty (body_id, id, subject, source_text, recipient_id, public)
			select body_id, gen_random_uuid(), 'Probe', 'Probe', id, $1 from council.council_body where slug = 'beirat' returning body_id, id)
		insert into papers.report_rhythm (body_id, duty_id, from_due, rhythm) select body_id, id, '2099-01-01', 'year' from d
		returning duty_id as id`,
		[isPublic],
	);
	return row!.id;
}

/** Whoever has the address may read it: the address is the key. */
async function application({ database }: App): Promise<string> {
	const token = 'probe-bewerbung-0123456789abcdef';
	await database.sql(
		`insert into council.application (body_id, id, council_body_id, token_hash, name, received_on)
		 select body_id, gen_random_uuid(), id, $1, 'Probe', current_date from council.council_body where slug = 'beirat'`,
		[hashToken(token)],
	);
	return token;
}

async function mail({ database }: App): Promise<string> {
	const [row] = await database.sql<{ id: string }>(
		`insert into kernel.mail (body_id, id, to_address, locale, subject, text, html, message_id)
		 select id, gen_random_uuid(), 'kim@probe.example', 'de', 'Probe', 'Probe', '<p>Probe</p>', 'probe' from kernel.town
		 where demonstration returning id`,
	);
	return row!.id;
}

/** Hangs an uploaded file at a public session. @returns the file's id */
async function attach({ database }: App, batch: string, which: number, isPublic: boolean): Promise<string> {
	const [row] = await database.sql<{ file_id: string }>(
		`with f as (select body_id, file_id from import.document where batch_id = $1 order by name offset $2 limit 1)
		 insert into council.meeting_file (body_id, id, meeting_id, file_id, kind, title, public)
		 select f.body_id, gen_random_uuid(), m.id, f.file_id, 'attachment', 'Probe', $3
		 from f, council.meeting m where m.public and m.published order by m.date limit 1 returning file_id`,
		[batch, which, isPublic],
	);
	return row!.file_id;
}

async function copyOfMeeting({ database }: App, slug: string, changed: Record<string, unknown>): Promise<string> {
	await database.sql(
		`insert into council.meeting select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'slug', $1::text) || $2)).*
		 from council.meeting m where public and published order by date limit 1`,
		[slug, JSON.stringify(changed)],
	);
	await database.sql(
		`insert into council.agenda_item (body_id, id, meeting_id, position, number, title)
		 select body_id, gen_random_uuid(), id, 1, '1', 'Probe' from council.meeting where slug = $1`,
		[slug],
	);
	return slug;
}

async function copyOfPaper({ database }: App, slug: string, changed: Record<string, unknown>): Promise<string> {
	await database.sql(
		`insert into papers.paper select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'slug', $1::text) || $2)).*
		 from papers.paper p where state = 'filed' order by date limit 1`,
		[slug, JSON.stringify(changed)],
	);
	return slug;
}

/** A draft whose way begins with the mayor's approval. */
async function draftForMayor(app: App, slug: string): Promise<string> {
	await copyOfPaper(app, slug, { state: 'draft', reference: null, number: null });
	await app.database.sql(
		`insert into papers.consultation (body_id, id, paper_id, step, position, role, public)
		 select body_id, gen_random_uuid(), id, 1, 1, 'approval', false from papers.paper where slug = $1`,
		[slug],
	);
	return slug;
}

/** A body that only its members may know of: the members and the chair of the table's columns sit in another one. */
async function closedBody({ database }: App): Promise<string> {
	const slug = 'probe-runde';
	await database.sql(`with o as (insert into registry.organisation (body_id, id, name, organisation_type)
			select id, gen_random_uuid(), 'Geschlossene Runde', 'committee' from kernel.town where demonstration returning body_id, id)
		insert into council.council_body (body_id, id, slug, kind, visibility) select body_id, id, '${slug}', 'workingGroup', 'members' from o`);
	await database.sql(`insert into council.written_procedure (body_id, id, council_body_id, number, title, text, rule, opened_at, last_day)
		select body_id, gen_random_uuid(), id, 1, 'Probe', 'Probe', '{"mode": "silentUnlessObjection", "consent": [4, 5], "days": 7}', now(), '2099-01-01'
		from council.council_body where slug = '${slug}'`);
	return slug;
}

/** Uploads minutes as the office does. @returns the last part of the address it is led to */
async function upload({ url }: App, cookie: string, titles: string[]): Promise<string> {
	const form = new FormData();
	for (const title of titles)
		form.append('dateien', new File([minutes(title)], `${title}.txt`, { type: 'text/plain' }));
	const answer = await fetch(`${url}/einlesen`, {
		method: 'POST',
		redirect: 'manual',
		headers: { cookie, origin: url, accept: 'text/html' },
		body: form,
	});
	const target = answer.headers.get('location');
	if (!target) throw new Error(`the upload was answered with ${answer.status}`);
	return new URL(target, url).pathname.split('/').at(-1)!;
}

function minutes(title: string): string {
	return `${title}
Beirat für Integration und Migration der Stadt Elbstadt
Sitzung am 12.03.2024, 17:00 bis 18:30 Uhr, Altes Rathaus

Anwesend: Emre Sandıkçı, Golnar Sepantar
Entschuldigt: Oleh Dubrawez

TOP 1 Begrüßung
Der Vorsitzende begrüßt die Anwesenden.
TOP 2 ${title}
Der Beirat nimmt den Bericht zur Kenntnis.
`;
}

/** A job of the demonstration town that nobody will try again. @returns its id */
async function failedJob(sql: App['database']['sql']): Promise<string> {
	const [job] = await sql<{ id: string }>(
		`select (graphile_worker.add_job('kernel.search.sweep', json_build_object('body_id', id, 'data', null))).id::text as id
		 from kernel.town where demonstration`,
	);
	await sql('update graphile_worker._private_jobs set attempts = max_attempts where id = $1', [job!.id]);
	return job!.id;
}

async function roleRule(sql: App['database']['sql']): Promise<string> {
	const [row] = await sql<{ id: string }>(
		`insert into registry.role_rule (body_id, id, position, claim, value, duty)
		 select id, gen_random_uuid(), 9, 'groups', 'probe', 'office' from kernel.town where demonstration returning id`,
	);
	return row!.id;
}
