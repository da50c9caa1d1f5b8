import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { paperHash } from '../paper/hash.server.ts';
import type { PaperText } from '../paper/versions.server.ts';

/** What people are asked about: the words of the paper, or, while there is none, the newest draft as a file. */
export interface Content {
	hash: string;
	text: PaperText | null;
	fileId: string | null;
}

/** The content of a matter as it is now; null where there is nothing to read yet. One query. */
export async function contentOf({ db, body }: Pick<Ctx, 'db' | 'body'>, matterId: string): Promise<Content | null> {
	const { rows } = await sql<{
		title: string | null;
		operative: TextDocument;
		reasons: TextDocument;
		fileId: string | null;
		sha512: string;
	}>`select p.title, p.operative, p.reasons, f.file_id as "fileId", k.sha512 from papers.matter m
		left join papers.paper p on p.body_id = m.body_id and p.id = m.paper_id
		left join lateral (select x.file_id from papers.matter_file x where x.body_id = m.body_id and x.matter_id = m.id
			order by x.added_at desc, x.id desc limit 1) f on true
		left join kernel.file k on k.body_id = m.body_id and k.id = f.file_id
		where m.body_id = ${body.id} and m.id = ${matterId}`.execute(db);
	const row = rows[0];
	if (row?.title != null) {
		const text = { title: row.title, operative: row.operative, reasons: row.reasons };
		return { hash: paperHash(text), text, fileId: null };
	}
	return row?.fileId ? { hash: row.sha512, text: null, fileId: row.fileId } : null;
}
