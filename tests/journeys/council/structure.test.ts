import { expect, test } from 'vitest';
import { toldToPrograms } from '../../support/oparl.ts';
import { startApp } from '../../support/app.ts';

const app = await startApp({ demonstration: true, workers: 0 });
const { database, url } = app;
const office = await app.signIn('office');

interface Answer {
	status: number;
	to: string;
	text: string;
	html: string;
}

const plain = (html: string) =>
	(/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html)
		.replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replaceAll('&nbsp;', ' ')
		.replaceAll('&#39;', "'")
		.replaceAll('&quot;', '"')
		.replaceAll('&amp;', '&')
		.replace(/[\s\u00a0]+/g, ' ');

async function answered(response: Response): Promise<Answer> {
	const html = await response.text();
	return { status: response.status, to: response.headers.get('location') ?? '', html, text: plain(html) };
}

const get = async (path: string, cookie = '') =>
	answered(await fetch(url + path, { headers: { accept: 'text/html', cookie }, redirect: 'manual' }));

const post = async (path: string, fields: Record<string, string>, cookie = office) =>
	answered(
		await fetch(url + path, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: url, accept: 'text/html', cookie },
			body: new URLSearchParams(fields),
		}),
	);

/** A form that must be taken; what it was answered is shown otherwise. */
async function done(path: string, fields: Record<string, string>, cookie = office): Promise<Answer> {
	const answer = await post(path, fields, cookie);
	expect(answer.status, `${path}: ${answer.text.slice(0, 600)}`).toBe(303);
	return answer;
}

const one = async <T extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
	(await database.sql<T>(text, values))[0]!;
const seatOf = (slug: string, number: number) =>
	one<{ id: string }>(
		`select s.id from council.seat s join council.council_body b on b.id = s.council_body_id
		where b.slug = $1 and s.number = $2 and s.until_date is null`,
		[slug, number],
	).then(({ id }) => id);
const membershipOf = (slug: string, family: string, kind = 'member') =>
	one<{ id: string }>(
		`select m.id from registry.membership m join council.council_body b on b.id = m.organisation_id
		join registry.person p on p.id = m.person_id where b.slug = $1 and p.family_name = $2 and m.kind = $3 order by m.id desc limit 1`,
		[slug, family, kind],
	).then(({ id }) => id);
const personOf = (family: string) =>
	one<{ id: string }>('select id from registry.person where family_name = $1 order by id limit 1', [family]).then(
		({ id }) => id,
	);
const csv = async (slug: string) => (await get(`/gremien/${slug}/mitglieder.csv`)).html;

const body = (more: Record<string, string>) => ({
	name: 'Probe',
	kind: 'council',
	preset: 'free-beirat',
	from: '2020-01-01',
	visibility: 'public',
	...more,
});

/** A body with its seats filled by invented people: "Eins Probe-x", "Zwei Probe-x" … */
async function filled(slug: string, more: Record<string, string>, seats: number): Promise<void> {
	await done('/gremien/anlegen?/anlegen', body({ slug, name: `Gremium ${slug}`, ...more }));
	const { from = '2020-01-01' } = more;
	await done(`/gremien/${slug}/sitze?/neu`, {
		kind: 'resident',
		count: String(seats),
		voting: 'on',
		substitutes: 'none',
		successors: 'rankedList',
		from,
	});
	for (let n = 1; n <= seats; n++)
		await done(`/gremien/${slug}/sitze?/berufen`, {
			seat: await seatOf(slug, n),
			name: `${'ABCDEFGHIJ'[n - 1]} ${slug}-${n}`,
			from,
		});
}

