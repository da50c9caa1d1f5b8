import { sql } from 'kysely';
import { controlKinds } from './duties/control/kinds.server.ts';
import { districtKinds } from './districts/kinds.server.ts';
import { dutyKinds } from './duties/kinds.server.ts';
import type { Db } from '#kernel/db/scope.ts';
import type { KindDeclaration } from '#kernel/module.ts';
import type { SearchDocument } from '#kernel/search/document.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { VISITOR } from '#kernel/access/actor.ts';
import { statementKinds } from './statement/kinds.server.ts';
import { involvementKinds } from './involvement/kinds.server.ts';
import { stationShown } from './way/queries.server.ts';

/** Who may know of papers, and what can be found of them. Drafts and closed papers tell nobody and are found by nobody. */
export const kinds: Record<string, KindDeclaration> = {
	...statementKinds,
	// types and numbering are the town's own business: nobody is told of a change but the audit log
	'papers.paper_type': { audience: async () => 'none' },
	'papers.paper': {
		label: 'papers_nav',
		audience: async (db, id) => (await paperRow(db, id))?.audience ?? 'none',
		audiences: async (db, ids) => new Map([...(await paperRows(db, ids))].map(([id, row]) => [id, row.audience])),
		searchDocument: async (db, id) => {
			const row = await paperRow(db, id);
			return row ? documentOf(id, row) : null;
		},
		searchDocuments: async (db, ids) => {
			const found = new Map<string, SearchDocument>();
			for (const [id, row] of await paperRows(db, ids)) {
				const document = documentOf(id, row);
				if (document) found.set(id, document);
			}
			return found;
		},
	},
	...involvementKinds,
	...districtKinds,
	...dutyKinds,
	...controlKinds,
};

interface PaperRow {
	audience: 'public' | 'office';
	slug: string;
	reference: string | null;
	type: string;
	title: string;
	long_title: string;
	operative: TextDocument;
	reasons: TextDocument;
	date: Temporal.PlainDate | null;
	originators: string[];
	topics: string[];
	districts: string[];
	/** Council bodies that brought it in or stand on its public way. */
	bodies: string[];
	/** What the deciding station said, once it has. */
	result: string | null;
	/** Public annexes, with the words in them. */
	files: { title: string; text: string }[];
}

/** What is found of a paper; null for what is not public. */
function documentOf(id: string, row: PaperRow): SearchDocument | null {
	if (!row.reference || row.audience !== 'public') return null;
	return {
		kind: 'papers.paper',
		id,
		audience: row.audience,
		language: 'de',
		title: row.title,
		keywords: [row.reference, row.type, ...row.originators, ...row.topics, ...row.districts],
		body: [
			row.long_title,
			toPlainText(row.operative),
			toPlainText(row.reasons),
			...row.files.map(({ title, text }) => `${title}\n${text}`),
		].join('\n\n'),
		href: `/vorlagen/${row.slug}`,
		date: row.date,
		facets: { type: row.type, topic: row.topics, district: row.districts, body: row.bodies, result: row.result ?? [] },
	};
}

async function paperRow(db: Db, id: string): Promise<PaperRow | undefined> {
	return (await paperRows(db, [id])).get(id);
}

/** By id. One query. */
async function paperRows(db: Db, ids: readonly string[]): Promise<Map<string, PaperRow>> {
	const { rows } = await sql<
		PaperRow & { id: string }
	>`select p.id, case when p.state <> 'draft' and p.public and p.published_at is not null
			and p.depublished_at is null then 'public' else 'office' end as audience,
		p.slug, p.reference, t.name as type, p.title, p.long_title, p.operative, p.reasons, p.date,
		coalesce((select json_agg(o.name order by r.position) from papers.originator r
			join registry.organisation o on o.body_id = r.body_id and o.id = r.organisation_id
			where r.body_id = p.body_id and r.paper_id = p.id), '[]') as originators,
		coalesce((select json_agg(t.name order by t.name) from papers.paper_topic x join registry.topic t
			on t.body_id = x.body_id and t.id = x.topic_id where x.body_id = p.body_id and x.paper_id = p.id), '[]') as topics,
		coalesce((select json_agg(d.name order by d.position, d.name) from papers.paper_district x join papers.district d
			on d.body_id = x.body_id and d.id = x.district_id where x.body_id = p.body_id and x.paper_id = p.id), '[]') as districts,
		coalesce((select json_agg(o.name order by o.name) from council.council_body b
			join registry.organisation o on o.body_id = b.body_id and o.id = b.id
			where b.body_id = p.body_id and b.visibility = 'public' and (exists (select from papers.originator r
				where r.body_id = p.body_id and r.paper_id = p.id and r.organisation_id = b.id)
			or exists (select from papers.consultation c join papers.consultation_body k
				on k.body_id = c.body_id and k.consultation_id = c.id
				where c.body_id = p.body_id and c.paper_id = p.id and k.organisation_id = b.id
				and ${stationShown({ actor: VISITOR })}))), '[]') as bodies,
		(select c.result from papers.consultation c where c.body_id = p.body_id and c.paper_id = p.id and c.role = 'deciding'
			and c.state = 'done' and c.result in ('adopted', 'adoptedChanged', 'rejected', 'settled', 'withdrawn')
			and ${stationShown({ actor: VISITOR })} order by c.step desc, c.id limit 1) as result,
		coalesce((select json_agg(json_build_object('title', f.title, 'text', f.text) order by f.position, f.id)
			from papers.paper_file f where f.body_id = p.body_id and f.paper_id = p.id and f.public), '[]') as files
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = kernel.current_body() and p.id = any (${ids}::uuid[])`.execute(db);
	return new Map(rows.map(({ id, ...row }) => [id, row]));
}
