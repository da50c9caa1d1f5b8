import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { extractText } from './extract.ts';
import { closeReaders, extractSafely, readTrackedSafely } from './reader-pool.ts';
import { samplePdf } from './sample-pdf.ts';
import { p, sampleDocx, sampleOdt, sampleZip } from './sample-zip.ts';
import { readTrackedDocx } from './tracked.ts';

afterAll(() => closeReaders());

const docx = sampleDocx(p('Der Beirat tagt.'));
const MB = 1024 * 1024;

describe('reading in a process of its own', () => {
	it('gives the same as reading here', async () => {
		const files: [Uint8Array, string][] = [
			[docx, 'a.docx'],
			[sampleOdt('<text:p>Offen</text:p>'), 'a.odt'],
			[samplePdf('Guten Tag'), 'a.pdf'],
			[new TextEncoder().encode('Guten Tag'), 'a.txt'],
		];
		for (const [bytes, name] of files) expect(await extractSafely(bytes, name)).toEqual(await extractText(bytes, name));
	});

	it('reads tracked changes there too, and refuses what is no Word file', async () => {
		const file = sampleDocx(`<w:p><w:ins w:author="A"><w:r><w:t>Neu.</w:t></w:r></w:ins></w:p>${p('Alt.')}`);
		const read = await readTrackedSafely(file, 'a.docx');
		expect(read).toEqual(await readTrackedDocx(file, 'a.docx'));
		expect(read.changes).toHaveLength(1);
		await expect(readTrackedSafely(samplePdf('Guten Tag'), 'a.pdf')).rejects.toMatchObject({ code: 'unsupported' });
		await expect(readTrackedSafely(docx.slice(0, -40), 'a.docx')).rejects.toMatchObject({ code: 'damaged' });
	});

	it('reads more files at the same time than there are processes', async () => {
		const all = await Promise.all(Array.from({ length: 40 }, () => extractSafely(docx, 'a.docx')));
		expect(all.map((each) => each.text)).toEqual(Array.from({ length: 40 }, () => 'Der Beirat tagt.'));
	});

	it('brings over why a file cannot be read', async () => {
		const broken = sampleZip([{ name: 'word/document.xml', data: '<a>' }]);
		await expect(extractSafely(broken, 'a.docx')).rejects.toMatchObject({ name: 'UnreadableFile', code: 'damaged' });
		const many = samplePdf('a #pagebreak() b #pagebreak() c');
		await expect(extractSafely(many, 'a.pdf', { limits: { pages: 2 } })).rejects.toMatchObject({
			code: 'too-many-pages',
			params: { pages: 3, limit: 2 },
		});
	});

	it('gives up after the time limit, and reads on with the next file', async () => {
		const long = sampleDocx(p('Wort '.repeat(20)).repeat(20_000));
		await expect(extractSafely(long, 'a.docx', { limits: { seconds: 0.01 } })).rejects.toMatchObject({
			code: 'too-slow',
			params: { seconds: 0.01 },
		});
		expect((await extractSafely(docx, 'a.docx')).text).toBe('Der Beirat tagt.');
	});

	it('gives up when more memory is needed than allowed', async () => {
		const wide = sampleDocx(`<w:p>${'<w:r/>'.repeat(3_000_000)}</w:p>`);
		const limits = { memoryBytes: 300 * MB, unpackedRatio: 100_000 };
		await expect(extractSafely(wide, 'a.docx', { limits })).rejects.toMatchObject({ code: 'unpacked-too-large' });
		expect((await extractSafely(docx, 'a.docx')).text).toBe('Der Beirat tagt.');
	});

	it('can be cancelled, while reading and while waiting', async () => {
		const long = sampleDocx(p('Wort '.repeat(20)).repeat(20_000));
		const stop = new AbortController();
		const all = Array.from({ length: 8 }, () => extractSafely(long, 'a.docx', { signal: stop.signal }));
		stop.abort(new Error('cancelled'));
		const results = await Promise.allSettled(all);
		expect(results.map((result) => result.status === 'rejected' && (result.reason as Error).message)).toEqual(
			Array.from({ length: 8 }, () => 'cancelled'),
		);
		expect((await extractSafely(docx, 'a.docx')).text).toBe('Der Beirat tagt.');
	});

	it('stands noise in every format', async () => {
		const starts = ['%PDF-1.7\n', 'PK\x03\x04', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', ''];
		for (const start of starts) {
			const bytes = new Uint8Array(Buffer.concat([Buffer.from(start, 'latin1'), randomBytes(5000)]));
			await expect(extractSafely(bytes, 'a.pdf')).rejects.toMatchObject({ name: 'UnreadableFile' });
		}
	});
});