/** Names that the form of an election offers on a day. */
async function electable(slug: string, day: string): Promise<string[]> {
	const { html } = await get(`/gremien/${slug}/funktionen?tag=${day}`, office);
	const select = /<select[^>]*name="chair"[\s\S]*?<\/select>/.exec(html)?.[0] ?? '';
	return [...select.matchAll(/<option[^>]*value="[^"]+"[^>]*>([^<]*)</g)].map(([, name]) => name!.trim());
}

test('GRE-01: an administrator makes a council of 15 voting seats with a statute; it is in the public list and in OParl', async () => {
	const administrator = await app.signIn('administrator');
	const page = await get('/gremien/anlegen', administrator);
	expect(page.text).toContain('Gremium anlegen');
	const refused = await post('/gremien/anlegen?/anlegen', body({ name: '', statuteUrl: 'keine' }), administrator);
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('Alles, was Sie eingegeben haben, steht noch da.');
	expect(refused.text).toContain('Bitte geben Sie eine ganze Adresse an');
	const made = await done(
		'/gremien/anlegen?/anlegen',
		body({
			name: 'Beirat für Integration und Zusammenhalt Süderfeld',
			classification: 'Beirat',
			preset: 'st-beirat-2019',
			seats: 'on',
			from: '2019-11-27',
			advisory: 'on',
			statuteTitle: 'Satzung des Beirats vom 17. Oktober 2019',
			statuteUrl: 'https://suederfeld.example/satzung',
		}),
		administrator,
	);
	expect(made.to).toBe('/gremien/beirat-fuer-integration-und-zusammenhalt-suederfeld');
	const list = await get('/gremien');
	expect(list.text).toContain('Beirat für Integration und Zusammenhalt Süderfeld');
	expect(list.text).toContain('15 Sitze');
	const shown = await get(made.to);
	expect(shown.text).toContain('Satzung des Beirats vom 17. Oktober 2019');
	expect(shown.html).toContain('href="https://suederfeld.example/satzung"');
	const told = await toldToPrograms(
		app,
		'organization',
		({ name }) => name === 'Beirat für Integration und Zusammenhalt Süderfeld',
	);
	expect(told).toMatchObject({ classification: 'Beirat', organizationType: 'Gremium' });
	const again = await post('/gremien/anlegen?/anlegen', body({ slug: made.to.split('/').at(-1)! }), administrator);
	expect(again.status).toBe(422);
	expect(again.text).toContain('Diese Adresse ist vergeben.');
	for (const cookie of ['', await app.signIn('member')])
		expect((await post('/gremien/anlegen?/anlegen', body({}), cookie)).status).toBe(cookie ? 403 : 404);
});

test('GRE-02: seven groups have seven delegated seats, each with its group; an unfilled one is vacant', async () => {
	await done('/gremien/anlegen?/anlegen', body({ slug: 'sieben', name: 'Beirat der Sieben' }));
	const groups = await database.sql<{ id: string; name: string }>(
		`select id, short_name as name from registry.organisation where organisation_type = 'group' order by name`,
	);
	expect(groups).toHaveLength(7);
	for (const { id } of groups)
		await done('/gremien/sieben/sitze?/neu', {
			kind: 'delegated',
			count: '1',
			voting: 'on',
			organisation: id,
			from: '2020-01-01',
		});
	for (let n = 1; n <= 6; n++)
		await done('/gremien/sieben/sitze?/berufen', {
			seat: await seatOf('sieben', n),
			name: `Dele Gation-${n}`,
			from: '2020-01-01',
		});
	const { text } = await get('/gremien/sieben');
	for (const { name } of groups) expect(text).toContain(name);
	expect(text.match(/nicht besetzt/g)).toHaveLength(1);
	const twice = await post('/gremien/sieben/sitze?/berufen', {
		seat: await seatOf('sieben', 1),
		name: 'Zwei Tens',
		from: '2021-01-01',
	});
	expect([twice.status, twice.text.includes('Sitz 1 ist in dieser Zeit besetzt.')]).toEqual([422, true]);
});

test('GRE-05: when a resident’s seat is vacated the first successor is proposed, and votes only once confirmed', async () => {
	await filled('nachfolge', {}, 3);
	for (const name of ['Nach Folgeeins', 'Nach Folgezwei'])
		await done('/gremien/nachfolge/sitze?/weitere', { kind: 'successor', name, from: '2020-01-01' });
	await done('/gremien/nachfolge/sitze?/ausscheiden', {
		membership: await membershipOf('nachfolge', 'nachfolge-2'),
		reason: 'movedAway',
		on: '2024-05-01',
	});
	const page = await get('/gremien/nachfolge/sitze', office);
	expect(page.text).toContain('Nach Folgeeins könnte auf Sitz 2 nachrücken');
	expect(page.text).toContain('1. Mai 2024');
	expect(page.text).toContain('Eine Stimme gibt es erst mit der Bestätigung');
	const eligible = () => electable('nachfolge', '2024-06-01');
	expect(await eligible()).toEqual(['A nachfolge-1', 'C nachfolge-3']);
	// The first declines, which stays on record; the second is proposed and confirmed.
	const proposal = () => one<{ id: string }>(`select id from council.succession where state = 'proposed'`);
	await done('/gremien/nachfolge/sitze?/ablehnen', { id: (await proposal()).id });
	const second = await get('/gremien/nachfolge/sitze', office);
	expect(second.text).toContain('Nach Folgezwei könnte auf Sitz 2 nachrücken');
	expect(second.text).toContain('Nach Folgeeins hat am');
	const { id } = await proposal();
	await done('/gremien/nachfolge/sitze?/nachruecken', { id, on: '2024-05-15' });
	expect(await eligible()).toEqual(['A nachfolge-1', 'Nach Folgezwei', 'C nachfolge-3']);
	const again = await post('/gremien/nachfolge/sitze?/nachruecken', { id, on: '2024-05-15' });
	expect([again.status, again.text.includes('Darüber ist schon entschieden.')]).toEqual([422, true]);
	const rows = await csv('nachfolge');
	expect(rows).toMatch(/B nachfolge-2;.*2020-01-01;2024-05-01/);
	expect(rows).toMatch(/Nach Folgezwei[^\n]*2024-05-15/);
	const stored = await one<{ computed: { profileId: string; inputs: { rank: number } } }>(
		`select computed from council.membership_finding where occasion = 'succession'`,
	);
	expect(stored.computed.inputs).toEqual({ rank: 2, on: '2024-05-15' });
});

test('GRE-08: with the rule on, the elected chair is commissioner for the same time; with it off, not', async () => {
	await filled('doppelamt', { preset: 'st-beirat-2019' }, 3);
	const elect = async (n: number, on: string) =>
		done('/gremien/doppelamt/funktionen?/vorsitz', {
			chair: await personOf(`doppelamt-${n}`),
			deputy: await personOf(`doppelamt-3`),
			on,
		});
	const { title } = await one<{ title: string }>(`select title from registry.office where kind = 'commissioner'`);
	const holders = async () => (await get('/gremien/doppelamt/funktionen', office)).text;
	await elect(1, '2020-01-15');
	expect(await holders()).toMatch(new RegExp(`${title}.*A doppelamt-1 seit 15\\. Januar 2020`));
	// The chair is laid down: the office ends with it, the membership goes on, the deputy presides.
	await done('/gremien/doppelamt/funktionen?/niederlegen', {
		membership: await membershipOf('doppelamt', 'doppelamt-1'),
		post: 'chair',
		on: '2022-03-01',
	});
	expect(await holders()).toMatch(new RegExp(`${title}.*A doppelamt-1 15\\. Januar 2020 bis 1\\. März 2022`));
	expect(await csv('doppelamt')).toMatch(/A doppelamt-1;.*2020-01-01;\r?\n/);
	// From a day on the rule is off.
	const form = await get('/gremien/doppelamt/regeln', office);
	const { chairIsCommissioner, ...values } = valuesIn(form.html, '?/neu');
	expect(chairIsCommissioner).toBe('on');
	await done('/gremien/doppelamt/regeln?/neu', { ...values, name: 'Satzung 2024', from: '2024-12-05' });
	expect((await get('/gremien/doppelamt/regeln', office)).text).toContain(
		'Der Vorsitz ist zugleich Beauftragte oder Beauftragter: bisher ja, neu nein',
	);
	await elect(2, '2025-01-10');
	const [posts, offices] = (await holders()).split('Gewählten Vorsitz eintragen');
	expect(posts).toContain('B doppelamt-2 , Vorsitz seit 10. Januar 2025');
	expect(offices!.slice(offices!.indexOf('Funktionen'), offices!.indexOf('Funktion anlegen'))).not.toContain(
		'B doppelamt-2',
	);
});

/** What the form with this action would send, as a browser reads it from the page. */
function valuesIn(html: string, action: string): Record<string, string> {
	const form = new RegExp(`<form[^>]*action="${action.replace(/[?]/g, '\\?')}"[\\s\\S]*?</form>`).exec(html)![0];
	const values: Record<string, string> = {};
	for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
		const name = /name="([^"]*)"/.exec(tag)?.[1];
		if (!name || (/type="checkbox"/.test(tag) && !/checked/.test(tag))) continue;
		values[name] = /value="([^"]*)"/.exec(tag)?.[1] ?? '';
	}
	for (const [, name, inner] of form.matchAll(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
		values[name!] = /<option[^>]*value="([^"]*)"[^>]*selected/.exec(inner!)?.[1] ?? '';
	for (const [, name, inner] of form.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g))
		values[name!] = inner!;
	return values;
}

