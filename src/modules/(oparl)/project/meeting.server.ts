import { sql } from 'kysely';
import type { Db } from '#kernel/db/scope.ts';
import { linkTo, linksTo, moment, pageAt, plain, type Node } from './node.ts';
import { elsewhereNode, fileNode, type FileSource } from './file.ts';
import type { FileElsewhere } from '#kernel/taken-from.ts';

interface Source {
	id: string;
	slug: string;
	number: number | null;
	title: string;
	state: string;
	cancelled: boolean;
	starts: string | null;
	ends: string | null;
	day: string;
	created: string;
	placeId: string | null;
	placeText: string;
	bodies: { id: string; name: string }[];
	participants: string[];
	items: ItemSource[];
	files: (FileSource & { kind: string; itemId: string | null })[];
	/** Of a session that was taken over: files that lie there. */
	elsewhere: FileElsewhere[] | null;
}

interface ItemSource {
	id: string;
	number: string;
	name: string;
	public: boolean;
	result: string | null;
	said: string | null;
	resolution: string | null;
	opened: string | null;
	closed: string | null;
	consultation: string | null;
	votes: { yes: number | null; no: number | null; abstain: number | null; method: string; adopted: boolean | null }[];
}

/** Words of OParl's example for the state of a session. */
const STATES: Record<string, string> = {
	planned: 'terminiert',
	invited: 'eingeladen',
	running: 'eröffnet',
	held: 'durchgeführt',
	minutesSigned: 'durchgeführt',
	takenOver: 'durchgeführt',
};

/** Results of items as the town's minutes call them. */
const RESULTS: Record<string, string> = {
	adopted: 'angenommen',
	adoptedChanged: 'geändert angenommen',
	rejected: 'abgelehnt',
	noted: 'zur Kenntnis genommen',
	postponed: 'vertagt',
	referred: 'verwiesen',
	withdrawn: 'zurückgezogen',
	parked: 'zurückgestellt',
	settled: 'erledigt',
	withoutVote: 'ohne Abstimmung',
	confirmed: 'bestätigt',
	elected: 'gewählt',
};

/**
 * A session as strangers may know it, with its items and files; nothing while it is not published. Closed items keep their
 * neutral title and nothing else (rulebook R2-08); participants are the members who were there and are public anyway.
 */
export async function meetingNodes(db: Db, id: string, timeZone: string): Promise<Node[]> {
	const { rows } = await SOURCE(id).execute(db);
	const source = rows[0]?.source;
	if (!source) return [];
	const here = source.files.map((file) => ({ ...file, node: fileNode(file, { meeting: [source.id] }) }));
	const shown = new Set(source.items.filter((item) => item.public).map((item) => item.id));
	const there = (source.elsewhere ?? [])
		.filter(({ itemId }) => !itemId || shown.has(itemId))
		.map((file) => ({
			kind: file.kind,
			itemId: file.itemId ?? null,
			node: elsewhereNode(file, { meeting: [source.id] }),
		}));
	const files = [...here, ...there];
	const one = (kind: string) => files.find((file) => file.kind === kind && !file.itemId)?.node ?? null;
	const [leading] = source.bodies;
	const name = source.title || `${source.number ? `${source.number}. ` : ''}Sitzung ${leading?.name ?? ''}`.trim();
	return [
		{
			type: 'Meeting',
			id: source.id,
			created: Temporal.Instant.from(source.created),
			organisations: source.bodies.map((body) => body.id),
			properties: {
				name: plain(name),
				meetingState: STATES[source.state],
				cancelled: source.cancelled || undefined,
				start: moment(source.starts, timeZone) ?? startOfDay(source.day, timeZone),
				end: moment(source.ends, timeZone),
				organization: linksTo(
					'Organization',
					source.bodies.map((body) => body.id),
				),
				participant: linksTo('Person', source.participants),
				web: pageAt(`/sitzungen/${source.slug}`),
			},
			inside: {
				location: locationOf(source),
				invitation: one('invitation'),
				resultsProtocol: one('minutes') ?? one('original'),
				auxiliaryFile: files.filter(({ kind, itemId }) => kind === 'attachment' && !itemId).map(({ node }) => node),
				agendaItem: source.items.map((item, order) => itemNode(source, { ...item, order }, files, timeZone)),
			},
		},
	];
}

