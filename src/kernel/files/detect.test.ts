import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat } from './detect.ts';
import { samplePdf } from './sample-pdf.ts';
import { p, sampleDocx, sampleOdt, sampleZip } from './sample-zip.ts';

const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const utf8 = (text: string) => new TextEncoder().encode(text);
const compound = (stream: string) =>
	new Uint8Array(
		Buffer.concat([
			Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'),
			Buffer.alloc(600),
			Buffer.from(stream, 'utf16le'),
		]),
	);

describe('the content decides', () => {
	it.each([
		['pdf', samplePdf('Text')],
		['pdf', latin('\r\nmail junk\r\n%PDF-1.4\n1 0 obj\nstartxref\n0\n%%EOF')],
		['docx', sampleDocx(p('Text'))],
		['docx', sampleDocx(p('Text')).subarray(0, 300)],
		['odt', sampleOdt('<text:p>Text</text:p>')],
		['ods', sampleZip([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', store: true }])],
		['xlsx', sampleZip([{ name: 'xl/workbook.xml', data: '' }])],
		['pptx', sampleZip([{ name: 'ppt/presentation.xml', data: '' }])],
		['epub', sampleZip([{ name: 'mimetype', data: 'application/epub+zip', store: true }])],
		['zip', sampleZip([{ name: 'a.txt', data: 'Text' }])],
		['doc', compound('WordDocument')],
		['xls', compound('Workbook')],
		['office-encrypted', compound('EncryptedPackage')],
		['rtf', latin('{\\rtf1\\ansi Text}')],
		['png', latin('\x89PNG\r\n\x1a\n\0\0')],
		['jpeg', latin('\xff\xd8\xff\xe0\0')],
		['svg', utf8('<?xml version="1.0"?>\n<!-- Bild -->\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
		['svg', utf8('<!DOCTYPE svg PUBLIC "x" "y"><s:svg/>')],
		['html', utf8('\uFEFF\n <!-- a --><!DOCTYPE HTML><p>Text')],
		['html', utf8('<script>alert(1)</script>')],
		['xml', utf8('<?xml version="1.0"?><akte/>')],
		['txt', utf8('Ein Text mit <html> mittendrin')],
		['txt', utf8('In PDF-Dateien steht %PDF-1.7 am Anfang')],
		['empty', new Uint8Array()],
		['unknown', latin('\0\x01\x02\x03MZ')],
	])('%s', (format, bytes) => {
		for (const name of ['a.txt', 'a.pdf', 'a.docx', 'a']) expect(detectFormat(bytes, name).format).toBe(format);
	});

	it('only Markdown and plain text differ by name', () => {
		expect(detectFormat(utf8('# Titel'), 'Protokoll.MD').format).toBe('md');
		expect(detectFormat(utf8('# Titel'), 'Protokoll').format).toBe('txt');
		expect(detectFormat(latin('%PDF-1.7'), 'a.md').format).toBe('pdf');
	});

	it('active content is marked, readable formats are known', () => {
		expect(detectFormat(utf8('<svg/>'), 'a.png')).toMatchObject({ active: true, readable: false });
		expect(detectFormat(utf8('Text'), 'a')).toMatchObject({ active: false, readable: true });
		expect(detectFormat(latin('{\\rtf1}'), 'a')).toMatchObject({ active: false, readable: false, extension: 'rtf' });
	});
});

describe('the encoding of text', () => {
	const text = 'Grüße aus Köln';
	it.each([
		['utf-8', utf8(text)],
		['utf-8', utf8(`\uFEFF${text}`)],
		['utf-8', utf8('只有中文')],
		['windows-1252', latin(text)],
		['windows-1252', latin('\x84Beirat\x93 \x96 Köln')],
		['utf-16le', new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
		['utf-16le', new Uint8Array(Buffer.from(text, 'utf16le'))],
		['utf-16be', new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())],
		['utf-16be', new Uint8Array(Buffer.from(text, 'utf16le').swap16())],
	])('%s', (encoding, bytes) => {
		expect(detectFormat(bytes, 'a.txt')).toMatchObject({
			format: 'txt',
			encoding,
			mediaType: `text/plain; charset=${encoding}`,
		});
	});
});

it('any bytes have a format', () => {
	fc.assert(
		fc.property(
			fc.uint8Array({ maxLength: 3000 }),
			fc.constantFrom('', '%PDF-1.', 'PK\x03\x04', 'PK\x05\x06', '<'),
			(bytes, start) => {
				const { format, readable } = detectFormat(new Uint8Array(Buffer.concat([latin(start), bytes])), 'a');
				expect(format).toBeTypeOf('string');
				expect(readable).toBeTypeOf('boolean');
			},
		),
		{ numRuns: 300 },
	);
});
