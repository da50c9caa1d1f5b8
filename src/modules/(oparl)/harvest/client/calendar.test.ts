import { describe, expect, test } from 'vitest';
import { Findings } from '../reading/findings.ts';
import { readObject } from '../reading/read.ts';
import { calendarSource } from './calendar.server.ts';

const zone = 'Europe/Berlin';

async function meetings(text: string, address: string) {
	const { source, kind } = calendarSource(new TextEncoder().encode(text), address, zone);
	const findings = new Findings();
	const { bodies } = await source.system(findings);
	const told: unknown[] = [];
	for await (const { entries } of source.pages(
		bodies[0]!,
		'Meeting',
		{ since: null, from: null, known: () => Promise.resolve(null) },
		findings,
	))
		told.push(
			...entries!.map(
				(one) => readObject(one, 'Meeting', { base: source.base, findings, timeZone: zone }).objects[0]!.said,
			),
		);
	return { kind, told, organisations: bodies[0]!.lists.Organization as { name: string }[], findings: findings.list() };
}

const CALENDAR = `BEGIN:VCALENDAR
X-WR-CALNAME:Sitzungen Seltenau
BEGIN:VEVENT
UID:Sitzung-17
DTSTART;TZID=Europe/Berlin:20270311T170000
DTEND;TZID=Europe/Berlin:20270312T000000
SUMMARY;LANGUAGE=de:Öffentliche 4. Sitzung des Beirats für
  Zusammenleben
LOCATION:Rathaus\\, Saal 2

URL:https://ris.seltenau.example/si?id=17
END:VEVENT
BEGIN:VEVENT
UID:Sitzung-18
DTSTART:20270701T150000Z
DTEND:20270701T170000Z
STATUS:CANCELLED
SUMMARY:Rat
END:VEVENT
BEGIN:VEVENT
UID:Sitzung-19
DTSTART;VALUE=DATE:20270702
SUMMARY:Rat
END:VEVENT
END:VCALENDAR
`.replaceAll('\n', '\r\n');

describe('sessions in a calendar', () => {
	test('folded lines, blank ones, zones, a midnight that is no end, cancelled and all-day ones', async () => {
		const { kind, told, organisations, findings } = await meetings(CALENDAR, 'seltenau.ics');
		expect(kind).toBe('calendar');
		expect(told).toMatchObject([
			{ start: '2027-03-11T16:00:00Z', end: null, place: 'Rathaus, Saal 2', cancelled: false },
			{ start: '2027-07-01T15:00:00Z', end: '2027-07-01T17:00:00Z', cancelled: true, name: 'Rat' },
			{ start: null, day: '2027-07-02' },
		]);
		expect(organisations.map(({ name }) => name)).toEqual(['Beirat für Zusammenleben', 'Rat']);
		expect(findings).toEqual([]);
	});

	test('a feed tells the day in its words', async () => {
		const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Seltenau</title>
			<item><title>Rat am 11.03.2027, 17:00 Uhr</title><link>https://ris.seltenau.example/si?id=17</link><guid>17</guid></item>
			<item><title>Neue Vorlage</title><guid>18</guid></item></channel></rss>`;
		const { kind, told, organisations } = await meetings(feed, 'https://ris.seltenau.example/neu.rss');
		expect(kind).toBe('feed');
		expect(told).toMatchObject([
			{ start: '2027-03-11T16:00:00Z', name: 'Rat' },
			{ start: null, day: null },
		]);
		expect(organisations.map(({ name }) => name)).toEqual(['Rat']);
	});

	test('Atom as well; anything else is one sentence', async () => {
		const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>a</id><title>Rat, 1.4.2027</title>
			<link href="https://ris.seltenau.example/1"/></entry></feed>`;
		expect((await meetings(feed, 'https://ris.seltenau.example/neu.atom')).told).toMatchObject([{ day: '2027-04-01' }]);
		await expect(meetings('<html></html>', 'x.rss')).rejects.toThrow(/weder ein Kalender/);
	});
});
