/** Rows on their way through: counted, summed, packed. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, type Gzip } from 'node:zlib';
import type pg from 'pg';
import { copyOut } from './copy.ts';
import type { Question } from './reading.ts';

export interface Sum {
	rows: number;
	bytes: number;
	sha256: string;
}

/** Asks and only counts and sums: to compare two databases. */
export function sumOf(client: pg.ClientBase, question: Question): Promise<Sum> {
	return ask(client, question, () => undefined);
}

/**
 * Asks and writes the answer to a file. A table without rows makes no file.
 * @throws the file system's error
 */
export async function writeTo(file: string, client: pg.ClientBase, question: Question): Promise<Sum> {
	await mkdir(dirname(file), { recursive: true, mode: 0o700 });
	let packing: Packing | undefined;
	const sum = await ask(client, question, (chunk) => {
		packing ??= startPacking(file);
		return packing.gzip.write(chunk) ? undefined : drained(packing);
	});
	packing?.gzip.end();
	await packing?.written;
	return sum;
}

interface Packing {
	gzip: Gzip;
	written: Promise<void>;
	/** Pieces that were under way when it became full wait for the same emptying. */
	emptying?: Promise<void>;
}

function startPacking(file: string): Packing {
	const gzip = createGzip();
	const written = pipeline(gzip, createWriteStream(file, { mode: 0o600, flush: true }));
	// Awaited later; until then a full disk must not end the process.
	written.catch(() => undefined);
	return { gzip, written };
}

/** @throws the file system's error when the file cannot take more */
function drained(packing: Packing): Promise<void> {
	const drain = () => new Promise<void>((resolve) => packing.gzip.once('drain', resolve));
	packing.emptying ??= Promise.race([drain(), packing.written]).finally(() => (packing.emptying = undefined));
	return packing.emptying;
}

async function ask(
	client: pg.ClientBase,
	{ select }: Question,
	take: (chunk: Buffer) => Promise<void> | undefined,
): Promise<Sum> {
	const hash = createHash('sha256');
	let bytes = 0;
	const rows = await copyOut(client, `copy (${select}) to stdout`, (chunk) => {
		hash.update(chunk);
		bytes += chunk.length;
		return take(chunk);
	});
	return { rows, bytes, sha256: hash.digest('hex') };
}

/** What a packed file of a backup holds, in pieces. */
export function unpacked(file: string): AsyncIterable<Buffer> {
	const source = createReadStream(file);
	const gunzip = createGunzip();
	source.on('error', (error) => gunzip.destroy(error));
	return source.pipe(gunzip);
}

/** @throws when the file cannot be read or unpacked */
export async function sumOfFile(file: string): Promise<Omit<Sum, 'rows'>> {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const chunk of unpacked(file)) {
		hash.update(chunk);
		bytes += chunk.length;
	}
	return { bytes, sha256: hash.digest('hex') };
}

export async function flushFolder(folder: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(folder);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
