import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import { districtsOf, type NamedDistrict } from '../districts/queries.server.ts';
import { involved, readable } from './sight.server.ts';
import { broughtIn, ownOrganisations } from './rights.server.ts';
import type { RelationKind } from './relations.server.ts';

/** A paper that this one is related to. `way`: this paper says it of the other one, or the other one of this. */
export interface RelationRow {
	id: string;
	way: 'to' | 'from';
	kind: RelationKind;
	state: 'offered' | 'confirmed' | 'declined';
	foundIn: string;
	/** Null where the other paper is not in the register. */
	slug: string | null;
	reference: string;
	title: string | null;
	date: string | null;
}

export interface OriginatorRow {
	id: string;
	kind: 'originator' | 'supporter';
	/** Group or body; null for a person alone. */
	organisation: string | null;
	/** Null also where the name is not for strangers. */
	person: string | null;
	leftOn: string | null;
	/** This actor may withdraw the signature. */
	own: boolean;
}

export interface PaperFileRow {
	id: string;
	/** Null where this reader may not load it. */
	fileId: string | null;
	kind: 'main' | 'annex' | 'original';
	/** Empty where this reader may not load it: a title tells as much as a text (rulebook R3-22). */
	title: string;
	format: string;
	size: number;
	public: boolean;
	closedReason: string;
}

/** What the page of a paper shows of this room besides the paper itself. */
export interface PaperSection {
	relations: RelationRow[];
	originators: OriginatorRow[];
	files: PaperFileRow[];
	topics: { id: string; name: string }[];
	districts: NamedDistrict[];
	/** The town keeps a list of districts: a paper without one concerns the whole town, unless it belongs to another paper. */
	byDistrict: boolean;
	versions: { number: number; note: string; fixedAt: string }[];
	/** Sessions whose agenda names it. */
	mentions: { slug: string; body: string; date: string; item: string; title: string }[];
	/** Groups and bodies for which this actor may sign. */
	mySides: { id: string; name: string }[];
	may: { edit: boolean; write: boolean; withdraw: boolean; support: boolean };
}

interface Facts {
	id: string;
	state: string;
	reference: string | null;
	/** What the program does with its type. */
	code: string;
	createdBy: string | null;
}

/** Papers of the administration are nobody's to support. */
export const OF_ADMINISTRATION: ReadonlySet<string> = new Set([
	'resolutionProposal',
	'administrationStatement',
	'information',
]);

type Row = Omit<PaperSection, 'may'> & { originator: boolean };