test('GRE-09~: a function reaches whoever holds it on the day', async () => {
	await done(
		'/gremien/anlegen?/anlegen',
		body({ slug: 'ag-wort', name: 'AG Wort', kind: 'workingGroup', preset: 'working-group' }),
	);
	await done('/gremien/ag-wort/funktionen?/neu', {
		title: 'Sprecherin der AG Wort',
		kind: 'speaker',
		name: 'Frieda Erstmals',
		from: '2020-01-01',
	});
	const office1 = await one<{ id: string }>(`select id from registry.office where title = 'Sprecherin der AG Wort'`);
	await done('/gremien/ag-wort/funktionen?/weitergeben', {
		office: office1.id,
		name: 'Gero Danach',
		from: '2023-06-01',
	});
	const { text } = await get('/gremien/ag-wort/funktionen', office);
	expect(text).toMatch(/Gero Danach seit 1\. Juni 2023.*Frieda Erstmals 1\. Januar 2020 bis 1\. Juni 2023/);
});

test('GRE-11: the election lists only persons with an active voting membership on its day', async () => {
	await filled('waehlbar', {}, 3);
	await done('/gremien/waehlbar/sitze?/weitere', { kind: 'advisory', name: 'Rat Geberin', from: '2020-01-01' });
	await done('/gremien/waehlbar/sitze?/weitere', { kind: 'successor', name: 'Spä Ter', from: '2020-01-01' });
	await done('/gremien/waehlbar/sitze?/ausscheiden', {
		membership: await membershipOf('waehlbar', 'waehlbar-3'),
		reason: 'resigned',
		on: '2023-01-01',
	});
	const listed = (day: string) => electable('waehlbar', day);
	expect(await listed('2022-12-31')).toEqual(['A waehlbar-1', 'B waehlbar-2', 'C waehlbar-3']);
	expect(await listed('2023-01-01')).toEqual(['A waehlbar-1', 'B waehlbar-2']);
	expect(await listed('2019-12-31')).toEqual([]);
	const refused = await post('/gremien/waehlbar/funktionen?/vorsitz', {
		chair: await personOf('Geberin'),
		on: '2023-02-01',
	});
	expect([refused.status, refused.text.includes('kann nicht gewählt werden')]).toEqual([422, true]);
});

