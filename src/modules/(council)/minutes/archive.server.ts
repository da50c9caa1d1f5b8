import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import { canonical } from '#kernel/audit/canonical.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { writeZip, type ZipEntry } from '#kernel/files/zip-write.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { sha512 } from './hash.server.ts';
import { typesetMinutes } from './output/render.server.ts';
import { minutesView } from './queries.server.ts';
import { archiveXml, CHECKSUMS, MANIFEST, type ArchivedSession, type Manifest } from './rules/archive.ts';
import { signaturesOf, type SignatureView } from './queries.server.ts';
import { versionsOf } from './store.server.ts';

export interface TermRow {
	id: string;
	name: string;
	from: string | null;
	until: string | null;
	sessions: number;
	/** Sessions whose minutes the body has not approved yet: they go along as they stand. */
	unapproved: number;
	exports: { fileId: string; madeAt: string; sha512: string; sessions: number }[];
}

/** Terms of a body with what can be handed to the archive, the newest first. One query. */
export async function termRows(ctx: Ctx, councilBodyId: string): Promise<TermRow[]> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	const { rows } = await sql<TermRow>`
		select t.id, t.name, t.from_date::text as from, t.until_date::text as until,
			(select count(*)::int from council.meeting m where m.body_id = t.body_id and m.council_body_id = t.council_body_id
				and ${inTerm} and not m.cancelled and m.state in ('held', 'minutesSigned', 'takenOver')) as sessions,
			(select count(*)::int from council.meeting m left join council.minutes_record r on r.body_id = m.body_id and r.meeting_id = m.id
				where m.body_id = t.body_id and m.council_body_id = t.council_body_id and ${inTerm} and not m.cancelled
				and m.state in ('held', 'minutesSigned') and coalesce(r.state, 'draft') not in ('approved', 'archived')) as unapproved,
			coalesce((select json_agg(json_build_object('fileId', a.file_id, 'madeAt', a.made_at, 'sha512', a.sha512, 'sessions', a.sessions)
				order by a.made_at desc) from council.minutes_archive a where a.body_id = t.body_id and a.term_id = t.id), '[]') as exports
		from council.term t where t.body_id = ${ctx.body.id} and t.council_body_id = ${councilBodyId} and t.from_date is not null
		order by t.from_date desc`.execute(ctx.db);
	return rows;
}

const inTerm = sql`m.date >= t.from_date and (t.until_date is null or m.date < t.until_date)`;

/**
 * Packs the minutes of a term for the archive (rulebook R8-20): for each session PDF/A-2a, every fixed version as canonical
 * data with its hash, signatures and dates, the attached files; besides metadata as JSON and XML, checksums, a manifest.
 * Approved minutes are archived by it. @returns the id of the stored file @throws RuleViolation for no such term of the body
 */
export async function exportTerm(ctx: Ctx, councilBodyId: string, termId: string, origin: string): Promise<string> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	const term = (await termRows(ctx, councilBodyId)).find(({ id }) => id === termId);
	if (!term) throw new RuleViolation('council.minutes.form', {}, 'term');
	const sessions = await sessionsOf(ctx, councilBodyId, term);
	const packed: { session: ArchivedSession; entries: ZipEntry[] }[] = [];
	for (const { slug } of sessions) packed.push(await packSession(ctx, slug, origin));
	const bytes = packTerm(ctx, term, packed);
	const { hash, size } = await fileStore().put(bytes);
	return write(ctx, (tx) => keepExport(tx, { councilBodyId, termId, hash, size, name: term.name, sessions }));
}

async function sessionsOf(ctx: Ctx, councilBodyId: string, term: TermRow): Promise<{ id: string; slug: string }[]> {
	const { rows } = await sql<{ id: string; slug: string }>`select m.id, m.slug from council.meeting m
		join council.term t on t.body_id = m.body_id and t.id = ${term.id}
		where m.body_id = ${ctx.body.id} and m.council_body_id = ${councilBodyId} and ${inTerm} and not m.cancelled
		and m.state in ('held', 'minutesSigned', 'takenOver') order by m.date, m.slug`.execute(ctx.db);
	return rows;
}

