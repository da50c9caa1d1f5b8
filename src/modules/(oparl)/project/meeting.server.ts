import { itemAnchor } from '#modules/council';
import type { Db } from '#kernel/db/scope.ts';
import { told } from './deep.ts';
import { dutiesOf } from './duty.ts';
import { elsewhereNode, fileNode } from './file.ts';
import { faceOf, madeFiles, partOf, type Faces } from './made.ts';
import { MEETING, type ItemSource, type MeetingSource } from './meeting-source.server.ts';
import { linkTo, linksTo, moment, pageAt, plain, type Node } from './node.ts';
import { attendanceOf, electionsOf, quorumOf, votesOf } from './record.ts';
import { RESULTS } from './result-words.ts';

/** Words that the specification recommends for the state of a session: held it is when its minutes are out (rulebook R2-66). */
function stateOf({ state, minutesShown }: MeetingSource): string {
	if (state === 'planned') return 'terminiert';
	return minutesShown && state !== 'invited' ? 'durchgeführt' : 'eingeladen';
}

/** Sessions as strangers may know them, by id; those that are not published are not in it. One query. */
export async function meetingNodes(db: Db, ids: readonly string[], timeZone: string): Promise<Map<string, Node[]>> {
	const { rows } = await MEETING(ids).execute(db);
	return new Map(rows.map(({ source }) => [source.id, nodesOf(source, timeZone)]));
}

/** Documents that strangers may have of a session; null for one that they may not know of. One query. */
export async function meetingFaces(db: Db, id: string): Promise<{ slug: string; faces: Faces } | null> {
	const { rows } = await MEETING([id]).execute(db);
	const source = rows[0]?.source;
	return source ? { slug: source.slug, faces: facesOf(source) } : null;
}

/**
 * The agenda from the invitation on, the minutes and extracts of them once they are out. What somebody hung on instead counts: signed
 * minutes that were scanned, an invitation that was written elsewhere; a session that was taken over has its own documents.
 */
function facesOf(source: MeetingSource): Faces {
	const { own, state, title, number, day, cancelled, bodies, items } = source;
	const faces: Faces = new Map();
	const hung = (kind: string) => source.files.some((file) => file.kind === kind && !file.itemId);
	if (!own || state === 'planned' || !items.length) return faces;
	const head = [title, number, day, cancelled, bodies];
	const agenda = items.map((item) => [item.id, item.number, item.name, item.public]);
	if (state !== 'takenOver' && !hung('invitation')) faces.set('invitation', faceOf([head, agenda]));
	if (stateOf(source) !== 'durchgeführt' || cancelled || hung('minutes') || hung('original')) return faces;
	const { version, opened, closed, attendance, quorum } = source;
	const happened = items.map(({ id, result, resolution, votes, elections }) => [
		id,
		result,
		resolution,
		votes,
		elections,
	]);
	const minutes = faceOf([head, agenda, version, opened, closed, attendance, quorum, happened]);
	faces.set('minutes', minutes);
	for (const item of items)
		if (item.public && item.resolution) faces.set(partOf({ part: 'resolution', itemId: item.id }), minutes);
	return faces;
}

/**
 * A session as strangers may know it, with its items and files. Closed items keep their
 * neutral title and nothing else (rulebook R2-08); participants are the members who were there and are public anyway.
 */
