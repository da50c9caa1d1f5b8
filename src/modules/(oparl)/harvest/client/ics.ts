/** Sessions in a calendar file (RFC 5545), as council systems write them. Pure. */

export interface CalendarEvent {
	uid: string;
	/** As written: with `Z`, with a zone, or by the clock of the town; a day alone for all-day events. */
	start: string;
	end: string;
	summary: string;
	location: string;
	url: string;
	cancelled: boolean;
}

/** Continuation lines are put together; blank lines, which some write in the middle of an event, mean nothing. */
function lines(text: string): string[] {
	return text
		.replace(/\r\n?/g, '\n')
		.replace(/\n[ \t]/g, '')
		.split('\n')
		.filter((line) => line.trim());
}

const unescaped = (value: string) =>
	value.replace(/\\([nN,;\\])/g, (_, letter: string) => (letter.toLowerCase() === 'n' ? '\n' : letter)).trim();

/** 20261103T170000(Z) as ISO; a day as a day. */
function isoTime(value: string): string {
	const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?$/.exec(value.trim());
	if (!match) return value.trim();
	const [, year, month, day, hour, minute, second = '00', zone] = match;
	return `${year}-${month}-${day}${hour ? `T${hour}:${minute}:${second}${zone}` : ''}`;
}

/** A time in a named zone as a moment; in the town's clock (also for zones that nobody knows) as it stands. */
function timeOf(value: string, parameters: string): string {
	const iso = isoTime(value);
	const zone = /TZID="?([^";:]+)/i.exec(parameters)?.[1];
	if (!zone || !iso.includes('T') || iso.endsWith('Z')) return iso;
	try {
		return Temporal.PlainDateTime.from(iso).toZonedDateTime(zone).toInstant().toString();
	} catch {
		return iso;
	}
}

/** @returns the events and the calendar's own name; null for what is no calendar */
export function readCalendar(text: string): { name: string; events: CalendarEvent[] } | null {
	const all = lines(text.replace(/^\ufeff/, ''));
	if (!/^BEGIN:VCALENDAR/i.test(all[0] ?? '')) return null;
	const events: CalendarEvent[] = [];
	let name = '';
	let event: CalendarEvent | null = null;
	for (const line of all) {
		const [, key = '', parameters = '', value = ''] =
			/^([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/.exec(line) ?? [];
		const property = key.toUpperCase();
		if (property === 'BEGIN' && /^VEVENT$/i.test(value.trim()))
			event = { uid: '', start: '', end: '', summary: '', location: '', url: '', cancelled: false };
		else if (property === 'END' && /^VEVENT$/i.test(value.trim()) && event) {
			events.push(event);
			event = null;
		} else if (property === 'X-WR-CALNAME' && !event) name = unescaped(value);
		else if (!event) continue;
		else if (property === 'UID') event.uid = value.trim();
		else if (property === 'DTSTART') event.start = timeOf(value, parameters);
		else if (property === 'DTEND') event.end = timeOf(value, parameters);
		else if (property === 'SUMMARY') event.summary = unescaped(value);
		else if (property === 'LOCATION') event.location = unescaped(value);
		else if (property === 'URL') event.url = value.trim();
		else if (property === 'STATUS') event.cancelled = /^CANCELLED$/i.test(value.trim());
	}
	return { name, events };
}
