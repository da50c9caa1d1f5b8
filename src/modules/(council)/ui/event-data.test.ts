import { expect, test } from 'vitest';
import type { MeetingView } from '../view.ts';
import { eventData } from './event-data.ts';

const meeting = {
	public: true,
	published: true,
	cancelled: false,
	date: '2026-10-28',
	startsAt: '2026-10-28T16:00:00+00:00',
	endsAt: null,
	place: 'Rathaus </script><script>alert(1)</script>',
	body: { name: 'Beirat' },
} as MeetingView;
const page = { url: 'https://beirat.elbstadt.example/ar/sitzungen/2026-10-28', name: '7. Sitzung', town: 'Elbstadt' };

test('a public session is an event with its time and place, and no title can leave the script element', () => {
	const data = eventData(meeting, page);
	expect(data).not.toContain('<');
	expect(JSON.parse(data)).toMatchObject({
		'@type': 'Event',
		startDate: meeting.startsAt,
		location: { name: meeting.place },
		organizer: { url: 'https://beirat.elbstadt.example/' },
	});
	expect(JSON.parse(data)).not.toHaveProperty('endDate');
});

test('a cancelled one says so; one that is not public says nothing', () => {
	expect(JSON.parse(eventData({ ...meeting, cancelled: true }, page)).eventStatus).toBe(
		'https://schema.org/EventCancelled',
	);
	expect(eventData({ ...meeting, published: false }, page)).toBe('');
	expect(eventData({ ...meeting, public: false }, page)).toBe('');
});
