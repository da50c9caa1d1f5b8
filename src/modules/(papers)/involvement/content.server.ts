import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { ask, question, type Question } from '#kernel/db/questions.ts';
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
export async function contentOf(ctx: Pick<Ctx, 'db' | 'body'>, matterId: string): Promise<Content | null> {
	return (await contentsOf(ctx, [matterId])).get(matterId) ?? null;
}

/** The same for several matters, by their ids; those without anything to read are missing. One query. */
export async function contentsOf(
	ctx: Pick<Ctx, 'db' | 'body'>,
	matterIds: readonly string[],
): Promise<Map<string, Content>> {
	if (!matterIds.length) return new Map();
	return ask(ctx, contentsAsked(ctx, sql<boolean>`m.id = any (${matterIds}::uuid[])`));
}

/** The contents of the matters `m` that a condition names, to be asked with more. */
export function contentsAsked({ body }: Pick<Ctx, 'body'>, where: RawBuilder<boolean>): Question<Map<string, Content>> {
	const select = sql<ContentRow>`select m.id, p.title, p.operative, p.reasons, f.file_id as "fileId", k.sha512 from papers.matter m
		left join papers.paper p on p.body_id = m.body_id and p.id = m.paper_id
		left join lateral (select x.file_id from papers.matter_file x where x.body_id = m.body_id and x.matter_id = m.id
			order by x.added_at desc, x.id desc limit 1) f on true
		left join kernel.file k on k.body_id = m.body_id and k.id = f.file_id
		where m.body_id = ${body.id} and ${where}`;
	return question(select, contentsIn);
}

interface ContentRow {
	id: string;
	title: string | null;
	operative: TextDocument;
	reasons: TextDocument;
	fileId: string | null;
	sha512: string;
}

function contentsIn(rows: ContentRow[]): Map<string, Content> {
	const found = new Map<string, Content>();
	for (const { id, title, operative, reasons, fileId, sha512 } of rows) {
		if (title != null) {
			const text = { title, operative, reasons };
			found.set(id, { hash: paperHash(text), text, fileId: null });
		} else if (fileId) found.set(id, { hash: sha512, text: null, fileId });
	}
	return found;
}
