import { Fields, isRaw, type Raw, type ReadingPlace } from './fields.ts';
import { INSIDE, KINDS, type Foreign, type ForeignKind, type Kind, type Said } from './foreign.ts';
import { attendanceOf, districtOf, dutiesOf, electionsOf, outcomeOf, quorumOf, seatsOf, votesOf } from './vendor.ts';

export interface ReadObjects {
	objects: Foreign[];
	/** Objects that were only named, not told, by what they should be. */
	named: { kind: ForeignKind; id: string; parent: string }[];
}

interface Around {
	parent: string | null;
	root: string | null;
	/** Where it stands: property and place in it. */
	property: string;
	index: number;
}

const TOP: Around = { parent: null, root: null, property: '', index: 0 };

/**
 * Understands one entry of a list of another system, with everything that stands in it. Never throws: what can't be
 * understood is a finding and is left out.
 * @param expected what the list holds; counts where the object says nothing of its type, or something that is no type
 * @param parent the object that named it, when it was asked for by itself
 */
export function readObject(
	given: unknown,
	expected: ForeignKind,
	place: ReadingPlace,
	parent: string | null = null,
): ReadObjects {
	const read: ReadObjects = { objects: [], named: [] };
	collect(given, expected, { ...TOP, parent, root: parent }, place, read);
	return read;
}

function collect(given: unknown, expected: ForeignKind, around: Around, place: ReadingPlace, read: ReadObjects): void {
	if (typeof given === 'string') {
		const id = new Fields({ id: given }, expected, around.parent ?? given, place).link('id');
		if (id) read.named.push({ kind: expected, id, parent: around.parent ?? '' });
		return;
	}
	if (!isRaw(given)) {
		place.findings.add(expected, 'wrongType', `${around.parent ?? place.base} ${around.property}`.trim());
		return;
	}
	const kind = kindOf(given, expected, place);
	if (!kind) return;
	const id = idOf(given, kind, around, place);
	if (!id) return;
	const fields = new Fields(given, kind, id, place);
	const deleted = fields.truth('deleted') === true;
	const root = kind === 'Location' ? id : (around.root ?? rootOf(kind, fields) ?? id);
	const said = READ[kind](deleted ? new Fields({}, kind, id, place) : fields, around) as Said[ForeignKind] & {
		person?: string | null;
	};
	read.objects.push({
		kind,
		id,
		// memberships belong to their person, wherever they stand
		parent: (kind === 'Membership' && said.person) || (around.parent ?? parentOf(kind, fields)),
		root,
		created: given.created ? fields.moment('created') : null,
		web: fields.link('web'),
		license: fields.link('license'),
		deleted,
		said,
	} as Foreign);
	if (!deleted) collectInside(fields, kind, { id, root }, place, read);
}

function collectInside(
	fields: Fields,
	kind: ForeignKind,
	of: { id: string; root: string },
	place: ReadingPlace,
	read: ReadObjects,
): void {
	for (const [property, inner] of Object.entries(INSIDE[kind] ?? {})) {
		// Memberships belong to their person, wherever they stand.
		const root = inner === 'Membership' && kind === 'Organization' ? null : of.root;
		for (const [index, one] of fields.inside(property).entries())
			collect(one, inner, { parent: of.id, root, property, index }, place, read);
	}
}

