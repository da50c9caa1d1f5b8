/** What the program writes down of a day with all kinds of people, and with faults: nobody's name, address or words. */
import { afterAll, expect, test, vi } from 'vitest';
import { DEMONSTRATION_ROLES } from '../../src/kernel/identity/accounts.ts';
import { enqueueJob } from '../../src/kernel/jobs/queue.ts';
import { contextFor, endRequest } from '../../src/kernel/request.ts';
import { OPERATOR } from '../../src/kernel/access/actor.ts';
import { write } from '../../src/kernel/write.ts';
import { startApp } from '../support/app.ts';
import { plainPage } from '../support/forms.ts';

const written: string[] = [];
for (const stream of [process.stderr, process.stdout])
	vi.spyOn(stream, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
afterAll(() => void vi.restoreAllMocks());
const app = await startApp({ demonstration: true, workers: 1, env: { MITRAT_LOG_REQUESTS: 'yes' } });
const { sql } = app.database;
const [town] = await sql<{ id: string }>('select id from kernel.town where demonstration');

/** Names long enough to be nobody's by chance, and every address. */
const people = await sql<{ id: string; given: string; family: string; email: string }>(
	`select id, given_name as given, family_name as family, coalesce(email, '') as email from registry.person where body_id = $1`,
	[town!.id],
);
const TYPED = { email: 'yasemin.quellwasser@nirgends.example', words: 'Quellwasserstrasse 17 im dritten Hof' };
const secrets = [
	...people.flatMap(({ given, family, email }) => [`${given} ${family}`, family, email]),
	...Object.values(TYPED),
	'quellwasser',
].filter((word) => word.length > 4);

async function post(path: string, fields: Record<string, string>, cookie = ''): Promise<number> {
	const headers = { origin: app.url, accept: 'text/html', ...(cookie && { cookie }) };
	const sent = await fetch(app.url + path, {
		method: 'POST',
		redirect: 'manual',
		headers,
		body: new URLSearchParams(fields),
	});
	return sent.status;
}

test('no log line holds a name, an address or what somebody typed', async () => {
	expect(people.length).toBeGreaterThan(20);
	const [someone] = people.filter(({ email }) => email);
	for (const role of DEMONSTRATION_ROLES) {
		const cookie = await app.signIn(role);
		for (const path of ['/tisch', '/konto', '/vorlagen', '/personen', `/personen/${someone!.id}`, '/protokollierung'])
			await plainPage(app, path, cookie);
		await plainPage(app, `/personen?q=${encodeURIComponent(someone!.family)}`, cookie);
		await post(
			'/konto?/berichtigen',
			{ given_name: TYPED.words, family_name: TYPED.words, phone: TYPED.words },
			cookie,
		);
	}
	await plainPage(app, `/suche?q=${encodeURIComponent(`${someone!.given} ${someone!.family}`)}`);
	await plainPage(app, `/vorlagen/${encodeURIComponent(TYPED.words)}`);
	await plainPage(app, `/vorlagen/%FF?von=${encodeURIComponent(TYPED.email)}`);
	await post('/anmelden?/link', { email: someone!.email });
	await post('/anmelden?/passwort', { email: someone!.email, password: TYPED.words });
	await post('/barrierefreiheit', { name: someone!.family, email: TYPED.email, message: TYPED.words });

	// The database refuses what people send, and says in its message what it was.
	await sql(`alter table shell.feedback add constraint broken check (message = 'never') not valid`);
	await sql(`alter table council.subscriber add constraint broken check (false) not valid`);
	const [, feedback] = [
		await post('/abonnement', { email: TYPED.email, locale: 'de', what: 'all' }),
		await plainPage(app, '/barrierefreiheit').then((page) =>
			page.send({}, { name: someone!.family, email: TYPED.email, message: TYPED.words }),
		),
	];
	expect(feedback.status).toBe(500);

	// A job that fails has what it was about in its payload and in its error.
	const ctx = contextFor({ ...app.database.town, id: town!.id }, OPERATOR);
	await write(ctx, (tx) =>
		enqueueJob(tx, 'council.agenda.send', { ...TYPED, meetingId: someone!.family }, { maxAttempts: 1 }),
	);
	await endRequest(ctx);
	await vi.waitFor(() => expect(written.join('')).toContain('council.agenda.send'), { timeout: 60_000 });

	const lines = written
		.join('')
		.split('\n')
		.filter((line) => line.startsWith('{'));
	expect(lines.length).toBeGreaterThan(50);
	expect(lines.some((line) => line.includes('"level":"error"'))).toBe(true);
	const all = written.join('').toLowerCase();
	const told = secrets.filter((word) => all.includes(word.toLowerCase()));
	expect([...new Set(told)]).toEqual([]);
}, 120_000);
