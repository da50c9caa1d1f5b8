import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';
import { clerkOf } from './room-support.ts';

/** Every stored result says on the page of everybody why it is what it is: inputs, outcome, profile, sources. */
const app = await startApp({ demonstration: true, workers: 0 });
const { office, rows, council, session, visitor, begin, motion, vote } = await clerkOf(app);
const post = (path: string, fields: Record<string, string>) =>
	fetch(app.url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: app.url, accept: 'text/html', cookie: office },
		body: new URLSearchParams(fields),
	});
/** The words of the details that explain what `caption` names. */
function explained(html: string, caption: string): string {
	const details = [...html.matchAll(/<details class="more"[\s\S]*?<\/details>/g)].map(([one]) => one);
	const found = details.find((one) => one.includes(`(${caption})`));
	return (found ?? '')
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}
const [profile] = await rows<{ name: string; citations: { rule: string; text: string }[] }>(
	'select name, citations from council.rule_profile where council_body_id = $1 and until_date is null',
	[council.id],
);
const source = (rule: string) => profile!.citations.find((one) => one.rule === rule)!.text;

test('quorum and majority explain themselves to everybody: figures, rule, profile and source', async () => {
	const made = await session(['Eröffnung', 'Sprachkurse']);
	await begin(made, 9);
	const id = await motion(made, made.items[1]!, 'Der Beirat empfiehlt zehn Sprachkurse.');
	expect((await vote(made, id, { yes: 4, no: 4, abstain: 1 })).status).toBe(303);
	const { html } = await visitor(made);
	const quorum = explained(html, 'Rechnung zur Beschlussfähigkeit');
	expect(quorum).toMatch(/^Warum\?/);
	expect(quorum).toContain('Mehr als die Hälfte von 15, also mindestens 8');
	expect(quorum).toContain('Anwesend, nötig 8 9');
	expect(quorum).toContain(profile!.name);
	expect(quorum).toContain(source('quorum'));
	const majority = explained(html, 'Rechnung zur Mehrheit');
	expect(majority).toContain('Anwesend mit Stimme 9');
	expect(majority).toContain('Ja 4 Nein 4 Enthaltungen 1');
	expect(majority).toContain('Regel Mehr Ja als Nein Nötige Ja-Stimmen 5');
	expect(majority).toContain('Gleich viele Ja und Nein: Damit ist der Antrag abgelehnt.');
	expect(majority).toContain(profile!.name);
	// In the reader's language, the sources stay German and say so.
	const arabic = (await plainPage(app, `/ar/sitzungen/${made.slug}`)).html;
	expect(explained(arabic, 'حساب الأغلبية')).toContain('نعم أكثر من لا');
	expect(arabic).toContain(`<bdi lang="de">${profile!.name}</bdi>`);
});

test('the notice period explains itself; the reason of short notice stays inside', async () => {
	const day = Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 3 });
	const date = day.toString();
	const created = await post(`/sitzungen/neu?gremium=beirat&tag=${date}`, {
		id: crypto.randomUUID(),
		body: 'beirat',
		public: 'on',
		date,
		start: '17:00',
		end: '19:00',
	});
	const slug = /\/sitzungen\/([^/]+)\//.exec(created.headers.get('location')!)![1]!;
	expect((await post(`/sitzungen/${slug}/einladung?/senden`, { grund: 'Die Unterkunft schließt.' })).status).toBe(303);
	const { html, text } = await plainPage(app, `/sitzungen/${slug}`);
	expect(text).toContain('Kurzfristig eingeladen, weil die Sache eilte');
	const notice = explained(html, 'Rechnung zur Ladungsfrist');
	const [rule] = await rows<{ days: number; counting: string }>(
		`select (notice #>> '{inputs,days}')::int as days, notice #>> '{inputs,counting}' as counting from council.meeting where slug = $1`,
		[slug],
	);
	const last = day.subtract({ days: rule!.days + (rule!.counting === 'fullDaysBetween' ? 1 : 0) });
	const words = (one: Temporal.PlainDate) =>
		one.toLocaleString('de', { day: 'numeric', month: 'long', year: 'numeric' });
	expect(notice).toContain(`Tag der Sitzung ${words(day)} Frist in Tagen ${rule!.days}`);
	expect(notice).toContain(`Letzter Tag für die Einladung ${words(last)}`);
	expect(notice).toContain(`Einladung abgeschickt ${words(Temporal.Now.plainDateISO('Europe/Berlin'))}`);
	expect(notice).toContain(profile!.name);
	expect(html).not.toContain('Die Unterkunft schließt.');
	expect((await plainPage(app, `/sitzungen/${slug}/einladung`, office)).html).toContain('Rechnung zur Ladungsfrist');
});

test('memberships explain on what they rest: to everybody in the continuation, to the office for each departure', async () => {
	const [term] = await rows<{ id: string; name: string }>(
		`select id, name from council.term where council_body_id = $1 and from_date is not null order by from_date desc limit 1`,
		[council.id],
	);
	// The demonstration's council has sat since the November before the last: the town council's time ended meanwhile.
	const { year } = Temporal.Now.plainDateISO('Europe/Berlin').subtract({ years: 1 });
	await post('/gremien/beirat/wahlperiode?/angaben', {
		id: term!.id,
		name: term!.name,
		electedOn: `${year - 1}-06-09`,
		councilFrom: `${year - 1}-07-01`,
		councilUntil: `${year}-07-01`,
	});
	const page = await plainPage(app, '/gremien/beirat');
	expect(page.text).toContain('Die Mitgliedschaften bestehen fort');
	const why = explained(page.html, 'Grundlage der Mitgliedschaft');
	expect(why).toContain(`Wahlzeit des Rates bis 1. Juli ${year}`);
	expect(why).toContain(profile!.name);
	const [member] = await rows<{ id: string }>(
		`select m.id from registry.membership m join council.seat_filling f on f.membership_id = m.id join council.seat s on s.id = f.seat_id
		 where s.council_body_id = $1 and s.kind = 'delegated' and f.until_date is null order by s.number limit 1`,
		[council.id],
	);
	const left = await post('/gremien/beirat/sitze?/ausscheiden', {
		membership: member!.id,
		reason: 'mandateLost',
		on: `${year}-07-01`,
	});
	expect(left.status).toBe(303);
	const seats = await plainPage(app, '/gremien/beirat/sitze', office);
	const departure = explained(seats.html, 'Grundlage der Mitgliedschaft');
	expect(departure).toContain(`Geprüft für den 1. Juli ${year}`);
	expect(departure).toContain(profile!.name);
});
