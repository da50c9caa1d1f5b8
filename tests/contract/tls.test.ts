import { expect, test } from 'vitest';
import { inviteAccount } from '../../src/kernel/identity/links.ts';
import { startApp } from '../support/app.ts';

const app = await startApp({ env: { TRUST_PROXY: '1' } });

/** A request as a proxy in front hands it on. */
function ask(path: string, proto: 'http' | 'https', init: RequestInit = {}): Promise<Response> {
	const headers = { 'x-forwarded-proto': proto, 'x-forwarded-host': 'beirat.elbstadt.example', ...init.headers };
	return fetch(app.url + path, { redirect: 'manual', ...init, headers });
}

const hsts = (answer: Response) => answer.headers.get('strict-transport-security');

test('behind TLS every page, refusal and answer to a form says that the site is to be asked by TLS only', async () => {
	const form = { method: 'POST', body: new URLSearchParams({ email: 'niemand@elbstadt.example' }) };
	const answers = await Promise.all([
		ask('/', 'https'),
		ask('/en/sitzungen', 'https'),
		ask('/gibt-es-nicht', 'https'),
		ask('/tisch', 'https'),
		ask('/anmelden?/link', 'https', { ...form, headers: { origin: 'https://beirat.elbstadt.example' } }),
	]);
	for (const answer of answers) expect(hsts(answer), answer.url).toBe('max-age=63072000; includeSubDomains');
	expect(answers.map(({ status }) => status).slice(0, 3)).toEqual([200, 200, 404]);
});

test('a page kept for readers without TLS is not given to those with it, nor the other way round', async () => {
	for (const round of [1, 2]) {
		expect(hsts(await ask('/gremien', 'http')), `plain, round ${round}`).toBeNull();
		expect(hsts(await ask('/gremien', 'https')), `TLS, round ${round}`).toContain('max-age=');
	}
});

test('the session of a sign-in behind TLS is bound to the host and never travels in plain', async () => {
	const origin = 'https://beirat.elbstadt.example';
	const { url } = await inviteAccount({ email: 'amira@elbstadt.example', name: 'Amira Saleh' }, { origin });
	const body = new URLSearchParams({ schein: new URL(url).searchParams.get('schein')! });
	const headers = { origin, accept: 'text/html' };
	const answer = await ask('/anmelden/link', 'https', { method: 'POST', headers, body });
	expect([answer.status, answer.headers.get('location')]).toEqual([303, '/tisch']);
	const cookies = answer.headers.getSetCookie();
	expect(cookies.length).toBeGreaterThan(0);
	for (const cookie of cookies) expect(cookie).toMatch(/^__Host-mitrat\..*; Secure/i);
});
