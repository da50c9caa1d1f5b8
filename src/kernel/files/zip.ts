import { createInflateRaw } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import type { Limits } from './limits.ts';
import { UnreadableFile } from './unreadable.ts';

/** A zip container that gives single parts, counting what it unpacks. */
export type ZipParts = {
	names: ReadonlySet<string>;
	/** The unpacked bytes of a part, or null when there is none of that name. */
	read(name: string): Promise<Buffer | null>;
};

const MAX_ENTRIES = 20_000;

/**
 * Opens a zip container held in memory. Only parts that are asked for are unpacked; sizes declared in the container
 * are used to refuse early and never to trust.
 * @throws UnreadableFile `damaged`, `encrypted`, `unpacked-too-large`
 */
export async function openZip(bytes: Uint8Array, limits: Limits): Promise<ZipParts> {
	const zip = await asDamaged(() =>
		fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { validateEntrySizes: false }),
	);
	const entries = await directory(zip, limits);
	const budget = { packed: bytes.byteLength, unpacked: 0 };
	return {
		names: new Set(entries.keys()),
		async read(name) {
			const entry = entries.get(name);
			if (!entry) return null;
			if (entry.isEncrypted()) throw new UnreadableFile('encrypted');
			return asDamaged(() => unpack(zip, entry, budget, limits));
		},
	};
}

async function directory(zip: ZipFile, limits: Limits): Promise<Map<string, Entry>> {
	const entries = new Map<string, Entry>();
	let declared = 0;
	if (zip.entryCount > MAX_ENTRIES) throw tooLarge(limits);
	await asDamaged(async () => {
		for await (const entry of zip.eachEntry()) {
			declared += entry.uncompressedSize;
			if (declared > limits.unpackedBytes) throw tooLarge(limits);
			if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
		}
	});
	return entries;
}

async function unpack(
	zip: ZipFile,
	entry: Entry,
	budget: { packed: number; unpacked: number },
	limits: Limits,
): Promise<Buffer> {
	const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
	if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
		throw new Error(`compression method ${entry.compressionMethod}`);
	}
	const stream = entry.compressionMethod === 8 ? packed.pipe(createInflateRaw()) : packed;
	packed.on('error', (error) => stream.destroy(error));
	const chunks: Buffer[] = [];
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		budget.unpacked += chunk.length;
		if (isBomb(budget, limits)) throw tooLarge(limits);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function isBomb(budget: { packed: number; unpacked: number }, limits: Limits): boolean {
	if (budget.unpacked > limits.unpackedBytes) return true;
	return budget.unpacked > limits.ratioFromBytes && budget.unpacked > budget.packed * limits.unpackedRatio;
}

function tooLarge(limits: Limits): UnreadableFile {
	return new UnreadableFile('unpacked-too-large', { limit: limits.unpackedBytes });
}

/** yauzl and zlib throw plain errors on broken containers. */
async function asDamaged<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof UnreadableFile) throw error;
		throw new UnreadableFile('damaged', {}, { cause: error });
	}
}