function kindOf(given: Raw, expected: ForeignKind, place: ReadingPlace): ForeignKind | null {
	const said =
		typeof given.type === 'string'
			? given.type
					.replace(/[/#]+$/, '')
					.split(/[/#]/)
					.at(-1)!
			: '';
	if (said === expected) return expected;
	place.findings.add(expected, 'wrongType', `${typeof given.id === 'string' ? given.id : place.base} type`);
	if (!KINDS.includes(said as Kind)) return expected;
	// A person in the list of papers is a person.
	return said in READ ? (said as ForeignKind) : null;
}

function idOf(given: Raw, kind: ForeignKind, around: Around, place: ReadingPlace): string | null {
	const fields = new Fields(given, kind, around.parent ?? place.base, place);
	const id = fields.link('id');
	if (id && id.length <= 2000) return id;
	fields.found('addressWithoutId', around.property);
	// Inside of another object it is known by where it stands; alone it can't be found again.
	return around.parent ? `${around.parent}#${around.property}-${around.index + 1}` : null;
}

/** An object of a list of its own, that belongs to another one. */
function parentOf(kind: ForeignKind, fields: Fields): string | null {
	if (kind === 'Membership') return fields.link('person');
	if (kind === 'AgendaItem') return fields.link('meeting');
	if (kind === 'Consultation') return fields.link('paper');
	if (kind === 'File')
		return fields.links('agendaItem')[0] ?? fields.links('meeting')[0] ?? fields.links('paper')[0] ?? null;
	return null;
}

function rootOf(kind: ForeignKind, fields: Fields): string | null {
	if (kind === 'File') return fields.links('meeting')[0] ?? fields.links('paper')[0] ?? null;
	return parentOf(kind, fields);
}

const READ: { [K in ForeignKind]: (fields: Fields, around: Around) => Said[K] } = {
	LegislativeTerm: (f) => ({ name: f.line('name'), ...span(f) }),
	Organization: (f) => ({
		name: f.line('name') || f.line('shortName'),
		shortName: f.line('shortName'),
		organizationType: f.line('organizationType'),
		classification: f.line('classification'),
		subOrganizationOf: f.link('subOrganizationOf'),
		...span(f),
		advisory: f.truth('mitrat:advisory'),
		purpose: f.text('mitrat:purpose'),
		seats: seatsOf(f),
	}),
	Person: (f) => ({
		name: f.line('name'),
		familyName: f.line('familyName'),
		givenName: f.line('givenName'),
		affix: f.line('affix') || f.lines('title').join(' '),
		formOfAddress: f.line('formOfAddress'),
		status: f.lines('status'),
	}),
	Membership: (f, around) => {
		const inPerson = around.property === 'membership' && around.root !== null;
		return {
			person: inPerson ? around.parent : f.link('person'),
			organization: f.link('organization') ?? (around.parent && !inPerson ? around.parent : null),
			role: f.line('role'),
			votingRight: f.truth('votingRight'),
			onBehalfOf: f.link('onBehalfOf'),
			...span(f),
		};
	},
	Meeting: (f) => {
		const start = f.isDayAlone('start') ? null : f.moment('start');
		let end = f.isDayAlone('end') ? null : f.moment('end');
		if (start && end && Temporal.Instant.compare(end, start) <= 0) {
			f.found('endBeforeStart', 'end');
			end = null;
		}
		const [location] = f.inside('location');
		const inWords = isRaw(location) ? f.of(location) : null;
		return {
			name: f.line('name'),
			meetingState: f.line('meetingState'),
			cancelled: f.truth('cancelled') ?? false,
			start,
			day: f.day('start'),
			end: start ? end : null,
			location: location === undefined ? null : (f.link('location') ?? `${f.id}#location-1`),
			place: inWords && isInWords(READ.Location(inWords, TOP)) ? inWords.line('description') : '',
			organization: f.links('organization'),
			participant: f.links('participant'),
			...heldOf(f),
			attendance: attendanceOf(f),
			quorum: quorumOf(f),
		};
	},
	AgendaItem: (f, around) => {
		const start = f.moment('start');
		let end = f.moment('end');
		if (start && end && Temporal.Instant.compare(end, start) < 0) {
			f.found('endBeforeStart', 'end');
			end = null;
		}
		return {
			meeting: around.parent ?? f.link('meeting'),
			number: f.line('number'),
			order: f.number('order') ?? (around.parent ? around.index : null),
			name: f.line('name'),
			public: f.truth('public'),
			consultation: f.link('consultation'),
			result: f.line('result'),
			resolutionText: f.text('resolutionText'),
			start,
			end,
			resultNote: f.text('mitrat:resultNote'),
			votes: votesOf(f),
			elections: electionsOf(f),
			duties: dutiesOf(f),
		};
	},
	Paper: (f) => ({
		name: f.line('name'),
		reference: f.line('reference'),
		date: f.day('date'),
		paperType: f.line('paperType'),
		keyword: f.lines('keyword'),
		relatedPaper: f.links('relatedPaper'),
		superordinatedPaper: f.links('superordinatedPaper'),
		subordinatedPaper: f.links('subordinatedPaper'),
		originatorPerson: f.links('originatorPerson'),
		originatorOrganization: f.links('originatorOrganization'),
		underDirectionOf: f.links('underDirectionOf'),
		addressee: f.link('mitrat:addressee'),
		withdrawn: f.truth('mitrat:withdrawn') ?? false,
		duties: dutiesOf(f),
		location: f.inside('location').map((one, index) => f.of({ one }).link('one') ?? `${f.id}#location-${index + 1}`),
	}),
	Consultation: (f, around) => ({
		paper: around.parent ?? f.link('paper'),
		agendaItem: f.link('agendaItem'),
		meeting: f.link('meeting'),
		organization: f.links('organization'),
		authoritative: f.truth('authoritative') ?? false,
		role: f.line('role'),
		outcome: outcomeOf(f),
	}),
	File: (f, around) => ({
		name: f.line('name'),
		fileName: f.line('fileName'),
		mimeType: f.line('mimeType'),
		size: f.number('size'),
		accessUrl: f.link('accessUrl'),
		downloadUrl: f.link('downloadUrl'),
		sha512: f.line('sha512Checksum').toLowerCase(),
		fileLicense: f.link('fileLicense'),
		place: around.property,
		order: around.index,
		meeting: f.links('meeting'),
		paper: f.links('paper'),
	}),
	Location: (f) => ({
		description: f.line('description'),
		room: f.line('room'),
		streetAddress: f.line('streetAddress'),
		postalCode: f.line('postalCode'),
		locality: f.line('locality'),
		accessibility: f.text('mitrat:accessibility'),
		subLocality: f.line('subLocality'),
		geojson: geojsonOf(f),
		district: districtOf(f),
	}),
};

/** When the chair opened and closed a session. */
function heldOf(fields: Fields): { opened: string | null; closed: string | null } {
	const [opened, closed] = [fields.moment('mitrat:opened'), fields.moment('mitrat:closed')];
	const isOrdered = !opened || !closed || Temporal.Instant.compare(closed, opened) >= 0;
	return { opened, closed: isOrdered ? closed : null };
}

/** A place that is described and no more: words beside a session, no place of a register. */
export function isInWords(place: Said['Location']): boolean {
	return !place.room && !place.streetAddress && !place.postalCode && !place.locality;
}

const LONGEST_GEOJSON = 100_000;

/** A shape, told on as it is; one without end, or with signs that no text may hold, is none. */
function geojsonOf({ raw: { geojson } }: Fields): object | null {
	if (!isRaw(geojson)) return null;
	const text = JSON.stringify(geojson);
	return text.length <= LONGEST_GEOJSON && !/\\u(0000|d[89a-f])/i.test(text) ? geojson : null;
}

function span(fields: Fields): { startDate: string | null; endDate: string | null } {
	const startDate = fields.day('startDate');
	const endDate = fields.day('endDate');
	if (startDate && endDate && endDate < startDate) {
		fields.found('endBeforeStart', 'endDate');
		return { startDate, endDate: null };
	}
	return { startDate, endDate };
}