function nodesOf(source: MeetingSource, timeZone: string): Node[] {
	const here = source.files.map((file) => ({
		...file,
		node: fileNode(file, { meeting: [source.id], agendaItem: file.itemId ? [file.itemId] : [] }),
	}));
	const shown = new Set(source.items.filter((item) => item.public).map((item) => item.id));
	const there = (source.elsewhere ?? [])
		.filter(({ itemId }) => !itemId || shown.has(itemId))
		.map((file) => ({
			kind: file.kind,
			itemId: file.itemId ?? null,
			node: elsewhereNode(file, { meeting: [source.id], agendaItem: file.itemId ? [file.itemId] : [] }),
		}));
	const files = [...here, ...there];
	const made = madeFiles(facesOf(source), source.made, ({ itemId }) => ({
		meeting: [source.id],
		agendaItem: itemId ? [itemId] : [],
	}));
	const known = source.bodies.filter((body) => body.known).map((body) => body.id);
	const one = (kind: string) => files.find((file) => file.kind === kind && !file.itemId)?.node ?? null;
	const [leading] = source.bodies;
	const name = source.title || `${source.number ? `${source.number}. ` : ''}Sitzung ${leading?.name ?? ''}`.trim();
	return [
		{
			type: 'Meeting',
			id: source.id,
			created: Temporal.Instant.from(source.created),
			organisations: known,
			documents: made.documents,
			properties: {
				name: plain(name),
				meetingState: stateOf(source),
				cancelled: source.cancelled || undefined,
				start: moment(source.starts, timeZone) ?? startOfDay(source.day, timeZone),
				end: moment(endOf(source), timeZone),
				organization: linksTo('Organization', known),
				participant: linksTo('Person', source.participants),
				'mitrat:opened': moment(source.opened, timeZone),
				'mitrat:closed': moment(source.closed, timeZone),
				'mitrat:attendance': attendanceOf(source.attendance, timeZone),
				'mitrat:quorum': quorumOf(source.quorum, timeZone),
				web: pageAt(`/sitzungen/${source.slug}`),
			},
			inside: {
				location: locationOf(source),
				invitation: one('invitation') ?? made.files.get('invitation') ?? null,
				resultsProtocol: one('minutes') ?? one('original') ?? made.files.get('minutes') ?? null,
				verbatimProtocol: one('verbatim'),
				auxiliaryFile: files.filter(({ kind, itemId }) => kind === 'attachment' && !itemId).map(({ node }) => node),
				agendaItem: source.items.map((item, order) =>
					itemNode(source, { ...item, order }, { files, made: made.files }, timeZone),
				),
			},
		},
	];
}

function itemNode(
	meeting: MeetingSource,
	item: ItemSource & { order: number },
	{ files, made }: { files: { kind: string; itemId: string | null; node: Node }[]; made: Map<string, Node> },
	timeZone: string,
): Node {
	const own = files.filter(({ itemId }) => itemId === item.id);
	const resolution = own.find(({ kind }) => kind === 'resolution');
	return {
		type: 'AgendaItem',
		id: item.id,
		created: null,
		properties: {
			meeting: linkTo('Meeting', meeting.id),
			number: plain(item.number),
			order: item.order,
			name: plain(item.name),
			public: item.public,
			consultation: item.consultation ? linkTo('Consultation', item.consultation) : undefined,
			// of another system in its own words, where they say more
			result: plain(item.said) ?? (item.result ? (RESULTS[item.result] ?? item.result) : undefined),
			resolutionText: plain(item.resolution),
			start: moment(item.opened, timeZone),
			end: moment(item.closed, timeZone),
			web: pageAt(`/sitzungen/${meeting.slug}#${itemAnchor(item.number, item.id)}`),
			'mitrat:resultNote': item.said ? undefined : plain(item.resultNote),
			// OParl has no place for votes (specification, issues 48 and 171): properties of our own, documented
			'mitrat:vote': votesOf(item.votes),
			'mitrat:election': electionsOf(item.elections),
			'mitrat:reportingDuty': told(dutiesOf(item.duties)),
		},
		inside: {
			resolutionFile: resolution?.node ?? made.get(partOf({ part: 'resolution', itemId: item.id })) ?? null,
			auxiliaryFile: own.filter((file) => file !== resolution).map(({ node }) => node),
		},
	};
}

/** As planned; where nobody had planned it, when it was closed. */
function endOf({ starts, ends, closed }: MeetingSource): string | null {
	if (ends || !closed) return ends;
	const begun = !starts || Temporal.Instant.compare(Temporal.Instant.from(starts), Temporal.Instant.from(closed)) < 0;
	return begun ? closed : null;
}

/** A place of the register is an object of its own that stands here, too; a place in words is told in the session. */
function locationOf({ placeId, placeText, id }: MeetingSource): Node | null {
	if (placeId) return { type: 'Location', id: placeId, created: null, properties: {}, elsewhere: true };
	if (!placeText) return null;
	return { type: 'Location', id, created: null, properties: { description: plain(placeText) } };
}

function startOfDay(day: string, timeZone: string): string {
	return Temporal.PlainDate.from(day)
		.toZonedDateTime(timeZone)
		.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
