import { UserError } from '#kernel/errors.ts';
import { parseXml, type XmlNode } from '#kernel/files/xml.ts';
import { readMoment } from '../reading/dates.ts';
import { readFeed } from './feed.ts';
import { readCalendar, type CalendarEvent } from './ics.ts';
import type { Source } from './source.ts';

const OPARL = 'https://schema.oparl.org/1.1';

/**
 * A calendar or a feed of another system: sessions, and the bodies that hold them by name. What it no longer tells stays here,
 * because calendars look ahead only.
 * @throws UserError for what is neither
 */
export function calendarSource(
	bytes: Uint8Array,
	address: string,
	timeZone: string,
): { source: Source; kind: 'calendar' | 'feed' } {
	const text = new TextDecoder().decode(bytes);
	const calendar = readCalendar(text);
	const told = calendar ?? feedIn(bytes);
	if (!told) throw new UserError(`${address} ist weder ein Kalender (iCalendar) noch ein Feed (RSS, Atom).`);
	const base = URL.canParse(address)
		? address
		: `urn:mitrat:${calendar ? 'kalender' : 'feed'}:${encodeURIComponent(address)}`;
	const name = told.name || address;
	const bodies = new Map<string, string>();
	for (const { start, summary } of told.events)
		if (start) bodies.set(bodyIn(summary), `${base}#gremium-${encodeURIComponent(bodyIn(summary))}`);
	const lists = {
		Organization: [...bodies].map(([body, id]) => ({
			id,
			type: `${OPARL}/Organization`,
			name: body,
			organizationType: 'Gremium',
		})),
		Meeting: told.events.map((event) => meetingOf(event, base, bodies.get(bodyIn(event.summary)), timeZone)),
	};
	const source: Source = {
		address: base,
		base,
		tellsChanges: false,
		system: () => {
			const body = {
				id: `${base}#kalender`,
				name,
				shortName: '',
				ags: '',
				web: null,
				modified: null,
				mainOrganization: null,
				license: null,
			};
			return Promise.resolve({ id: base, name, version: '', license: null, bodies: [{ ...body, lists }] });
		},
		async *pages(_body, kind) {
			const entries = kind === 'Organization' || kind === 'Meeting' ? lists[kind] : [];
			if (entries.length) yield { address: `${base}#${kind}`, entries, next: null, etag: null, lastModified: null };
			return false;
		},
		tombstones: () => Promise.resolve([]),
		object: () => Promise.resolve(null),
		content: () => Promise.resolve(null),
		close: () => undefined,
	};
	return { source, kind: calendar ? 'calendar' : 'feed' };
}

function feedIn(bytes: Uint8Array): ReturnType<typeof readFeed> {
	let root: XmlNode;
	try {
		root = parseXml(bytes, { 'http://www.w3.org/2005/Atom': 'a' });
	} catch {
		return null;
	}
	return readFeed(root);
}

const HELD =
	/^(?:(?:nicht)?öffentliche[nr]?\s+)?(?:\d+\.\s*)?(?:außerordentliche\s+)?Sitzung\s*(des|der|vom|-|–|:)?\s*/i;

/** "Öffentliche 4. Sitzung des Beirats für Inklusion" is held by what follows; a bare name is the name of the body. */
function bodyIn(summary: string): string {
	const [said = '', article] = HELD.exec(summary) ?? [];
	const rest = summary
		.slice(said.length)
		.replace(/\s*\((nicht)?öffentlich\)$/i, '')
		.trim();
	const name = article === 'des' ? rest.replace(/^(\p{L}+?)(?:es|s)(?=\s|$)/u, '$1') : rest;
	return name || summary || 'Sitzung';
}

function meetingOf(event: CalendarEvent, base: string, body: string | undefined, timeZone: string) {
	return {
		id: `${base}#${encodeURIComponent(event.uid || `${event.start} ${event.summary}`)}`,
		type: `${OPARL}/Meeting`,
		name: event.summary,
		...(event.start && { start: event.start }),
		...(event.end && !isMidnight(event.end, timeZone) && { end: event.end }),
		organization: body ? [body] : [],
		cancelled: event.cancelled,
		...(event.location && { location: { id: `${base}#ort`, type: `${OPARL}/Location`, description: event.location } }),
		...(/^https?:/.test(event.url) && { web: event.url }),
	};
}

/** Systems that know no end write the next midnight. */
function isMidnight(end: string, timeZone: string): boolean {
	const instant = readMoment(end, timeZone)?.instant;
	const time = instant?.toZonedDateTimeISO(timeZone).toPlainTime();
	return !time || time.equals(Temporal.PlainTime.from('00:00'));
}