function itemNode(
	meeting: Source,
	item: ItemSource & { order: number },
	files: { itemId: string | null; node: Node }[],
	timeZone: string,
): Node {
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
			// OParl has no place for votes (specification, issues 48 and 171): a property of our own, documented
			'mitrat:vote': item.votes.length ? item.votes.map(withoutNulls) : undefined,
		},
		inside: { auxiliaryFile: files.filter(({ itemId }) => itemId === item.id).map(({ node }) => node) },
	};
}

function withoutNulls<T extends object>(row: T): Partial<T> {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Partial<T>;
}

/** A place of the register is told by its own object; a place in words is told in the session. */
function locationOf({ placeId, placeText, id }: Source): Node | null {
	if (placeId || !placeText) return null;
	return { type: 'Location', id, created: null, properties: { description: plain(placeText) } };
}

function startOfDay(day: string, timeZone: string): string {
	return Temporal.PlainDate.from(day)
		.toZonedDateTime(timeZone)
		.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** Everything of one published session that strangers may know, as one JSON. */
const SOURCE = (id: string) => sql<{ source: Source }>`
select row_to_json(v) as source from (select m.id, m.slug, m.number, m.title, m.state, m.cancelled, m.starts_at as starts,
	m.ends_at as ends, m.date as day, m.created_at as created, m.place_id as "placeId",
	case when m.place_id is null then m.place_text else '' end as "placeText",
	(select json_agg(json_build_object('id', o.id, 'name', o.name) order by o.id <> m.council_body_id, o.name)
		from registry.organisation o where o.body_id = m.body_id and (o.id = m.council_body_id or o.id in (select mb.council_body_id
			from council.meeting_body mb where mb.body_id = m.body_id and mb.meeting_id = m.id))) as bodies,
	coalesce((select json_agg(distinct a.person_id) from council.attendance a
		where a.body_id = m.body_id and a.meeting_id = m.id and a.voting and a.status in ('present', 'remote')
		and oparl.knows_person(a.body_id, a.person_id)), '[]') as participants,
	coalesce((select json_agg(line) from (select i.id, i.number, i.public,
		case when i.public then i.title else i.neutral_title end as name, case when i.public then i.result end as result,
		case when i.public and m.taken_from is not null then i.result_note end as said,
		(select string_agg(r.text, E'\n\n' order by r.number, r.id) from council.resolution r
			where r.body_id = i.body_id and r.agenda_item_id = i.id and i.public) as resolution,
		i.opened_at as opened, i.closed_at as closed,
		(select c.id from papers.consultation c join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id
			where c.body_id = i.body_id and c.agenda_item_id = i.id and i.public and c.public and c.role <> 'approval'
			and p.state <> 'draft' and p.public and p.published_at is not null and p.depublished_at is null
			order by c.id limit 1) as consultation,
		coalesce((select json_agg(json_build_object('yes', vo.yes, 'no', vo.no, 'abstain', vo.abstain, 'method', vo.method,
			'adopted', vo.adopted) order by vo.position) from council.vote vo
			where vo.body_id = i.body_id and vo.agenda_item_id = i.id and i.public and vo.state = 'closed'), '[]') as votes
		from council.agenda_item i where i.body_id = m.body_id and i.meeting_id = m.id and not i.removed
		order by i.position) line), '[]') as items,
	coalesce((select json_agg(line) from (select mf.id, mf.kind, mf.title, mf.agenda_item_id as "itemId", kf.id as "fileId", kf.name,
		kf.media_type as "mediaType", kf.size, kf.sha512, kf.created_at as created
		from council.meeting_file mf join kernel.file kf on kf.body_id = mf.body_id and kf.id = mf.file_id
		left join council.agenda_item fi on fi.body_id = mf.body_id and fi.id = mf.agenda_item_id
		where mf.body_id = m.body_id and mf.meeting_id = m.id and mf.public and coalesce(fi.public and not fi.removed, true)
		order by mf.position, mf.title, mf.id) line), '[]') as files,
	m.taken_from -> 'files' as elsewhere
	from council.meeting m where m.body_id = kernel.current_body() and m.id = ${id} and m.public and m.published) v`;
