import { UserError } from '#kernel/errors.ts';
import { limitsWith } from '#kernel/files/limits.ts';
import { UnreadableFile } from '#kernel/files/unreadable.ts';
import { openZip } from '#kernel/files/zip.ts';
import { sha512 } from './hash.server.ts';
import { findings, MANIFEST, type Finding, type Manifest } from './rules/archive.ts';

export interface ArchiveReport {
	ok: boolean;
	town: string;
	body: string;
	term: string;
	sessions: number;
	files: number;
	problems: Finding[];
}

const GB = 1024 * 1024 * 1024;

/**
 * Reads an exported term again and computes every checksum anew. Needs no database: an archive is checked wherever it lies.
 * @throws UserError when the file is no such archive
 */
export async function verifyArchive(bytes: Uint8Array): Promise<ArchiveReport> {
	const zip = await openZip(bytes, limitsWith({ fileBytes: 4 * GB, unpackedBytes: 8 * GB })).catch((error: unknown) => {
		if (error instanceof UnreadableFile) throw notAnArchive(error);
		throw error;
	});
	const hashes = new Map<string, string>();
	const damaged: Finding[] = [];
	let manifest: Manifest | undefined;
	for (const path of zip.names) {
		const data = await zip.read(path).catch(() => null);
		if (!data) damaged.push({ path, what: 'changed' });
		else hashes.set(path, sha512(data));
		if (path === MANIFEST && data) manifest = readManifest(data);
	}
	if (!manifest) throw notAnArchive();
	const known = new Set(damaged.map(({ path }) => path));
	const problems = [...damaged, ...findings(manifest, hashes).filter(({ path }) => !known.has(path))];
	const { town, body, term, sessions, files } = manifest;
	return { ok: problems.length === 0, town, body, term, sessions: sessions.length, files: files.length, problems };
}

function readManifest(data: Buffer): Manifest {
	try {
		const manifest = JSON.parse(data.toString()) as Manifest;
		if (manifest.format === 'mitrat-archive' && manifest.version === 1 && Array.isArray(manifest.files))
			return manifest;
	} catch (cause) {
		throw notAnArchive(cause);
	}
	throw notAnArchive();
}

function notAnArchive(cause?: unknown): UserError {
	return new UserError(
		'Das ist kein Archiv einer Wahlperiode, wie Mitrat es ausgibt (manifest.json fehlt oder passt nicht).',
		{ cause },
	);
}
