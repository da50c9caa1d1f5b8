import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inLanguage } from '#kernel/i18n/current.ts';
import { calendarOf } from './calendar.server.ts';
import { demonstrationTown, OPERATOR, VISITOR } from './demo/town.fixture.ts';
import { feedEntries, type FeedEntry } from './queries/feed.server.ts';

/** A reader of our own: unfolds, splits, unescapes; nothing of it is shared with what writes. */
interface Part {
	name: string;
	lines: Map<string, { params: string; value: string }>;
	parts: Part[];
}

function parse(file: string): Part {
	expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
	const root: Part = { name: '', lines: new Map(), parts: [] };
	const open = [root];
	for (const line of file
		.replace(/\r\n[ \t]/g, '')
		.split('\r\n')
		.filter(Boolean)) {
		const [, key = '', params = '', value = ''] = /^([A-Z-]+)((?:;[^:]*)?):(.*)$/su.exec(line) ?? [];
		expect(key, line).not.toBe('');
		if (key === 'BEGIN') {
			const part: Part = { name: value, lines: new Map(), parts: [] };
			open.at(-1)!.parts.push(part);
			open.push(part);
		} else if (key === 'END') expect(open.pop()!.name).toBe(value);
		else {
			expect(open.at(-1)!.parts, `${key} stands after a part`).toEqual([]);
			open.at(-1)!.lines.set(key, { params, value });
		}
	}
	expect(open).toHaveLength(1);
	return root.parts[0]!;
}

function unescape(text: string | undefined): string {
	return (text ?? '').replace(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));
}

const OPTIONS = { name: 'Sitzungen', origin: 'https://beirat.elbstadt.example', timeZone: 'Europe/Berlin' };
const entry: FeedEntry = {
	id: '0198c0de-0000-7000-8000-000000000001',
	slug: '2026-10-28',
	number: 7,
	kind: 'regular',
	public: true,
	cancelled: false,
	cancelNote: '',
	date: '2026-10-28',
	startsAt: '2026-10-28T16:00:00+00:00',
	endsAt: '2026-10-28T18:00:00+00:00',
	place: 'Altes Rathaus, Ratssaal',
	bodyName: 'Beirat',
	accessibility: 'Aufzug; Hörschleife',
	languageHelp: 'Arabisch',
	revision: 2,
	createdAt: '2026-10-01T08:00:00+00:00',
	modifiedAt: '2026-10-20T09:30:00+00:00',
	topics: ['Wohnen, Arbeit'],
};

const event = (file: string) => parse(file).parts.find(({ name }) => name === 'VEVENT')!;
const value = (part: Part, key: string) => part.lines.get(key)?.value;

test('a session carries times of its town, place, accessibility and a way back to its page', () => {
	const file = calendarOf([entry], OPTIONS);
	const found = event(file);
	expect(value(found, 'UID')).toBe(entry.id);
	expect(value(found, 'SEQUENCE')).toBe('2');
	expect(value(found, 'LAST-MODIFIED')).toBe('20261020T093000Z');
	expect(found.lines.get('DTSTART')).toEqual({ params: ';TZID=Europe/Berlin', value: '20261028T170000' });
	expect(found.lines.get('DTEND')).toEqual({ params: ';TZID=Europe/Berlin', value: '20261028T190000' });
	expect(unescape(value(found, 'SUMMARY'))).toBe('7. öffentliche Sitzung, Beirat');
	expect(unescape(value(found, 'LOCATION'))).toBe('Altes Rathaus, Ratssaal');
	expect(unescape(value(found, 'DESCRIPTION'))).toContain('Aufzug; Hörschleife');
	expect(unescape(value(found, 'DESCRIPTION'))).toContain('– Wohnen, Arbeit');
	expect(value(found, 'URL')).toBe('https://beirat.elbstadt.example/sitzungen/2026-10-28');
	const zone = parse(file).parts.find(({ name }) => name === 'VTIMEZONE')!;
	expect(value(zone, 'TZID')).toBe('Europe/Berlin');
	expect(zone.parts.map(({ name }) => name).sort()).toEqual(['DAYLIGHT', 'STANDARD']);
});

test('summer time: an evening in July keeps its hour', () => {
	const summer = { ...entry, date: '2026-07-08', startsAt: '2026-07-08T15:00:00+00:00', endsAt: null };
	const found = event(calendarOf([summer], OPTIONS));
	expect(value(found, 'DTSTART')).toBe('20260708T170000');
	expect(found.lines.has('DTEND')).toBe(false);
});

test('without a time it is a day; cancelled ones stay and say so', () => {
	const day = event(calendarOf([{ ...entry, startsAt: null, endsAt: null }], OPTIONS));
	expect(day.lines.get('DTSTART')).toEqual({ params: ';VALUE=DATE', value: '20261028' });
	const off = event(calendarOf([{ ...entry, cancelled: true, cancelNote: 'Die Vorsitzende ist erkrankt.' }], OPTIONS));
	expect(value(off, 'STATUS')).toBe('CANCELLED');
	expect(unescape(value(off, 'SUMMARY'))).toContain('fällt aus');
});

test('the address of the page speaks the reader’s language', () => {
	const found = inLanguage('ar', () => event(calendarOf([entry], OPTIONS)));
	expect(value(found, 'URL')).toBe('https://beirat.elbstadt.example/ar/sitzungen/2026-10-28');
});

test('any words come back as they were, in lines of at most 75 bytes', () => {
	// Control characters other than line breaks have no place in iCalendar, nor have lone surrogates.
	const words = fc
		.string({ unit: 'grapheme', maxLength: 120 })
		.map((text) => text.replace(/[\p{Cc}\u2028\u2029]/gu, ' '));
	fc.assert(
		fc.property(words, words, (place, note) => {
			const found = event(
				calendarOf([{ ...entry, place, accessibility: note, name: place } as FeedEntry], { ...OPTIONS, name: note }),
			);
			expect(unescape(value(found, 'LOCATION'))).toBe(place.replace(/\s+/g, ' ').trim());
			if (note) expect(unescape(value(found, 'DESCRIPTION'))).toContain(note);
		}),
		{ numRuns: 300 },
	);
});

describe('the demonstration town’s feed', async () => {
	const demo = await demonstrationTown();
	const feed = (filter: Parameters<typeof feedEntries>[1] = {}) => demo.as(VISITOR, (ctx) => feedEntries(ctx, filter));

	test('has every public session once; a body’s filter keeps only its own', async () => {
		const all = await feed();
		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		expect(all.length).toBeGreaterThanOrEqual(8);
		expect(await feed({ body: 'beirat' })).toEqual(all);
		expect(await feed({ body: 'runder-tisch' })).toEqual([]);
		await expect(feed({ body: 'gibt-es-nicht' })).rejects.toThrow('council body');
	});

	test('a changed session keeps its UID and counts up', async () => {
		const [before] = await feed();
		const { write } = await import('#kernel/write.ts');
		await demo.as(OPERATOR, (ctx) =>
			write(ctx, async (tx) => {
				await tx.db.updateTable('council.meeting').set({ place_text: 'Aula' }).where('id', '=', before!.id).execute();
				tx.touch('council.meeting', before!.id, { act: 'changed' });
			}),
		);
		const [after] = await feed();
		expect(after).toMatchObject({ id: before!.id, place: 'Aula', revision: before!.revision + 1 });
		expect(
			Temporal.Instant.compare(Temporal.Instant.from(after!.modifiedAt), Temporal.Instant.from(before!.modifiedAt)),
		).toBe(1);
	});
});