test('GRE-12: the council’s term is copied, and a membership that ends later than the rule allows is warned of', async () => {
	await done(
		'/gremien/anlegen?/anlegen',
		body({
			slug: 'vorbild',
			name: 'Vorbild',
			termName: 'Wahlperiode 2019 bis 2024',
			councilFrom: '2019-07-01',
			councilUntil: '2024-07-01',
		}),
	);
	const { id } = await one<{ id: string }>(`select id from council.term where council_term_from = '2019-07-01'`);
	await filled('zweites', { from: '2019-11-27', copyTerm: id }, 2);
	const term = await get('/gremien/zweites/wahlperiode', office);
	expect(term.text).toContain('Wahlperiode 2019 bis 2024');
	expect(term.text).toContain('Wahlperiode des Rates: 1. Juli 2019 bis 1. Juli 2024');
	expect(term.text).not.toContain('länger eingetragen');
	await database.sql(`update registry.membership set until_date = '2031-01-01' where id = $1`, [
		await membershipOf('zweites', 'zweites-1'),
	]);
	const warned = await get('/gremien/zweites/wahlperiode', office);
	expect(warned.text).toContain(
		'A zweites-1: eingetragen bis 1. Januar 2031, die Wahlperiode des Rates endet am 1. Juli 2024.',
	);
});

