import ical, { ICalEventStatus, type ICalEventData } from 'ical-generator';
import * as m from '#messages';
import { currentLocale } from '#kernel/i18n/current.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { FeedDate, FeedEntry } from './queries/feed.server.ts';
import { meetingTitle } from './ui/labels.ts';
import { languageNames } from './ui/language-help.ts';

export interface CalendarOptions {
	name: string;
	/** Address of the site, e.g. `https://beirat.elbstadt.de`. */
	origin: string;
	timeZone: string;
	/** Dates named in sessions that are no sessions themselves. */
	dates?: readonly FeedDate[];
}

/** Germany's rule since 1996; years before take the same one, as no session here is older than calendars' interest. */
const GERMAN_TIME = (zone: string) => `BEGIN:VTIMEZONE
TZID:${zone}
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`;

/**
 * Sessions as an iCalendar file (RFC 5545) in the reader's language. The UID is the session's id and never changes;
 * SEQUENCE and LAST-MODIFIED follow the change log, so subscribed calendars move and cancel what they hold.
 */
export function calendarOf(entries: FeedEntry[], { name, origin, timeZone, dates = [] }: CalendarOptions): string {
	const german = timeZone === 'Europe/Berlin' || timeZone === 'Europe/Busingen';
	const calendar = ical({
		// The library writes names as they come.
		name: escaped(name),
		prodId: { company: 'Mitrat', product: 'Mitrat', language: currentLocale().slice(0, 2).toUpperCase() },
		ttl: 6 * 60 * 60,
	});
	for (const entry of entries) calendar.createEvent(eventOf(entry, origin, german ? timeZone : null));
	for (const date of dates) calendar.createEvent(dateOf(date, { origin, timeZone, german }));
	// The library would put the zone before the calendar's own lines, and print stamps in its time: both are forbidden.
	const zone = `${GERMAN_TIME(timeZone).replaceAll('\n', '\r\n')}\r\n`;
	return german
		? calendar.toString().replace('\r\nBEGIN:VEVENT', () => `\r\n${zone}BEGIN:VEVENT`)
		: calendar.toString();
}

function eventOf(entry: FeedEntry, origin: string, zone: string | null): ICalEventData {
	const url = `${origin}${inLocale(`/sitzungen/${entry.slug}`, currentLocale())}`;
	const title = `${meetingTitle(entry)}, ${entry.bodyName}`;
	return {
		id: entry.id,
		sequence: entry.revision,
		created: new Date(entry.createdAt),
		lastModified: new Date(entry.modifiedAt),
		stamp: new Date(entry.modifiedAt),
		...timesOf(entry, zone),
		summary: oneLine(entry.cancelled ? `${m.council_meeting_cancelled()} ${title}` : title),
		status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
		location: oneLine(entry.place) || null,
		description: describe(entry, url),
		url,
	};
}

function dateOf(
	date: FeedDate,
	{ origin, timeZone, german }: { origin: string; timeZone: string; german: boolean },
): ICalEventData {
	const url = `${origin}${inLocale(`/sitzungen/${date.slug}`, currentLocale())}`;
	const at = (time: string) => {
		const local = Temporal.PlainDateTime.from(`${date.date}T${time}`);
		return german
			? local.toString({ smallestUnit: 'second' })
			: new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
	};
	const ends = date.start && date.end && date.end > date.start ? { end: at(date.end) } : {};
	const times = date.start
		? { ...(german && { timezone: timeZone }), start: at(date.start), ...ends }
		: { start: date.date, allDay: true };
	return {
		id: date.id,
		lastModified: new Date(date.modifiedAt),
		stamp: new Date(date.modifiedAt),
		...times,
		summary: oneLine(date.title),
		location: oneLine(date.place) || null,
		description: url,
		url,
	};
}

/** Local times of the town's zone; without a time it is a whole day, without an end nothing is made up. */
function timesOf(entry: FeedEntry, zone: string | null): Pick<ICalEventData, 'start' | 'end' | 'timezone' | 'allDay'> {
	if (!entry.startsAt) return { start: entry.date, allDay: true };
	if (!zone) return { start: new Date(entry.startsAt), ...(entry.endsAt ? { end: new Date(entry.endsAt) } : {}) };
	const local = (instant: string) =>
		Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' });
	return { timezone: zone, start: local(entry.startsAt), ...(entry.endsAt ? { end: local(entry.endsAt) } : {}) };
}

function describe(entry: FeedEntry, url: string): string {
	const help = languageNames(entry.languageHelp, currentLocale()).text;
	const lines = [
		entry.cancelled ? [m.council_meeting_cancelled(), entry.cancelNote].filter(Boolean).join(' ') : '',
		entry.topics.map((topic) => `– ${topic}`).join('\n'),
		entry.accessibility && `${m.council_fact_accessibility()}: ${entry.accessibility}`,
		help && `${m.council_fact_language_help()}: ${help}`,
		url,
	];
	return lines.filter(Boolean).join('\n\n').replace(/\r\n?/g, '\n');
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
	return oneLine(text).replace(/[\\;,]/g, '\\$&');
}
