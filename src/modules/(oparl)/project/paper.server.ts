import { sql } from 'kysely';
import type { Db } from '#kernel/db/scope.ts';
import type { FileElsewhere } from '#kernel/taken-from.ts';
import type { papersOfOthers } from '#server/papers';
import { told } from './deep.ts';
import { dutiesOf } from './duty.ts';
import { placeElsewhere } from './district.server.ts';
import { elsewhereNode, fileNode, type FileSource } from './file.ts';
import { faceOf, madeFiles, type Faces, type MadeSource } from './made.ts';
import { DUTY, MADE } from './meeting-source.server.ts';
import { known } from './known.ts';
import { linkTo, linksTo, pageAt, plain, type Node } from './node.ts';
import { OUTCOMES } from './result-words.ts';

interface Source {
	id: string;
	slug: string;
	reference: string;
	name: string;
	type: string;
	date: string | null;
	filed: string | null;
	department: string | null;
	superordinated: string | null;
	subordinated: string[];
	related: string[];
	organisations: string[];
	persons: string[];
	topics: string[];
	/** Districts it concerns; none: the whole town. */
	districts: { id: string; name: string }[];
	stations: {
		id: string;
		role: string;
		authoritative: boolean;
		meeting: string | null;
		item: string | null;
		organisations: string[];
		state: string;
		plannedOn: string | null;
		happenedOn: string | null;
		result: string | null;
		resultText: string;
		votes: papersOfOthers.TakenStation['votes'];
	}[];
	duties: unknown[];
	addressee: string | null;
	withdrawn: boolean;
	files: (FileSource & { kind: string })[];
	/** Of a paper that was taken over: files that lie there. */
	elsewhere: FileElsewhere[] | null;
	/** Written here: its document is made here. */
	own: boolean;
	/** Checksum of its newest version. */
	version: string | null;
	made: MadeSource[];
}

/** Roles of a station as councils call them (rulebook R3-13). */
const ROLES: Record<string, string> = {
	approval: 'Genehmigung',
	hearing: 'Anhörung',
	advisory: 'Vorberatung',
	information: 'Kenntnisnahme',
	deciding: 'Entscheidung',
};

/** Papers as strangers may know them, by id; those that are not public are not in it. One query. */
export async function paperNodes(db: Db, ids: readonly string[]): Promise<Map<string, Node[]>> {
	const { rows } = await SOURCE(ids).execute(db);
	return new Map(rows.map(({ source }) => [source.id, nodesOf(source)]));
}

/** Documents that strangers may have of a paper; null for one that they may not know of. One query. */
export async function paperFaces(db: Db, id: string): Promise<{ slug: string; faces: Faces } | null> {
	const { rows } = await SOURCE([id]).execute(db);
	const source = rows[0]?.source;
	return source ? { slug: source.slug, faces: facesOf(source) } : null;
}

/** The paper itself, where no file of it was hung on as the main one; a paper that was taken over has its original. */
function facesOf(source: Source): Faces {
	if (!source.own || source.files.some(({ kind }) => kind === 'main')) return new Map();
	const { name, reference, type, date, department, addressee, withdrawn, organisations, persons, version, districts } =
		source;
	const annexes = source.files.map(({ id, title }) => [id, title]);
	const head = [name, reference, type, date, department, addressee, withdrawn, organisations, persons];
	// only where there are any: a document without stays the same
	if (districts.length) head.push(districts.map(({ name }) => name));
	return new Map([['paper', faceOf([head, version, source.stations, annexes])]]);
}