test('GRE-13 GRE-14 GRE-20: old members stay until the constitution, the designated come with it, on one day, without a gap', async () => {
	await filled(
		'kontinuum',
		{ from: '2014-11-05', termName: 'Wahlperiode 2014', councilFrom: '2014-07-01', councilUntil: '2019-07-01' },
		3,
	);
	const rules = await get('/gremien/kontinuum/regeln', office);
	await done('/gremien/kontinuum/regeln?/neu', {
		...valuesIn(rules.html, '?/neu'),
		name: 'Satzung 2018',
		from: '2018-12-01',
		statuteTitle: 'Satzung vom 1. Dezember 2018',
		statuteUrl: 'https://elbstadt.example/satzung-2018',
		'citations.membership': '§ 3 Abs. 2 der Satzung',
	});
	await done('/gremien/kontinuum/funktionen?/vorsitz', { chair: await personOf('kontinuum-1'), on: '2014-11-05' });
	// The council is elected anew: a term is prepared, seats are kept, the new members designated.
	await done('/gremien/kontinuum/wahlperiode?/vorbereiten', {
		name: 'Wahlperiode 2019',
		electedOn: '2019-05-26',
		councilFrom: '2019-07-01',
		councilUntil: '2024-07-01',
		seats: 'keep',
	});
	const planned = await database.sql<{ id: string; number: number }>(
		`select t.id, t.number from council.term_seat t join council.term p on p.id = t.term_id where p.name = 'Wahlperiode 2019' order by number`,
	);
	expect(planned).toHaveLength(3);
	const names: Record<string, string>[] = [
		{ person: await personOf('kontinuum-1') },
		{ name: 'Neu Amtlich' },
		{ name: 'Neu Bestellt' },
	];
	for (const [index, { id }] of planned.entries())
		await done('/gremien/kontinuum/wahlperiode?/bestellen', {
			seat: id,
			appointedOn: '2019-10-17',
			...names[index]!,
		} as Record<string, string>);
	// A designated member reads along, knows what they are, and counts nowhere.
	const designated = await personOf('Bestellt');
	const cookie = await app.signInAs('bestellt@probe.example');
	await database.sql(
		`update registry.person set account_id = (select id from auth."user" where email = 'bestellt@probe.example') where id = $1`,
		[designated],
	);
	const own = await get('/gremien/kontinuum', cookie);
	expect(own.status).toBe(200);
	expect(own.text).toContain('Sie sind bestellt, aber noch nicht im Amt.');
	expect(own.text).toContain('Ihre Mitgliedschaft beginnt mit der Konstituierung');
	expect((await get('/gremien/kontinuum/funktionen?tag=2019-11-01', office)).html).not.toMatch(
		/<option[^>]*>Neu Bestellt<\/option>[\s\S]*name="deputy"/,
	);
	// Between election and constitution the old ones go on, and everybody can read why.
	await database.sql(
		`update registry.person set account_id = (select id from auth."user" where email = $2) where id = $1`,
		[await personOf('kontinuum-2'), await mailOf('alt@probe.example')],
	);
	const old = await app.signInAs('alt@probe.example');
	await done('/gremien/kontinuum/sitze?/ausscheiden', {
		membership: await membershipOf('kontinuum', 'kontinuum-2'),
		reason: 'mandateLost',
		on: '2019-07-01',
	});
	for (const reader of ['', old]) {
		const page = await get('/gremien/kontinuum', reader);
		expect(page.text).toContain(
			reader
				? 'Ihre Mitgliedschaft besteht fort, bis sich das neue Gremium konstituiert.'
				: 'Die Mitgliedschaften bestehen fort, bis sich das neue Gremium konstituiert.',
		);
		expect(page.text).toContain('§ 3 Abs. 2 der Satzung');
		expect(page.html).toContain('href="https://elbstadt.example/satzung-2018"');
		expect(page.text).toContain('besteht fort bis zur Konstituierung');
	}
	const { id: termId } = await one<{ id: string }>(`select id from council.term where name = 'Wahlperiode 2019'`);
	expect((await post('/gremien/kontinuum/wahlperiode?/konstituieren', { id: termId, on: '2019-11-27' })).status).toBe(
		422,
	);
	await done('/gremien/kontinuum/wahlperiode?/konstituieren', { id: termId, on: '2019-11-27', sure: 'on' });
	const twice = await post('/gremien/kontinuum/wahlperiode?/konstituieren', {
		id: termId,
		on: '2019-11-27',
		sure: 'on',
	});
	expect([twice.status, twice.text.includes('Das ist schon geschehen')]).toEqual([422, true]);
	const rows = (await csv('kontinuum')).trim().split(/\r?\n/).slice(1);
	expect(rows.filter((row) => /2014-11-05.*2019-11-27/.test(row))).toHaveLength(3);
	expect(rows.filter((row) => row.endsWith(';2019-11-27;'))).toHaveLength(3);
	const voters = async (day: string) => (await get(`/gremien/kontinuum/funktionen?tag=${day}`, office)).text;
	expect(await voters('2019-11-26')).toContain('3 Mitglieder haben eine Stimme');
	expect(await voters('2019-11-27')).toContain('3 Mitglieder haben eine Stimme');
	expect(await voters('2019-11-27')).toContain('A kontinuum-1 , Vorsitz 5. November 2014 bis 27. November 2019');
	expect((await get('/gremien/kontinuum', old)).text).not.toContain('Ihre Mitgliedschaft besteht fort');
});

async function mailOf(address: string): Promise<string> {
	await app.signInAs(address);
	return address;
}

