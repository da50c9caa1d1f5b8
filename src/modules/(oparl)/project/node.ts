/** Objects of OParl on their way into the store. Pure. */

export const TYPES = [
	'LegislativeTerm',
	'Organization',
	'Person',
	'Membership',
	'Meeting',
	'AgendaItem',
	'Paper',
	'Consultation',
	'File',
	'Location',
] as const;
export type OparlType = (typeof TYPES)[number];

/** One public object: its own properties, and others that stand inside it. */
export interface Node {
	type: OparlType;
	id: string;
	/** When the record was made, if that is known. */
	created: Temporal.Instant | null;
	/** Properties without id, type, times; what is null, undefined or an empty text is left out (OParl 1.1, 2.4.2). */
	properties: Record<string, unknown>;
	/** Embedded objects by property: one, or a list. A list without entries is left out. */
	inside?: Record<string, Node | Node[] | null>;
	/** Stands inside another one, but belongs to a record of its own: it is told as that record's object stands in the store. */
	elsewhere?: boolean;
	/** Organisations in whose lists it stands. */
	organisations?: string[];
	/** Of a File: the stored file that it offers. */
	fileId?: string;
	/** Of a record that documents are made of: are they all here as the record is now? */
	documents?: 'made' | 'wanted' | undefined;
}

/** Stands for the town's origin (https://…), which depends on the host. Removed from all texts. */
export const HERE = '\uE000';

/** Where the interface lies beneath it. */
export const BASE = '/oparl/v1.1';

const PATHS: Record<OparlType | 'Body', string> = {
	Body: 'body',
	LegislativeTerm: 'legislativeterm',
	Organization: 'organization',
	Person: 'person',
	Membership: 'membership',
	Meeting: 'meeting',
	AgendaItem: 'agendaitem',
	Paper: 'paper',
	Consultation: 'consultation',
	File: 'file',
	Location: 'location',
};

/** The type behind a part of an address, e.g. 'agendaitem'. */
export function typeOfPath(part: string): OparlType | undefined {
	return TYPES.find((type) => PATHS[type] === part);
}

/** Address of an object of the interface. */
export function linkTo(type: OparlType | 'Body', id: string): string {
	return `${HERE}${BASE}/${PATHS[type]}/${id}`;
}

/** Made by `linkTo`, not typed by anybody. */
export function isLink(text: string): boolean {
	return LINK.test(text);
}
const LINK = new RegExp(`^${HERE}${BASE}/[a-z]+/[0-9a-f-]{36}$`);

/** Address of a page for people. */
export function pageAt(path: string): string {
	return `${HERE}${path}`;
}

/** A list of links, or nothing: empty lists are left out where the specification does not demand them. */
export function linksTo(type: OparlType, ids: readonly string[] | null): string[] | undefined {
	return ids?.length ? ids.map((id) => linkTo(type, id)) : undefined;
}

/** Without what says nothing; texts are plain and carry no sign of ours. */
export function tidy(properties: Record<string, unknown>): Record<string, unknown> {
	const kept: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(properties)) {
		if (value === null || value === undefined || value === '') continue;
		kept[key] = value;
	}
	return kept;
}

/** Text of a record for programs: one form of line ends, no private-use sign that we use ourselves. */
export function plain(text: string | null | undefined): string | undefined {
	return text?.replaceAll(HERE, '').replace(/\r\n?/g, '\n').trim() || undefined;
}

/** A moment with the offset of the town's clock (OParl 1.1, 2.4.3). */
export function moment(at: Temporal.Instant | string | null | undefined, timeZone: string): string | undefined {
	if (!at) return undefined;
	const instant = typeof at === 'string' ? Temporal.Instant.from(at) : at;
	// Thousands of objects carry the moment of one write.
	if (instant !== last.instant || timeZone !== last.timeZone)
		last = {
			instant,
			timeZone,
			text: instant.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' }),
		};
	return last.text;
}
let last: { instant: Temporal.Instant | null; timeZone: string; text: string } = {
	instant: null,
	timeZone: '',
	text: '',
};
