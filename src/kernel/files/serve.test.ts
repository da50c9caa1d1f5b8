import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat } from './detect.ts';
import { FORMATS, type Format } from './formats.ts';
import { servingHeaders } from './serve.ts';

const headers = (fileName: string, content: string, inline = true) => {
	const bytes = new TextEncoder().encode(content);
	return servingHeaders({ fileName, size: bytes.length, ...detectFormat(bytes, fileName) }, { inline });
};

describe('headers of an uploaded file', () => {
	it('show plain text in a sandbox, with its encoding', () => {
		expect(headers('Niederschrift.txt', 'Guten Tag, schöne Stadt')).toMatchObject({
			'content-type': 'text/plain; charset=utf-8',
			'content-length': '24',
			'content-disposition': `inline; filename="Niederschrift.txt"; filename*=UTF-8''Niederschrift.txt`,
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; frame-ancestors 'self'; sandbox",
		});
	});

	it('show a PDF without a sandbox, in which no browser shows it', () => {
		const sent = headers('a.pdf', '%PDF-1.7 …');
		expect(sent['content-disposition']).toMatch(/^inline;/);
		expect(sent['content-security-policy']).not.toContain('sandbox');
		expect(sent['content-security-policy']).toContain("default-src 'none'");
	});

	it('never let a browser run what is in the file, whatever its name', () => {
		const attacks = [
			'<!doctype html><script>alert(1)</script>',
			'<svg onload="alert(1)"/>',
			'<?xml version="1.0"?><a/>',
		];
		for (const content of attacks) {
			const sent = headers('harmlos.txt', content);
			expect(sent['content-type']).toBe('application/octet-stream');
			expect(sent['content-disposition']).toMatch(/^attachment;/);
			expect(sent['content-security-policy']).toContain('sandbox');
		}
	});

	it('are offered for showing only when asked, never active ones; whatever no browser shows itself stays in a sandbox', () => {
		const file = (format: Format) => ({ fileName: 'a', size: 1, format, mediaType: 'x/y' });
		const formats = Object.keys(FORMATS) as Format[];
		const sent = (format: Format, inline = true) => servingHeaders(file(format), { inline });
		const saved = formats.filter((format) => sent(format)['content-disposition']!.startsWith('attachment'));
		expect(saved).toEqual(['svg', 'html', 'xml']);
		const free = formats.filter((format) => !sent(format)['content-security-policy']!.includes('sandbox'));
		expect(free).toEqual(['pdf']);
		expect(formats.every((format) => sent(format, false)['content-disposition']!.startsWith('attachment'))).toBe(true);
	});

	it('carry any name safely', () => {
		expect(headers('../Größe "neu".txt', 'x')['content-disposition']).toBe(
			`inline; filename="Grosse _neu_.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22neu%22.txt`,
		);
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
				const value = headers(name, 'x')['content-disposition']!;
				expect(value).toMatch(/^inline; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w!~.%-]+$/);
				new Headers({ 'content-disposition': value });
			}),
		);
	});
});
