import { afterAll, expect, test } from 'vitest';
import { dataFolder, mitrat, type Program } from '../../../src/server/testing.ts';
import { builtApplication } from '../../support/build.ts';
import { plainPage } from '../../support/forms.ts';

/** The real program, killed in the middle of a session. */
const data = dataFolder();
const buildDir = await builtApplication();
let program: Program | undefined;

afterAll(async () => {
	program?.child.kill('SIGTERM');
	await program?.ended;
	data.remove();
});

async function start(): Promise<{ url: string }> {
	program = mitrat(['start'], { MITRAT_DATA: data.path, MITRAT_BUILD: buildDir, MITRAT_MODE: 'demo', PORT: '0' });
	const [, url = ''] = await program.says(/Bereit nach .*: (http:\S+)/);
	return { url };
}

/** Signs in as whoever may run the session: the demonstration offers one click for each role. */
async function officeOf(app: { url: string }, slug: string): Promise<string> {
	const page = await plainPage(app, '/anmelden');
	for (const [, konto] of page.html.matchAll(/name="konto"[^>]*value="([^"]+)"/g)) {
		const answer = await fetch(`${app.url}/anmelden?/demo`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: app.url, accept: 'text/html' },
			body: new URLSearchParams({ konto: konto! }),
		});
		const cookie = answer.headers
			.getSetCookie()
			.map((line) => line.split(';', 1)[0]!)
			.join('; ');
		if ((await plainPage(app, `/sitzungen/${slug}/verlauf`, cookie)).status === 200) return cookie;
	}
	throw new Error('nobody may run the session');
}

test('a killed server loses nothing that it acknowledged, and what is sent again is done once', async () => {
	let app = await start();
	const list = await plainPage(app, '/sitzungen');
	const slug = /\/sitzungen\/(\d{4}-\d\d-\d\d)"/.exec(list.html)![1]!;
	const cookie = await officeOf(app, slug);
	let page = await plainPage(app, `/sitzungen/${slug}/verlauf`, cookie);
	if (page.offers({ art: 'prepare' })) page = await page.send({ art: 'prepare' });
	if (page.offers({ art: 'open' })) page = await page.send({ art: 'open' }, { proper: 'ja' });
	const item = /data-panel="([^"]+)"/.exec(page.html)![1]!;
	const operations = Array.from({ length: 40 }, (_, number) => ({
		clientId: crypto.randomUUID(),
		kind: 'task',
		payload: { item, what: `Aufgabe Nummer ${number + 1}.` },
	}));
	const send = async (operation: object, at: { url: string }) => {
		const answer = await fetch(`${at.url}/sitzungen/${slug}/verlauf/vorgaenge`, {
			method: 'POST',
			headers: { cookie, origin: at.url, 'content-type': 'application/json' },
			body: JSON.stringify({ operations: [operation] }),
		});
		const { answers } = (await answer.json()) as { answers: { state: string }[] };
		return answers[0]!.state;
	};
	const acknowledged: number[] = [];
	const sending = (async () => {
		for (const [index, operation] of operations.entries()) {
			if ((await send(operation, app)) === 'done') acknowledged.push(index);
		}
	})().catch(() => undefined);
	await expect.poll(() => acknowledged.length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(10);
	program!.child.kill('SIGKILL');
	await Promise.all([sending, program!.ended]);

	app = await start();
	const after = await plainPage(app, `/sitzungen/${slug}/verlauf?punkt=${item}`, cookie);
	for (const index of acknowledged) expect(after.text).toContain(`Aufgabe Nummer ${index + 1}.`);
	const states: string[] = [];
	for (const operation of operations) states.push(await send(operation, app));
	expect(acknowledged.every((index) => states[index] === 'repeated')).toBe(true);
	expect(new Set(states)).toEqual(new Set(['repeated', 'done']));
	const whole = await plainPage(app, `/sitzungen/${slug}/verlauf?punkt=${item}`, cookie);
	for (let number = 1; number <= 40; number++) {
		expect(whole.text.split(`Aufgabe Nummer ${number}.`)).toHaveLength(2);
	}
}, 180_000);
