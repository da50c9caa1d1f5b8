/** How many old documents one process reads in a second. */
import { Buffer } from 'node:buffer';
import { extractText } from '#kernel/files/extract.ts';
import { closeReaders } from '#kernel/files/reader-pool.ts';
import { loadFixtures } from '../../src/modules/(import)/fixtures/load.ts';
import { readDocument } from '../../src/modules/(import)/reading/read.ts';
import { understand } from '../../src/modules/(import)/understand.server.ts';
import { percentile, type Row } from './figures.ts';

const subject = 'reading';
const SECONDS = 4;

interface Document {
	name: string;
	bytes: Uint8Array;
	text: string;
}

export async function benchReading(): Promise<Row[]> {
	const documents: Document[] = [];
	for (const { name, text } of loadFixtures('documents')) {
		const bytes = new Uint8Array(Buffer.from(text));
		documents.push({ name, bytes, text: (await extractText(bytes, name)).text });
	}
	const characters = documents.reduce((sum, { text }) => sum + text.length, 0) / documents.length;
	const kind = `${documents.length} documents of ${Math.round(characters / 100) / 10} kB`;
	const rows = [
		await measure(`understanding text, ${kind}`, documents, async (one) => void readDocument(one)),
		await measure('bytes to reading, in this process', documents, async ({ name, bytes }) => {
			readDocument({ name, text: (await extractText(bytes, name)).text });
		}),
		await measure('bytes to reading, extracted in a guarded process', documents, async ({ name, bytes }) => {
			await understand(bytes, name);
		}),
	];
	closeReaders();
	return rows;
}

async function measure(what: string, documents: Document[], read: (one: Document) => Promise<void>): Promise<Row> {
	await around(documents, read, 1);
	const used = process.cpuUsage();
	const begun = performance.now();
	const times = await around(documents, read, SECONDS);
	const elapsed = (performance.now() - begun) / 1000;
	const { user, system } = process.cpuUsage(used);
	times.sort((a, b) => a - b);
	const cpuMs = (user + system) / 1000 / times.length;
	const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
	return { subject, what, value: times.length / elapsed, unit: '/s', target: { least: 50 }, p50, p95, cpuMs };
}

/** All documents in turn until the time is over. @returns milliseconds each took */
async function around(
	documents: Document[],
	read: (one: Document) => Promise<void>,
	seconds: number,
): Promise<number[]> {
	const times: number[] = [];
	const end = performance.now() + seconds * 1000;
	while (performance.now() < end) {
		for (const one of documents) {
			const from = performance.now();
			await read(one);
			times.push(performance.now() - from);
		}
	}
	return times;
}
