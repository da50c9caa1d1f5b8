import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractText } from './extract.ts';
import { samplePdf } from './sample-pdf.ts';
import { p, sampleDocx, sampleOdt, sampleZip } from './sample-zip.ts';
import { UnreadableFile } from './unreadable.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('plain text', () => {
	it('stays as it is, with line ends made alike', async () => {
		const { format, text, pages, warnings } = await extractText(utf8('\uFEFFName\tja\r\n\r\nEnde \r'), 'a.txt');
		expect({ format, text, pages, warnings }).toEqual({
			format: 'txt',
			text: 'Name\tja\n\nEnde \n',
			pages: [{ number: 1, start: 0, end: 15 }],
			warnings: [],
		});
	});

	it('is read in the encodings of old programs', async () => {
		expect((await extractText(latin('Grüße \x84an alle\x93'), 'a.txt')).text).toBe('Grüße „an alle“');
		expect((await extractText(new Uint8Array(Buffer.from('\uFEFFGrüße', 'utf16le')), 'a.txt')).text).toBe('Grüße');
	});

	it('has pages where form feeds are', async () => {
		const { text, pages } = await extractText(utf8('eins\n\fzwei'), 'a.txt');
		expect(pages.map(({ start, end }) => text.slice(start, end))).toEqual(['eins', 'zwei']);
		expect(text).toBe('eins\n\f\nzwei');
	});

	it('in Markdown keeps its tables', async () => {
		const table = '# Titel\n\n| Name | ja |\n|---|---|\n| Ada | |\n';
		expect(await extractText(utf8(table), 'a.md')).toMatchObject({ format: 'md', text: table });
	});
});

describe('what cannot be read has a code', () => {
	it.each<[string, Uint8Array, object]>([
		['empty', new Uint8Array(), {}],
		['empty', utf8(' \n\t\r\n'), {}],
		['empty', sampleDocx(p(' ')), {}],
		['empty', sampleOdt(''), {}],
		['unsupported', latin('{\\rtf1 Text}'), { format: 'rtf', extension: 'rtf' }],
		['unsupported', utf8('<!doctype html><p>x'), { format: 'html', extension: 'html' }],
		['unsupported', latin('7z\xbc\xaf\x27\x1c\0\0\0\0\0\0'), { format: 'unknown', extension: '7z' }],
		['unsupported', latin('\0\0\0\0\x02\x03'), { format: 'unknown', extension: '' }],
		['unsupported', sampleZip([{ name: 'a.txt', data: 'x' }]), { format: 'zip', extension: 'zip' }],
		['damaged', sampleDocx(p('x')).subarray(0, 300), {}],
		['damaged', latin('%PDF-1.7\nnothing'), {}],
	])('%s', async (code, bytes, params) => {
		await expect(extractText(bytes, 'a.pdf')).rejects.toMatchObject({ name: 'UnreadableFile', code, params });
	});

	it('too-large, before it is looked at', async () => {
		await expect(extractText(utf8('vier'), 'a.txt', { fileBytes: 3 })).rejects.toMatchObject({
			code: 'too-large',
			params: { bytes: 4, limit: 3 },
		});
	});
});

describe('no bytes lead to anything but text or a code', () => {
	const samples = [
		samplePdf('= Titel\n#table(columns: 2, [a],[b])'),
		sampleDocx(p('Text')),
		sampleOdt('<text:p>Text</text:p>'),
	];
	const readOrCode = async (bytes: Uint8Array) => {
		const result = await extractText(bytes, 'a').catch((error: unknown) => error);
		if (result instanceof UnreadableFile) {
			expect(result.code).toBeTypeOf('string');
			return;
		}
		expect(result).toMatchObject({ text: expect.any(String) });
		const { text, pages } = result as Awaited<ReturnType<typeof extractText>>;
		expect(pages.every(({ start, end }) => start <= end && end <= text.length)).toBe(true);
	};

	it('made up', async () => {
		const start = fc.constantFrom(
			'',
			'%PDF-1.7\n',
			'PK\x03\x04',
			'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
			'{\\rtf',
			'\xff\xfe',
		);
		await fc.assert(
			fc.asyncProperty(start, fc.uint8Array({ maxLength: 2000 }), (head, bytes) =>
				readOrCode(new Uint8Array(Buffer.concat([latin(head), bytes]))),
			),
			{ numRuns: 150 },
		);
	});

	it.each(samples.map((bytes) => [bytes] as const))('real, with some bytes changed or cut off', async (sample) => {
		const changes = fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 10 });
		await fc.assert(
			fc.asyncProperty(changes, fc.option(fc.nat(sample.length)), async (each, length) => {
				const bytes = sample.slice(0, length ?? sample.length);
				for (const [at, value] of each) if (at < bytes.length) bytes[at] = value;
				await readOrCode(bytes);
			}),
			{ numRuns: 60 },
		);
	});
});