export function paperSection(ctx: Ctx, paper: Facts): Question<PaperSection> {
	const { actor } = ctx;
	const edit = may(actor, 'papers.edit');
	const person = actor.kind === 'person';
	const known = person || edit;
	const own = ownOrganisations(actor);
	const body = ctx.body.id;
	const inside = edit ? sql`true` : person ? involved(ctx) : sql`false`;
	const writer = edit || (person && paper.createdBy === actor.personId);
	const filed = paper.state === 'filed';
	const writes = may(actor, 'papers.write');
	const supports = filed && person && may(actor, 'papers.members') && !OF_ADMINISTRATION.has(paper.code);
	const select = sql<Row>`select
		coalesce((select json_agg(x order by x.way desc, x.date, x.reference) from (
			select r.id, 'to' as way, r.kind, r.state, r.found_in as "foundIn", p.slug,
				coalesce(p.reference, r.to_reference) as reference, p.title, p.date::text
			from papers.paper_relation r left join papers.paper p
				on p.body_id = r.body_id and p.id = r.to_paper_id and ${readable(ctx)}
			where r.body_id = ${body} and r.from_paper_id = ${paper.id} and (p.id is not null or r.to_paper_id is null)
			union all
			select r.id, 'from', r.kind, r.state, r.found_in, p.slug, p.reference, p.title, p.date::text
			from papers.paper_relation r join papers.paper p
				on p.body_id = r.body_id and p.id = r.from_paper_id and ${readable(ctx)}
			where r.body_id = ${body} and r.to_paper_id = ${paper.id} and r.state = 'confirmed' and p.state <> 'draft') x), '[]')
			as relations,
		coalesce((select json_agg(json_build_object('id', o.id, 'kind', o.kind, 'organisation', g.name,
				'person', case when ${known} or q.name_public then
					concat_ws(' ', nullif(q.affix, ''), nullif(q.given_name, ''), q.family_name) end,
				'leftOn', o.left_on::text, 'own', coalesce(o.person_id = ${actor.personId}::uuid, false)
					or coalesce(o.organisation_id = any (${own}::uuid[]), false) or ${edit}) order by o.kind, o.position, o.id)
			from papers.originator o
			left join registry.organisation g on g.body_id = o.body_id and g.id = o.organisation_id
			left join registry.person q on q.body_id = o.body_id and q.id = o.person_id
			where o.body_id = ${body} and o.paper_id = ${paper.id} and (g.id is not null or ${known} or q.name_public)), '[]')
			as originators,
		coalesce((select json_agg(json_build_object('id', f.id, 'kind', f.kind, 'title', case when f.public or ${inside} then f.title else '' end, 'format', k.format,
				'size', k.size, 'public', f.public, 'closedReason', f.closed_reason,
				'fileId', case when f.public or ${inside} then f.file_id end) order by f.position, f.id)
			from papers.paper_file f join kernel.file k on k.body_id = f.body_id and k.id = f.file_id
			join papers.paper p on p.body_id = f.body_id and p.id = f.paper_id
			where f.body_id = ${body} and f.paper_id = ${paper.id}), '[]') as files,
		coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name) from papers.paper_topic x
			join registry.topic t on t.body_id = x.body_id and t.id = x.topic_id
			where x.body_id = ${body} and x.paper_id = ${paper.id}), '[]') as topics,
		(select ${districtsOf} from papers.paper p where p.body_id = ${body} and p.id = ${paper.id}) as districts,
		${paper.code !== 'administrationStatement'} and exists (select from papers.district d
			where d.body_id = ${body} and d.removed_at is null) and not exists (select from papers.paper p
			where p.body_id = ${body} and p.id = ${paper.id} and p.superordinated_id is not null) as "byDistrict",
		coalesce((select json_agg(json_build_object('number', v.number, 'note', v.note, 'fixedAt', v.fixed_at)
			order by v.number desc) from papers.paper_version v where v.body_id = ${body} and v.paper_id = ${paper.id}), '[]')
			as versions,
		coalesce((select json_agg(distinct jsonb_build_object('slug', s.slug, 'body', b.name, 'date', s.date::text,
				'item', i.number, 'title', i.title)) from council.paper_mention pm
			join council.meeting s on s.body_id = pm.body_id and s.id = pm.meeting_id
			join registry.organisation b on b.body_id = s.body_id and b.id = s.council_body_id
			join council.agenda_item i on i.body_id = pm.body_id and i.id = pm.agenda_item_id
			where pm.body_id = ${body} and pm.reference = ${paper.reference} and s.public and s.published and i.public
			), '[]') as mentions,
		${filed && writes ? sidesOf(ctx, own) : sql`'[]'::json`} as "mySides",
		${filed && writes && !edit ? broughtIn(ctx, paper.id) : sql`false`} as originator`;
	return question(select, ([row]) => {
		const { originator, ...found } = row!;
		return {
			...found,
			relations: found.relations.filter(({ state, way }) => state === 'confirmed' || (way === 'to' && writer)),
			mentions: found.mentions.toSorted((a, b) => a.date.localeCompare(b.date)),
			may: { edit, write: writer, withdraw: filed && (edit || originator), support: supports },
		};
	});
}

/** Groups and bodies by their ids. */
const sidesOf = (ctx: Ctx, ids: string[]) => sql<
	PaperSection['mySides']
>`coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name) order by s.name) from registry.organisation s
	where s.body_id = ${ctx.body.id} and s.id = any (${ids}::uuid[])
	and s.organisation_type in ('group', 'committee', 'party', 'external')), '[]')`;
