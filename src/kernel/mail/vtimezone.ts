/** Zones of the European Union's common rule (Directive 2000/84/EC) in Central European Time. */
const CENTRAL_EUROPE = new Set([
	'Europe/Berlin',
	'Europe/Busingen',
	'Europe/Vienna',
	'Europe/Zurich',
	'Europe/Luxembourg',
	'Europe/Brussels',
]);

/** The rule since 1996, as calendar programs want it; undefined for zones that towns of this program do not lie in. */
export function vtimezone(name: string): string | undefined {
	if (!CENTRAL_EUROPE.has(name)) return undefined;
	return [
		'BEGIN:VTIMEZONE',
		`TZID:${name}`,
		'BEGIN:DAYLIGHT',
		'TZNAME:CEST',
		'TZOFFSETFROM:+0100',
		'TZOFFSETTO:+0200',
		'DTSTART:19960331T020000',
		'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
		'END:DAYLIGHT',
		'BEGIN:STANDARD',
		'TZNAME:CET',
		'TZOFFSETFROM:+0200',
		'TZOFFSETTO:+0100',
		'DTSTART:19961027T030000',
		'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
		'END:STANDARD',
		'END:VTIMEZONE',
	].join('\r\n');
}