test('GRE-22: a day of 2018 is judged under the old statute, one of 2020 under the new one', async () => {
	await filled('fassungen', { from: '2015-01-01', statuteTitle: 'Satzung 2015' }, 5);
	const { html } = await get('/gremien/fassungen/regeln', office);
	const values = valuesIn(html, '?/neu');
	const later = {
		...values,
		name: 'Satzung 2019',
		from: '2019-11-27',
		'quorum.rule': 'third',
		statuteTitle: 'Satzung 2019',
	};
	const seen = await post('/gremien/fassungen/regeln?/neu&ansehen', later);
	expect(seen.text).toContain('Anwesend sein müssen: bisher mehr als die Hälfte, neu mindestens ein Drittel');
	expect(seen.text).toContain('Noch ist nichts gespeichert.');
	const wrong = await post('/gremien/fassungen/regeln?/neu', { ...later, 'notice.days': 'bald' });
	expect([wrong.status, wrong.text.includes('Bitte geben Sie eine ganze Zahl an.')]).toEqual([422, true]);
	expect(wrong.html).toContain('value="bald"');
	await done('/gremien/fassungen/regeln?/neu', later);
	const page = await get('/gremien/fassungen/regeln', office);
	expect(page.text).toContain('1. Januar 2015 bis 27. November 2019');
	expect(page.text).toContain('in Kraft seit 27. November 2019');
	const again = await post('/gremien/fassungen/regeln?/neu', { ...later, from: '2019-01-01' });
	expect(again.status).toBe(422);
	// Sessions of both days, as records of them are taken over, each keep the statute of their day.
	await sessionOn('fassungen', '2018-05-16');
	await sessionOn('fassungen', '2020-05-13');
	const quorum = async (day: string) => (await get(`/sitzungen/${day}`)).text;
	expect(await quorum('2018-05-16')).toContain('Mehr als die Hälfte von 5, also mindestens 3');
	expect(await quorum('2020-05-13')).toContain('Mindestens ein Drittel von 5, also 2');
});

/** A record of an old session, as the review of a document takes it over. */
async function sessionOn(slug: string, day: string, present = 2): Promise<void> {
	const { contextFor, endRequest } = await import('../../../src/kernel/request.ts');
	const { OPERATOR } = await import('../../../src/kernel/access/actor.ts');
	const { allTowns } = await import('../../../src/kernel/towns.ts');
	const { write } = await import('../../../src/kernel/write.ts');
	const { newId } = await import('../../../src/kernel/ids.ts');
	const { stateQuorum } = await import('../../../src/modules/(council)/commands/quorum.server.ts');
	const [town] = await allTowns();
	const ctx = contextFor(town!, OPERATOR);
	try {
		await write(ctx, async (tx) => {
			const { id: council_body_id } = await tx.db
				.selectFrom('council.council_body')
				.select('id')
				.where('slug', '=', slug)
				.executeTakeFirstOrThrow();
			const id = newId();
			const date = Temporal.PlainDate.from(day);
			await tx.db
				.insertInto('council.meeting')
				.values({ id, council_body_id, slug: day, date, state: 'takenOver', published: true })
				.execute();
			await stateQuorum(tx, id, { present });
			tx.touch('council.meeting', id, { act: 'created' });
		});
	} finally {
		await endRequest(ctx);
	}
}

/** Plans a session with what the form proposes. @returns its address */
async function convene(slug: string, day: string): Promise<string> {
	const { html } = await get(`/sitzungen/neu?gremium=${slug}&tag=${day}`, office);
	return (await done('/sitzungen/neu', postForm(html))).to;
}

/** The one form of a page that writes, as it would be sent. */
const postForm = (html: string) => {
	const main = /<main[\s\S]*<\/main>/.exec(html)![0];
	const form = [...main.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/g)]
		.map(([one]) => one)
		.find((one) => !one.includes('/konto/'));
	return valuesIn(form!.replace(/<form[^>]*>/, '<form action="?/x">'), '?/x');
};

