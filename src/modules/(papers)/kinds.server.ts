import { sql } from 'kysely';
import { controlKinds } from './duties/control/kinds.server.ts';
import { dutyKinds } from './duties/kinds.server.ts';
import type { KindDeclaration } from '#kernel/module.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { statementKinds } from './statement/kinds.server.ts';
import { involvementKinds } from './involvement/kinds.server.ts';

/** Who may know of papers, and what can be found of them. Drafts and closed papers tell nobody and are found by nobody. */
export const kinds: Record<string, KindDeclaration> = {
	...statementKinds,
	// types and numbering are the town's own business: nobody is told of a change but the audit log
	'papers.paper_type': { audience: async () => 'none' },
	'papers.paper': {
		label: 'papers_nav',
		audience: async (db, id) => (await paperRow(db, id))?.audience ?? 'none',
		searchDocument: async (db, id) => {
			const row = await paperRow(db, id);
			if (!row?.reference || row.audience !== 'public') return null;
			return {
				kind: 'papers.paper',
				id,
				audience: row.audience,
				language: 'de',
				title: row.title,
				keywords: [row.reference, row.type, ...row.originators],
				body: [row.long_title, toPlainText(row.operative), toPlainText(row.reasons)].join('\n\n'),
				href: `/vorlagen/${row.slug}`,
				date: row.date,
				facets: { year: String(row.date?.year ?? ''), type: row.type },
			};
		},
	},
	...involvementKinds,
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
}

async function paperRow(db: Parameters<KindDeclaration['audience']>[0], id: string): Promise<PaperRow | undefined> {
	const { rows } = await sql<PaperRow>`select case when p.state <> 'draft' and p.public and p.published_at is not null
			and p.depublished_at is null then 'public' else 'office' end as audience,
		p.slug, p.reference, t.name as type, p.title, p.long_title, p.operative, p.reasons, p.date,
		coalesce((select json_agg(o.name order by r.position) from papers.originator r
			join registry.organisation o on o.body_id = r.body_id and o.id = r.organisation_id
			where r.body_id = p.body_id and r.paper_id = p.id), '[]') as originators
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = kernel.current_body() and p.id = ${id}`.execute(db);
	return rows[0];
}
