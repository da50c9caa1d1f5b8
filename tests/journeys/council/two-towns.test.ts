import { request } from 'node:http';
import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';

const app = await startApp({ demonstration: true, workers: 0 });
const { database, url } = app;

/** Asks under a town's own host name; names of this machine need no name server. */
function ask(host: string, path: string, cookie = ''): Promise<{ status: number; text: string }> {
	const { port } = new URL(url);
	return new Promise((resolve, reject) => {
		const sent = request(
			{ host: '127.0.0.1', port, path, headers: { host: `${host}:${port}`, cookie, accept: 'text/html' } },
			(answer) => {
				let text = '';
				answer.setEncoding('utf8');
				answer.on('data', (part: string) => (text += part));
				answer.on('end', () => resolve({ status: answer.statusCode!, text }));
			},
		);
		sent.on('error', reject).end();
	});
}

test('GRE-30: two towns on one installation do not see each other’s records', async () => {
	const here = 'localhost';
	const there = 'nordhafen.localhost';
	const office = await app.signIn('office');
	const [first] = await database.sql<{ id: string }>('select id from kernel.town');
	await database.sql('update kernel.town set hosts = $1', [[here]]);
	const second = await database.addTown('Nordhafen');
	const neighbour = await app.signInAs('nachbarin@nordhafen.example');
	const [account] = await database.sql<{ id: string }>(
		`select id from auth."user" where email = 'nachbarin@nordhafen.example'`,
	);
	await database.sql(
		`with p as (insert into registry.person (body_id, id, given_name, family_name, account_id) values ($1, gen_random_uuid(), 'Nele', 'Nachbarin', $2) returning body_id, id)
		insert into registry.duty (body_id, id, person_id, duty, from_date) select body_id, gen_random_uuid(), id, 'office', '2020-01-01' from p`,
		[second.id, account!.id],
	);
	for (const [town, slug, name] of [
		[first!.id, 'elbkreis', 'Vertraulicher Elbkreis'],
		[second.id, 'nordkreis', 'Vertraulicher Nordkreis'],
	])
		await database.sql(
			`with o as (insert into registry.organisation (body_id, id, name, organisation_type) values ($1, gen_random_uuid(), $3, 'committee') returning body_id, id)
			insert into council.council_body (body_id, id, slug, visibility) select body_id, id, $2, 'members' from o`,
			[town, slug, name],
		);
	const asked = async (host: string, path: string, cookie: string) => (await ask(host, path, cookie)).status;
	// The list of towns is read anew every few seconds.
	await expect
		.poll(async () => (await ask(there, '/')).text, { timeout: 60_000, interval: 250 })
		.toContain('Nordhafen');
	// Each office reads its own body under its own name.
	expect(await asked(here, '/gremien/elbkreis', office)).toBe(200);
	expect(await asked(there, '/gremien/nordkreis', neighbour)).toBe(200);
	// Neither reads the other's, wherever it asks, nor learns that it is there.
	for (const [host, path, cookie] of [
		[here, '/gremien/nordkreis', office],
		[there, '/gremien/nordkreis', office],
		[there, '/gremien/elbkreis', neighbour],
		[here, '/gremien/elbkreis', neighbour],
		[there, '/gremien/beirat', ''],
	] as const)
		expect([host, path, await asked(host, path, cookie)]).toEqual([host, path, 404]);
	expect((await ask(here, '/gremien', office)).text).not.toContain('Nordkreis');
	expect((await ask(there, '/gremien', neighbour)).text).not.toContain('Elbkreis');
	expect((await ask(there, '/gremien/nordkreis/sitze', office)).text).not.toContain('Nordkreis');
});