test('GRE-24 GRE-33: a working group has its own members; its page shows whose places they are', async () => {
	await done(
		'/gremien/anlegen?/anlegen',
		body({
			slug: 'ag-stadt',
			name: 'Arbeitsgruppe Integration der Stadt',
			kind: 'workingGroup',
			preset: 'working-group',
			parent: (await one<{ id: string }>(`select id from council.council_body where slug = 'beirat'`)).id,
		}),
	);
	for (const [side, count] of [
		['council', '2'],
		['civilSociety', '1'],
		['administration', '1'],
	] as const)
		await done('/gremien/ag-stadt/sitze?/neu', { kind: 'organisation', count, voting: 'on', side, from: '2024-01-01' });
	for (const [number, name] of [
		[1, 'Ratgeb Erin'],
		[3, 'Demo Organisatorin'],
		[4, 'Amt Vertretung'],
	] as const)
		await done('/gremien/ag-stadt/sitze?/berufen', {
			seat: await seatOf('ag-stadt', number),
			name,
			from: '2024-01-01',
		});
	const { text } = await get('/gremien/ag-stadt');
	expect(text).toContain('Eingesetzt von Beirat für Integration und Migration');
	expect(text).toMatch(
		/Beirat Ratgeb Erin.*Ein Platz ist frei\. Zivilgesellschaft Demo Organisatorin Verwaltung Amt Vertretung/,
	);
	// Its sessions are nobody's but theirs; switched on by its rules, they are announced.
	const closed = await convene('ag-stadt', '2031-03-05');
	expect((await get(closed, office)).status).toBe(200);
	expect((await get(closed)).status).toBe(404);
	const rules = valuesIn((await get('/gremien/ag-stadt/regeln', office)).html, '?/neu');
	await done('/gremien/ag-stadt/regeln?/neu', {
		...rules,
		name: 'Öffentlich',
		from: '2031-04-01',
		publicness: 'public',
	});
	const open = await get('/sitzungen/neu?gremium=ag-stadt&tag=2031-05-07', office);
	expect(postForm(open.html)).toMatchObject({ public: 'on' });
});

test('GRE-25: the board of a round table is known to its members only and announces nothing', async () => {
	await filled('vorstand-rt', { kind: 'board', preset: 'round-table', visibility: 'members' }, 2);
	expect((await get('/gremien/vorstand-rt')).status).toBe(404);
	expect((await get('/gremien')).text).not.toContain('vorstand-rt');
	expect((await get('/gremien/vorstand-rt', office)).status).toBe(200);
	const { html } = await get('/gremien/vorstand-rt/regeln', office);
	expect(valuesIn(html, '?/neu')).toMatchObject({ publicness: 'closed', 'notice.days': '0' });
	const meeting = await convene('vorstand-rt', '2031-02-05');
	expect((await get(meeting, office)).status).toBe(200);
	for (const path of [meeting, `${meeting}.ics`, `${meeting}/tagesordnung.pdf`])
		expect((await get(path)).status).toBe(404);
	expect((await get('/sitzungen')).text).not.toContain('Gremium vorstand-rt');
	expect((await get('/sitzungen.json')).html).not.toContain('vorstand-rt');
});

test('GRE-32: a temporary group can’t be saved without purpose and planned end, and closes with a final report', async () => {
	const group = {
		slug: 'ag-konflikte',
		name: 'Zeitweilige AG',
		kind: 'workingGroup',
		preset: 'working-group',
		temporary: 'on',
		purpose: '',
	};
	const without = await post('/gremien/anlegen?/anlegen', body(group));
	expect([without.status, without.text.includes('braucht einen Zweck')]).toEqual([422, true]);
	const purpose = { purpose: 'Die Konflikte am Nordmarkt aufarbeiten.' };
	const endless = await post('/gremien/anlegen?/anlegen', body({ ...group, ...purpose }));
	expect([endless.status, endless.text.includes('braucht diesen Tag')]).toEqual([422, true]);
	expect(endless.html).toContain('Die Konflikte am Nordmarkt aufarbeiten.');
	await done(
		'/gremien/anlegen?/anlegen',
		body({ ...group, ...purpose, plannedEnd: '2031-06-30', reportDue: '2031-05-31' }),
	);
	expect((await get('/gremien/ag-konflikte')).text).toContain(
		'Arbeitet bis 30. Juni 2031, berichtet bis 31. Mai 2031.',
	);
	const close = '/gremien/ag-konflikte/bearbeiten?/abschliessen';
	expect((await post(close, { on: '2026-01-31', report: '' })).status).toBe(422);
	await done(close, { on: '2026-01-31', report: 'Der Nordmarkt hat wieder einen Markttag.' });
	const closed = await get('/gremien/ag-konflikte');
	expect(closed.text).toContain('Abgeschlossen am 31. Januar 2026');
	expect(closed.text).toContain('Der Nordmarkt hat wieder einen Markttag.');
});

