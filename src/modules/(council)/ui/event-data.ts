import type { MeetingView } from '../view.ts';

/**
 * A public session for search engines: schema.org Event as JSON-LD, ready to stand inside a script element (a data
 * block: browsers don't run it, so the content security policy needs no exception). Empty for sessions that are not
 * public. `url` is the page's full address, `name` its title.
 */
export function eventData(
	meeting: MeetingView,
	{ url, name, town }: { url: string; name: string; town: string },
): string {
	if (!meeting.public || !meeting.published) return '';
	const event = {
		'@context': 'https://schema.org',
		'@type': 'Event',
		'@id': url,
		url,
		name: `${name}, ${meeting.body.name}`,
		startDate: meeting.startsAt ?? meeting.date,
		...(meeting.endsAt ? { endDate: meeting.endsAt } : {}),
		eventStatus: `https://schema.org/${meeting.cancelled ? 'EventCancelled' : 'EventScheduled'}`,
		eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
		isAccessibleForFree: true,
		...(meeting.place ? { location: { '@type': 'Place', name: meeting.place, address: meeting.place } } : {}),
		organizer: { '@type': 'GovernmentOrganization', name: town, url: new URL('/', url).href },
	};
	// "</script>" in a title must not end the element.
	return JSON.stringify(event).replace(/</g, '\\u003c');
}