async function packSession(ctx: Ctx, slug: string, origin: string) {
	const view = await minutesView(ctx, slug);
	const folder = `sitzungen/${slug}`;
	const versions = view.id ? await versionsOf(ctx, view.id) : [];
	const signatures: Record<number, SignatureView[]> = {};
	for (const version of versions) signatures[version.number] = await signaturesOf(ctx, version.id);
	const entries: ZipEntry[] = [];
	if (view.content)
		entries.push({
			name: `${folder}/niederschrift.pdf`,
			data: await typesetMinutes(ctx, view, view.content, origin, 'a-2a'),
		});
	for (const version of versions)
		entries.push({ name: `${folder}/fassung-${version.number}.json`, data: canonical(version.content) });
	const files = await filesOf(ctx, slug);
	for (const file of files)
		entries.push({
			name: `${folder}/anlagen/${file.id.slice(0, 8)}-${file.name}`,
			data: await fileStore().read(file.sha512),
		});
	const session: ArchivedSession = {
		slug,
		title: view.title,
		body: view.content?.body ?? '',
		date: view.date,
		state: view.state,
		takenOver: view.sessionState === 'takenOver',
		public: view.content?.public ?? false,
		approvedPublicOn: view.approvedPublicOn,
		approvedClosedOn: view.approvedClosedOn,
		versions: versions.map(({ number, sha512: hash, reason, fixedAt }) => ({
			number,
			sha512: hash,
			reason,
			fixedAt,
			signatures: (signatures[number] ?? []).map(({ role, name, function: post, signedOn, method }) => ({
				role,
				name,
				function: post,
				signedOn,
				method,
			})),
		})),
		files: files.map(({ id, name, title, kind }) => ({
			path: `${folder}/anlagen/${id.slice(0, 8)}-${name}`,
			title,
			kind,
		})),
	};
	entries.push({ name: `${folder}/metadaten.json`, data: JSON.stringify(session, null, '\t') });
	return { session, entries };
}

async function filesOf(ctx: Ctx, slug: string) {
	const { rows } = await sql<{ id: string; name: string; title: string; kind: string; sha512: string }>`
		select f.id, regexp_replace(f.name, '[^[:alnum:]._-]', '_', 'g') as name, mf.title, mf.kind, f.sha512
		from council.meeting_file mf join council.meeting m on m.body_id = mf.body_id and m.id = mf.meeting_id
		join kernel.file f on f.body_id = mf.body_id and f.id = mf.file_id
		where mf.body_id = ${ctx.body.id} and m.slug = ${slug} order by mf.position, f.id`.execute(ctx.db);
	return rows;
}

function packTerm(ctx: Ctx, term: TermRow, packed: { session: ArchivedSession; entries: ZipEntry[] }[]): Uint8Array {
	const sessions = packed.map(({ session }) => session);
	const content = packed.flatMap(({ entries }) => entries);
	const about = {
		town: ctx.body.name,
		body: sessions[0]?.body ?? '',
		term: term.name,
		from: term.from,
		until: term.until,
	};
	content.push({ name: 'metadaten.xml', data: archiveXml(about, sessions) });
	const files = content.map(({ name, data }) => ({
		path: name,
		sha512: sha512(data),
		bytes: typeof data === 'string' ? Buffer.byteLength(data) : data.length,
	}));
	const manifest: Manifest = {
		format: 'mitrat-archive',
		version: 1,
		...about,
		madeAt: ctx.now.toString(),
		sessions,
		files,
	};
	return writeZip([
		{ name: MANIFEST, data: JSON.stringify(manifest, null, '\t') },
		// Also for `sha512sum --check`, where nobody has this program any more.
		{ name: CHECKSUMS, data: files.map(({ path, sha512: hash }) => `${hash}  ${path}\n`).join('') },
		...content,
	]);
}

interface Made {
	councilBodyId: string;
	termId: string;
	hash: string;
	size: number;
	name: string;
	sessions: { id: string }[];
}

async function keepExport(tx: WriteCtx, { councilBodyId, termId, hash, size, name, sessions }: Made): Promise<string> {
	const fileId = newId();
	const fileName = `archiv-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.zip`;
	await tx.db
		.insertInto('kernel.file')
		.values({ id: fileId, sha512: hash, size, media_type: 'application/zip', format: 'zip', name: fileName })
		.execute();
	const id = newId();
	await tx.db
		.insertInto('council.minutes_archive')
		.values({
			id,
			council_body_id: councilBodyId,
			term_id: termId,
			made_at: tx.now,
			sha512: hash,
			file_id: fileId,
			sessions: sessions.length,
		})
		.execute();
	await tx.db
		.updateTable('council.minutes_record')
		.set({ state: 'archived', archived_at: tx.now })
		.where('state', '=', 'approved')
		.where('meeting_id', 'in', sessions.length ? sessions.map((session) => session.id) : [id])
		.execute();
	tx.touch('council.councilBody', councilBodyId, { act: 'termArchived', fields: { term: termId, sha512: hash } });
	return fileId;
}
