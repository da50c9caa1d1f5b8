import { expect, test } from 'vitest';
import { calendarFeed, calendarMessage, eventUid, sequenceOf, type IcsEvent } from './ics.ts';

const event: IcsEvent = {
	uid: eventUid('4711', 'town'),
	title: 'Sitzung des Beirats, öffentlich',
	start: Temporal.ZonedDateTime.from('2026-10-28T17:00[Europe/Berlin]'),
	end: Temporal.ZonedDateTime.from('2026-10-28T18:00+00:00[UTC]'),
	place: 'Rathaus; Saal 1',
	modifiedAt: Temporal.Instant.from('2026-09-01T10:00:00Z'),
	organizer: { name: 'Geschäftsstelle', email: 'amt@example.org' },
	attendees: [{ name: 'Kim', email: 'kim@example.org' }],
};
/** Unfolded lines (RFC 5545, 3.1). */
const lines = (text: string) => text.replace(/\r\n[ \t]/g, '').split('\r\n');

test('an invitation has its time in the zone of the town, with the zone explained', () => {
	const text = lines(calendarMessage('REQUEST', event, 'Europe/Berlin'));
	expect(text).toEqual(
		expect.arrayContaining([
			'METHOD:REQUEST',
			'BEGIN:VTIMEZONE',
			'TZID:Europe/Berlin',
			'UID:4711@town.mitrat',
			'DTSTART;TZID=Europe/Berlin:20261028T170000',
			'DTEND;TZID=Europe/Berlin:20261028T190000',
			'SUMMARY:Sitzung des Beirats\\, öffentlich',
			'LOCATION:Rathaus\\; Saal 1',
			'DTSTAMP:20260901T100000Z',
			'LAST-MODIFIED:20260901T100000Z',
			'STATUS:CONFIRMED',
		]),
	);
	expect(text.filter((line) => line.startsWith('TIMEZONE-ID'))).toEqual([]);
});

test('an update keeps the uid and counts up; a cancellation takes it back', () => {
	const later = { ...event, modifiedAt: event.modifiedAt.add({ seconds: 1 }) };
	expect(sequenceOf(later.modifiedAt)).toBe(sequenceOf(event.modifiedAt) + 1);
	const cancelled = lines(calendarMessage('CANCEL', later, 'Europe/Berlin'));
	expect(cancelled).toEqual(
		expect.arrayContaining([
			'METHOD:CANCEL',
			'STATUS:CANCELLED',
			`UID:${event.uid}`,
			`SEQUENCE:${sequenceOf(later.modifiedAt)}`,
		]),
	);
});

test('a feed holds all-day and timed dates; an unknown zone becomes UTC', () => {
	const events = [
		{ ...event, start: Temporal.PlainDate.from('2026-10-28'), end: undefined },
		{ ...event, uid: 'b', cancelled: true, modifiedAt: Temporal.Instant.from('2026-10-25T00:30:00Z') },
	];
	const text = lines(
		calendarFeed({ name: 'Sitzungen', url: 'https://example.org/termine.ics', timeZone: 'America/New_York', events }),
	);
	expect(text).toEqual(
		expect.arrayContaining([
			'METHOD:PUBLISH',
			'X-WR-CALNAME:Sitzungen',
			'REFRESH-INTERVAL;VALUE=DURATION:PT4H',
			'DTSTART;VALUE=DATE:20261028',
			'DTSTART:20261028T160000Z',
			'DTSTAMP:20261025T003000Z',
			'STATUS:CANCELLED',
		]),
	);
	expect(calendarFeed({ name: 'leer', url: 'https://example.org/', timeZone: 'Europe/Berlin', events: [] })).toContain(
		'END:VCALENDAR',
	);
});
