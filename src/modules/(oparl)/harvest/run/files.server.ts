import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { detectFormat } from '#kernel/files/detect.ts';
import { DEFAULT_LIMITS } from '#kernel/files/limits.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { isId, newId } from '#kernel/ids.ts';
import type { FileElsewhere } from '#kernel/taken-from.ts';
import { write } from '#kernel/write.ts';
import { sessionsOfOthers } from '#server/council';
import { papersOfOthers } from '#server/papers';
import type { Source } from '../client/source.ts';
import { countOf, keepProgress, type Reading } from './reading.server.ts';

interface Fetcher {
	ctx: Ctx;
	source: Source;
	reading: Reading;
	signal: AbortSignal;
	say: (line: string) => void;
}

interface Linked {
	of: 'meeting' | 'paper';
	recordId: string;
	file: FileElsewhere;
	/** Id at the source. */
	foreignId: string;
	position: number;
	isDumped: boolean;
}

const SLICE = 20;

/** Fetches the bytes of files that are only linked so far; what is not there stays a link. */
export async function fetchFiles(fetcher: Fetcher): Promise<void> {
	for (let after = '', slice = await linked(fetcher, after); slice.length; slice = await linked(fetcher, after)) {
		after = slice.at(-1)!.file.id;
		for (const one of slice) {
			fetcher.signal.throwIfAborted();
			await fetchOne(fetcher, one);
		}
		fetcher.say(`File ${countOf(fetcher.reading, 'Content').kept}`);
		await write(fetcher.ctx, (tx) => keepProgress(tx, fetcher.reading));
	}
}

async function linked({ ctx, reading }: Fetcher, after: string): Promise<Linked[]> {
	const { rows } =
		await sql<Linked>`select l.of, l.id as "recordId", l.file, f.foreign_id as "foreignId", (l.nth - 1)::int as position,
			(select s.kind = 'dump' from oparl.source s where s.body_id = f.body_id and s.id = f.source_id) as "isDumped"
		from oparl.foreign_object f join (
			select 'meeting' as of, m.body_id, m.id, e.file, e.nth from council.meeting m,
				jsonb_array_elements(m.taken_from -> 'files') with ordinality as e (file, nth) where m.body_id = ${ctx.body.id}
			union all select 'paper', p.body_id, p.id, e.file, e.nth from papers.paper p,
				jsonb_array_elements(p.taken_from -> 'files') with ordinality as e (file, nth) where p.body_id = ${ctx.body.id}
		) l on l.body_id = f.body_id and (l.file ->> 'id')::uuid = f.local_id
		where f.body_id = ${ctx.body.id} and f.source_id = ${reading.sourceId} and f.kind = 'File' and not f.deleted
		and f.local_id::text > ${after} order by f.local_id limit ${SLICE}`.execute(ctx.db);
	return rows;
}

async function fetchOne(fetcher: Fetcher, one: Linked): Promise<void> {
	const { reading, source, ctx } = fetcher;
	const bytes = await source.content({ id: one.foreignId, address: one.file.url }).catch(() => null);
	if (!bytes || !bytes.length) return reading.findings.add('File', 'notFound', one.file.url);
	if (bytes.length > DEFAULT_LIMITS.fileBytes) return reading.findings.add('File', 'tooLarge', one.file.url);
	const { hash, size } = await fileStore().put(bytes);
	const format = detectFormat(bytes, one.file.name);
	await write(ctx, async (tx) => {
		const fileId = (await keptId(tx, one, hash)) ?? newId();
		await tx.db
			.insertInto('kernel.file')
			.values({
				id: fileId,
				sha512: hash,
				size,
				media_type: format.mediaType,
				format: format.format,
				name: one.file.name.replace(/^.*[\\/]/, '').slice(0, 200) || 'datei',
				created_at: Temporal.Instant.from(one.file.created),
			})
			.onConflict((conflict) => conflict.columns(['body_id', 'id']).doNothing())
			.execute();
		const { id, title, kind } = one.file;
		const row = { id, title, kind, fileId, position: one.position };
		if (one.of === 'meeting') {
			await sessionsOfOthers.takeOverSessionFiles(tx, [
				{ ...row, meetingId: one.recordId, itemId: one.file.itemId ?? null },
			]);
			await sessionsOfOthers.unlinkSessionFile(tx, one.recordId, id);
		} else {
			const paperKind = kind === 'main' ? ('main' as const) : ('annex' as const);
			await papersOfOthers.takeOverPaperFiles(tx, [{ ...row, kind: paperKind, paperId: one.recordId }]);
			await papersOfOthers.unlinkPaperFile(tx, one.recordId, id);
		}
	});
	countOf(reading, 'Content').kept++;
}

/** Of a dump: the id that the stored file had, where it is free, or these very bytes under it. Files are shown under it. */
async function keptId(tx: WriteCtx, { file, isDumped }: Linked, hash: string): Promise<string | null> {
	const id = /\/dateien\/([0-9a-f-]{36})$/.exec(file.url)?.[1];
	if (!isDumped || !isId(id)) return null;
	const there = await tx.db.selectFrom('kernel.file').select('sha512').where('id', '=', id).executeTakeFirst();
	return !there || there.sha512 === hash ? id : null;
}