test('GRE-28 GRE-34: a delegate’s departure opens a vacancy and asks the group, in a letter signed as the body says', async () => {
	await done('/fraktionen?/neu', { name: 'Fraktion Hafenkante', shortName: 'Hafenkante', from: '2020-01-01' });
	const { id: group } = await one<{ id: string }>(
		`select id from registry.organisation where short_name = 'Hafenkante'`,
	);
	await done('/fraktionen?/kontakt', { id: group, name: 'Heide Kantor', email: 'hafenkante@rat.example' });
	await done(
		'/gremien/anlegen?/anlegen',
		body({ slug: 'brief', name: 'Beirat mit Brief', officeLabel: 'Koordinierungsstelle Ankommen' }),
	);
	await done('/gremien/brief/sitze?/neu', {
		kind: 'delegated',
		count: '1',
		voting: 'on',
		organisation: group,
		from: '2020-01-01',
	});
	await done('/gremien/brief/sitze?/berufen', {
		seat: await seatOf('brief', 1),
		name: 'Ente Sandt',
		from: '2020-01-01',
	});
	await done('/gremien/brief/sitze?/ausscheiden', {
		membership: await membershipOf('brief', 'Sandt'),
		reason: 'mandateLost',
		on: '2023-04-01',
	});
	const page = await get('/gremien/brief/sitze', office);
	expect(page.text).toContain('frei seit 1. April 2023');
	expect(page.text).toContain('Fraktion Hafenkante wurde am');
	expect((await get('/gremien/brief')).text).not.toContain('Mandat');
	const mail = await one<{ subject: string; text: string; to_address: string }>(
		`select subject, text, to_address from kernel.mail where to_address = 'hafenkante@rat.example'`,
	);
	expect(mail.subject).toBe('Neue Entsendung erbeten: Beirat mit Brief');
	expect(mail.text).toContain('Ihr Sitz 1 im Gremium „Beirat mit Brief“ ist ab dem 1. April 2023 frei.');
	expect(mail.text).toContain('Koordinierungsstelle Ankommen');
	expect((await get('/tisch', office)).text).toContain('Beirat mit Brief: Sitz 1 ist frei');
	// Entered by mistake: everything is as it was.
	const { id } = await one<{ id: string }>(
		`select d.id from council.departure d join council.council_body b on b.id = d.council_body_id where b.slug = 'brief'`,
	);
	await done('/gremien/brief/sitze?/zuruecknehmen', { id });
	expect((await get('/gremien/brief')).text).toContain('Ente Sandt');
	expect((await get('/gremien/brief/funktionen?tag=2023-05-01', office)).text).toContain(
		'Ein Mitglied hat eine Stimme',
	);
});

test('groups are renamed, merged, split; names keep their time and seats follow a resolution only', async () => {
	for (const name of ['Fraktion Erle', 'Fraktion Buche'])
		await done('/fraktionen?/neu', { name, shortName: name.slice(9), from: '2019-07-01' });
	const id = async (short: string) =>
		(await one<{ id: string }>(`select id from registry.organisation where short_name = $1`, [short])).id;
	const erle = await id('Erle');
	await done('/gremien/anlegen?/anlegen', body({ slug: 'wald', name: 'Waldbeirat' }));
	const seat = { kind: 'delegated', voting: 'on', substitutes: 'anyOfGroup', successors: 'none' };
	await done('/gremien/wald/sitze?/neu', { ...seat, count: '1', organisation: erle, from: '2020-01-01' });
	await done('/fraktionen?/umbenennen', {
		id: erle,
		name: 'Fraktion Erle und Esche',
		shortName: 'Erle-Esche',
		on: '2021-03-01',
	});
	await done('/fraktionen?/teilen', { id: erle, name: 'Fraktion Esche allein', shortName: 'Esche', on: '2022-01-01' });
	await done('/fraktionen?/vereinen', { id: erle, into: await id('Buche'), on: '2023-01-01' });
	const { text } = await get('/fraktionen', office);
	expect(text).toContain('bis 1. März 2021: Fraktion Erle');
	expect(text).toContain('hervorgegangen am 1. Januar 2022 aus Fraktion Erle und Esche');
	expect(text).toContain('aufgegangen am 1. Januar 2023 in Fraktion Buche');
	expect(text).toContain('Sitze: Waldbeirat 1');
	const move = { ...seat, seat: await seatOf('wald', 1), organisation: await id('Buche'), from: '2023-02-01' };
	const without = await post('/gremien/wald/sitze?/aendern&sitz=1', move);
	expect([without.status, without.text.includes('Bitte nennen Sie den Beschluss des Rates')]).toEqual([422, true]);
	await done('/gremien/wald/sitze?/aendern&sitz=1', { ...move, resolution: 'Beschluss 012-2023' });
	expect((await get('/gremien/wald')).text).toContain('Buche');
	expect((await post('/fraktionen?/umbenennen', { id: erle, name: 'X', on: '2024-01-01' })).status).toBe(422);
});
