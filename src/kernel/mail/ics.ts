import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency, type ICalCalendar } from 'ical-generator';
import { vtimezone } from './vtimezone.ts';

/** One date for calendars. */
export interface IcsEvent {
	/** Never changes and is never used again: see `eventUid`. */
	uid: string;
	title: string;
	/** A day without a time is an all-day date. */
	start: Temporal.ZonedDateTime | Temporal.PlainDate;
	/** The first moment, or day, that no longer belongs to it. */
	end?: Temporal.ZonedDateTime | Temporal.PlainDate;
	place?: string;
	description?: string;
	url?: string;
	cancelled?: boolean;
	/** A reminder that takes up no time: its owner stays free. */
	free?: boolean;
	/** Decides which of two versions is the newer one (SEQUENCE, LAST-MODIFIED). */
	modifiedAt: Temporal.Instant;
	organizer?: { name: string; email: string };
	attendees?: { name: string; email: string }[];
}

/** The same for the life of an object, whatever its town's host is called. */
export function eventUid(objectId: string, bodyId: string): string {
	return `${objectId}@${bodyId}.mitrat`;
}

/**
 * The calendar part of a mail: REQUEST invites and, sent again after a change, updates (same UID, higher SEQUENCE);
 * CANCEL takes the date back.
 */
export function calendarMessage(method: 'REQUEST' | 'CANCEL', event: IcsEvent, timeZone: string): string {
	const calendar = newCalendar(timeZone).method(ICalCalendarMethod[method]);
	addEvent(calendar, { ...event, cancelled: method === 'CANCEL' || event.cancelled }, timeZone);
	return render(calendar, [event]);
}

export interface Feed {
	name: string;
	/** Address of the feed itself. */
	url: string;
	timeZone: string;
	events: IcsEvent[];
}

/** A calendar to subscribe to; programs are asked to look again every four hours. */
export function calendarFeed({ name, url, timeZone, events }: Feed): string {
	const calendar = newCalendar(timeZone)
		.name(name)
		.source(url)
		.method(ICalCalendarMethod.PUBLISH)
		.ttl(4 * 60 * 60);
	for (const event of events) addEvent(calendar, event, timeZone);
	return render(calendar, events);
}

function newCalendar(timeZone: string): ICalCalendar {
	const calendar = ical({ prodId: { company: 'Mitrat', product: 'Mitrat', language: 'DE' } });
	const definition = vtimezone(timeZone);
	// A zone whose rules are not written down here is left out: its times are given in UTC.
	if (definition) calendar.timezone({ name: timeZone, generator: () => definition });
	return calendar;
}

/**
 * The text, with what the library gets wrong put right: DTSTAMP and LAST-MODIFIED must be in UTC (RFC 5545, 3.8.7), and
 * TIMEZONE-ID is no property of a calendar.
 */
function render(calendar: ICalCalendar, events: IcsEvent[]): string {
	const [head = '', ...parts] = calendar.toString().split('BEGIN:VEVENT');
	const fixed = parts.map((part, index) => {
		const utc = events[index]!.modifiedAt.round('second').toString().replace(/[-:]/g, '');
		return part.replace(/^(DTSTAMP|LAST-MODIFIED):.*$/gm, `$1:${utc}`);
	});
	return [head.replace(/^TIMEZONE-ID:.*\r\n/m, ''), ...fixed].join('BEGIN:VEVENT');
}

function addEvent(calendar: ICalCalendar, event: IcsEvent, timeZone: string): void {
	const zone = vtimezone(timeZone) ? timeZone : null;
	const made = calendar.createEvent({
		id: event.uid,
		sequence: sequenceOf(event.modifiedAt),
		stamp: event.modifiedAt,
		lastModified: event.modifiedAt,
		start: toIcal(event.start, timeZone),
		end: event.end && toIcal(event.end, timeZone),
		allDay: event.start instanceof Temporal.PlainDate,
		timezone: zone,
		summary: event.title,
		location: event.place || null,
		description: event.description || null,
		url: event.url ?? null,
		status: event.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
		transparency: event.free ? ICalEventTransparency.TRANSPARENT : null,
		organizer: event.organizer ?? null,
	});
	for (const { name, email } of event.attendees ?? []) made.createAttendee({ name, email, rsvp: !event.cancelled });
}

function toIcal(
	moment: Temporal.ZonedDateTime | Temporal.PlainDate,
	timeZone: string,
): Temporal.ZonedDateTime | Temporal.PlainDate {
	return moment instanceof Temporal.PlainDate ? moment : moment.withTimeZone(timeZone);
}

const EPOCH = Temporal.Instant.from('2020-01-01T00:00Z').epochMilliseconds;

/** Grows with every change and needs no counter: seconds since 2020 (fits into 32 bits until 2088). */
export function sequenceOf(modifiedAt: Temporal.Instant): number {
	return Math.max(0, Math.floor((modifiedAt.epochMilliseconds - EPOCH) / 1000));
}
