import { Fields, isRaw, type Raw, type ReadingPlace } from '../reading/fields.ts';
import type { ForeignKind } from '../reading/foreign.ts';
import type { ForeignBody, ForeignSystem } from './source.ts';

/** Properties of a Body that name its lists (OParl 1.1, 3.2), and whether 1.0 demands them. */
export const LIST_PROPERTIES: Record<string, { kind: ForeignKind; mandatory: boolean }> = {
	organization: { kind: 'Organization', mandatory: true },
	person: { kind: 'Person', mandatory: true },
	meeting: { kind: 'Meeting', mandatory: true },
	paper: { kind: 'Paper', mandatory: true },
	membership: { kind: 'Membership', mandatory: false },
	agendaItem: { kind: 'AgendaItem', mandatory: false },
	consultation: { kind: 'Consultation', mandatory: false },
	file: { kind: 'File', mandatory: false },
	locationList: { kind: 'Location', mandatory: false },
	legislativeTermList: { kind: 'LegislativeTerm', mandatory: false },
};

/** @returns null for what is no body at all */
export function readBody(given: unknown, place: ReadingPlace): ForeignBody | null {
	if (!isRaw(given)) {
		place.findings.add('Body', 'wrongType', place.base);
		return null;
	}
	const id = new Fields(given, 'Body', place.base, place).link('id') ?? place.base;
	const fields = new Fields(given, 'Body', id, place);
	return {
		id,
		name: fields.line('name') || fields.line('shortName') || id,
		shortName: fields.line('shortName'),
		ags: fields.line('ags'),
		web: fields.link('website'),
		modified: given.modified ? fields.moment('modified') : null,
		lists: listsOf(fields),
		mainOrganization: fields.link('mainOrganization'),
		license: fields.link('license'),
	};
}

function listsOf(fields: Fields): ForeignBody['lists'] {
	const lists: ForeignBody['lists'] = {};
	for (const [property, { kind, mandatory }] of Object.entries(LIST_PROPERTIES)) {
		const value = fields.raw[property];
		// Some write the objects themselves where the address of a list belongs.
		if (Array.isArray(value)) lists[kind] = value;
		else {
			const address = value === undefined ? null : fields.link(property);
			if (address) lists[kind] = address;
			else if (mandatory) fields.found('listMissing', property);
		}
	}
	const terms = fields.raw.legislativeTerm;
	if (Array.isArray(terms) && terms.some(isRaw)) lists.LegislativeTerm = terms;
	return lists;
}

export function readSystem(given: Raw, place: ReadingPlace, bodies: ForeignBody[]): ForeignSystem {
	const fields = new Fields(given, 'System', place.base, place);
	const said = fields.line('oparlVersion') || fields.line('type');
	return {
		id: fields.link('id') ?? place.base,
		name: fields.line('name') || new URL(place.base).host,
		version: /1\.\d/.exec(said)?.[0] ?? '1.0',
		license: fields.link('license'),
		bodies,
	};
}

/** An external list (OParl 1.1, 2.5.1), or a bare array of objects. @returns null for what is no list */
export function readList(given: unknown, place: ReadingPlace): { entries: unknown[]; next: string | null } | null {
	if (Array.isArray(given)) return { entries: given, next: null };
	if (!isRaw(given) || !Array.isArray(given.data)) return null;
	const links = isRaw(given.links) ? given.links : {};
	return { entries: given.data, next: new Fields(links, 'List', place.base, place).link('next') };
}