/** A paper with its public stations and files (rulebook R3-22). */
function nodesOf(source: Source): Node[] {
	const here = source.files.map((file) => ({ kind: file.kind, node: fileNode(file, { paper: [source.id] }) }));
	const there = (source.elsewhere ?? []).map((file) => ({
		kind: file.kind,
		node: elsewhereNode(file, { paper: [source.id] }),
	}));
	const files = [...here, ...there];
	const made = madeFiles(facesOf(source), source.made, () => ({ paper: [source.id] }));
	return [
		{
			type: 'Paper',
			id: source.id,
			created: source.filed ? Temporal.Instant.from(source.filed) : null,
			documents: made.documents,
			properties: {
				name: plain(source.name),
				reference: source.reference,
				date: source.date ?? undefined,
				paperType: source.type,
				keyword: source.topics.length ? source.topics : undefined,
				relatedPaper: linksTo('Paper', source.related),
				superordinatedPaper: source.superordinated ? [linkTo('Paper', source.superordinated)] : undefined,
				subordinatedPaper: linksTo('Paper', source.subordinated),
				originatorPerson: linksTo('Person', source.persons),
				originatorOrganization: linksTo('Organization', source.organisations),
				underDirectionOf: source.department ? [linkTo('Organization', source.department)] : undefined,
				web: pageAt(`/vorlagen/${source.slug}`),
				'mitrat:addressee': source.addressee ? linkTo('Organization', source.addressee) : undefined,
				'mitrat:withdrawn': source.withdrawn || undefined,
				'mitrat:reportingDuty': told(dutiesOf(source.duties)),
			},
			inside: {
				mainFile: files.find(({ kind }) => kind === 'main')?.node ?? made.files.get('paper') ?? null,
				auxiliaryFile: files.filter(({ kind }) => kind !== 'main').map(({ node }) => node),
				location: source.districts.map(({ id }) => placeElsewhere(id)),
				consultation: source.stations.map((station) => stationNode(source.id, station)),
			},
		},
	];
}

function stationNode(paper: string, station: Source['stations'][number]): Node {
	const { id, item, meeting, organisations, votes } = station;
	const figures = votes.map(({ organisationId, ...vote }) => ({
		...vote,
		organization: organisationId ? linkTo('Organization', organisationId) : undefined,
	}));
	return {
		type: 'Consultation',
		id,
		created: null,
		organisations,
		properties: {
			paper: linkTo('Paper', paper),
			agendaItem: item ? linkTo('AgendaItem', item) : undefined,
			meeting: meeting ? linkTo('Meeting', meeting) : undefined,
			organization: linksTo('Organization', organisations),
			authoritative: station.authoritative,
			role: ROLES[station.role],
			'mitrat:plannedOn': station.plannedOn,
			'mitrat:heldOn': station.happenedOn,
			'mitrat:skipped': station.state === 'skipped' || undefined,
			'mitrat:result': station.result ? (OUTCOMES[station.result] ?? station.result) : undefined,
			'mitrat:resultNote': plain(station.resultText),
			'mitrat:stationVote': told(figures),
		},
	};
}

const SEEN = (alias: string) =>
	sql.raw(
		`(${alias}.state <> 'draft' and ${alias}.public and ${alias}.published_at is not null and ${alias}.depublished_at is null)`,
	);

