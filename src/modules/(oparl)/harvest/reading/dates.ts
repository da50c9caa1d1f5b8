/** Days and moments as other systems write them. Pure. */

export interface ReadMoment {
	instant: Temporal.Instant;
	/** No offset was said: the clock of the town counts. */
	guessed: boolean;
}

const GERMAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,T]+(\d{1,2}:\d\d(?::\d\d)?))?$/;
const FIRST = 1800;
const LAST = 2200;

/** "2020-9-1 08:00", "1.9.2020 8:00", "20200901T080000Z" as ISO; what is something else stays. */
function isoForm(given: string): string {
	const text = given.trim();
	const german = GERMAN.exec(text);
	if (german) {
		const [, day, month, year, time] = german;
		return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}${time ? `T${time.padStart(5, '0')}` : ''}`;
	}
	return text
		.replace(/^(\d{4})-(\d)-/, '$1-0$2-')
		.replace(/^(\d{4}-\d\d)-(\d)(?!\d)/, '$1-0$2')
		.replace(/^(\d{4}-\d\d-\d\d) +/, '$1T')
		.replace(/T(\d:)/, 'T0$1')
		.replace(/ +([+-]\d\d:?\d\d)$/, '$1')
		.replace(/\[[^\]]*\]$/, '');
}

/** @param given ISO with or without an offset, or German; @returns null for what is no moment between 1800 and 2200 */
export function readMoment(given: string, timeZone: string): ReadMoment | null {
	const text = isoForm(given);
	try {
		const instant = Temporal.Instant.from(text);
		const year = instant.toZonedDateTimeISO(timeZone).year;
		return year >= FIRST && year <= LAST ? { instant, guessed: false } : null;
	} catch {
		// no offset: read as the clock on the wall
	}
	try {
		const wall = Temporal.PlainDateTime.from(text);
		if (wall.year < FIRST || wall.year > LAST) return null;
		return { instant: wall.toZonedDateTime(timeZone).toInstant(), guessed: true };
	} catch {
		return null;
	}
}

/** The day of a date or of a moment (by the town's clock); null for what is none. ISO. */
export function readDay(given: string, timeZone: string): string | null {
	const text = isoForm(given);
	if (/^\d{4}-\d\d-\d\d$/.test(text)) {
		try {
			const day = Temporal.PlainDate.from(text, { overflow: 'reject' });
			return day.year >= FIRST && day.year <= LAST ? day.toString() : null;
		} catch {
			return null;
		}
	}
	const moment = readMoment(text, timeZone);
	return moment ? moment.instant.toZonedDateTimeISO(timeZone).toPlainDate().toString() : null;
}