const SOURCE = (ids: readonly string[]) => sql<{ source: Source }>`
select row_to_json(v) as source from (select p.id, p.slug, p.reference, coalesce(nullif(p.long_title, ''), p.title) as name,
	t.name as type, p.date, p.filed_at as filed,
	case when ${known('organisation', 'p.body_id', 'p.under_direction_of_id')} then p.under_direction_of_id end as department,
	(select s.id from papers.paper s where s.body_id = p.body_id and s.id = p.superordinated_id and ${SEEN('s')}) as superordinated,
	coalesce((select json_agg(s.id order by s.number, s.id) from papers.paper s
		where s.body_id = p.body_id and s.superordinated_id = p.id and ${SEEN('s')}), '[]') as subordinated,
	coalesce((select json_agg(distinct s.id) from (
			select r.to_paper_id as id from papers.paper_relation r
				where r.body_id = p.body_id and r.from_paper_id = p.id and r.state = 'confirmed'
			union all select r.from_paper_id from papers.paper_relation r
				where r.body_id = p.body_id and r.to_paper_id = p.id and r.state = 'confirmed') r
		join papers.paper s on s.body_id = p.body_id and s.id = r.id where ${SEEN('s')}), '[]') as related,
	coalesce((select json_agg(o.organisation_id order by o.position) from papers.originator o where o.body_id = p.body_id
		and o.paper_id = p.id and o.kind = 'originator' and o.left_on is null and ${known('organisation', 'p.body_id', 'o.organisation_id')}), '[]') as organisations,
	coalesce((select json_agg(o.person_id order by o.position) from papers.originator o where o.body_id = p.body_id
		and o.paper_id = p.id and o.kind = 'originator' and o.left_on is null and ${known('person', 'p.body_id', 'o.person_id')}), '[]') as persons,
	coalesce((select json_agg(tp.name order by tp.name) from papers.paper_topic pt join registry.topic tp on tp.body_id = pt.body_id
		and tp.id = pt.topic_id where pt.body_id = p.body_id and pt.paper_id = p.id), '[]') as topics,
	coalesce((select json_agg(json_build_object('id', di.id, 'name', di.name) order by di.position, di.name) from papers.paper_district pd join papers.district di on di.body_id = pd.body_id
		and di.id = pd.district_id where pd.body_id = p.body_id and pd.paper_id = p.id), '[]') as districts,
	coalesce((select json_agg(line) from (select c.id, c.role, c.authoritative, c.state, c.happened_on as "happenedOn", c.result,
		c.result_text as "resultText",
		-- a day that comes from a session which is not published yet is nobody's business
		case when exists (select from council.agenda_item i join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
			where i.body_id = c.body_id and i.id = c.agenda_item_id and not i.removed and not (m.public and m.published))
			then null else c.planned_on end as "plannedOn",
		coalesce((select json_agg(jsonb_set(vo, '{organisationId}', case when ${known('organisation', 'c.body_id', "(vo ->> 'organisationId')::uuid")}
			then vo -> 'organisationId' else 'null'::jsonb end)) from jsonb_array_elements(c.votes) vo), '[]') as votes,
		(select m.id from council.meeting m where m.body_id = c.body_id and m.id = c.meeting_id and m.public and m.published) as meeting,
		(select i.id from council.agenda_item i join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
			where i.body_id = c.body_id and i.id = c.agenda_item_id and i.public and not i.removed and m.public and m.published) as item,
		coalesce((select json_agg(cb.organisation_id order by cb.position) from papers.consultation_body cb
			where cb.body_id = c.body_id and cb.consultation_id = c.id and ${known('organisation', 'p.body_id', 'cb.organisation_id')}), '[]') as organisations
		from papers.consultation c where c.body_id = p.body_id and c.paper_id = p.id and c.public and c.role <> 'approval'
		-- the strictest of paper, station and item wins (rulebook R3-22)
		and not exists (select from council.agenda_item ci where ci.body_id = c.body_id and ci.id = c.agenda_item_id and not ci.public)
		order by c.step, c.position, c.id) line), '[]') as stations,
	coalesce((select json_agg(${DUTY} order by d.id) from papers.report_duty d where d.body_id = p.body_id and d.paper_id = p.id and d.public
		and (d.resolution_id is null or exists (select from council.resolution s
			join council.agenda_item i on i.body_id = s.body_id and i.id = s.agenda_item_id
			join council.meeting t on t.body_id = i.body_id and t.id = i.meeting_id
			where s.body_id = d.body_id and s.id = d.resolution_id and i.public and t.public and t.published))), '[]') as duties,
	case when ${known('organisation', 'p.body_id', 'p.addressee_id')} then p.addressee_id end as addressee, p.state = 'withdrawn' as withdrawn,
	coalesce((select json_agg(line) from (select pf.id, pf.kind, pf.title, kf.id as "fileId", kf.name, kf.media_type as "mediaType",
		kf.size, kf.sha512, kf.created_at as created from papers.paper_file pf
		join kernel.file kf on kf.body_id = pf.body_id and kf.id = pf.file_id
		where pf.body_id = p.body_id and pf.paper_id = p.id and pf.public order by pf.position, pf.title, pf.id) line), '[]') as files,
	p.taken_from -> 'files' as elsewhere, p.taken_from is null and not p.taken_over as own, ${MADE(sql`p.body_id`, sql`p.id`)} as made,
	(select v.hash from papers.paper_version v where v.body_id = p.body_id and v.paper_id = p.id order by v.number desc limit 1) as version
	from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
	where p.body_id = kernel.current_body() and p.id = any (${ids}::uuid[]) and ${SEEN('p')}) v`;
