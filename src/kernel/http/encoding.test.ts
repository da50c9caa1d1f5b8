import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chooseEncoding, encode } from './encoding.ts';

describe('encode', () => {
	const plain = { br: brotliDecompressSync, gzip: gunzipSync, identity: (body: Buffer) => body };
	const bodies = {
		empty: '',
		page: 'Sitzung des Beirats '.repeat(2000),
		large: 'Tagesordnung – Punkt\n'.repeat(30_000),
	};
	for (const [name, text] of Object.entries(bodies)) {
		for (const encoding of ['br', 'gzip', 'identity'] as const) {
			for (const sentOften of [true, false]) {
				it(`gives back what went in: ${name}, ${encoding}, sent ${sentOften ? 'often' : 'once'}`, async () => {
					const body = await encode(Buffer.from(text), encoding, sentOften);
					expect(plain[encoding](body).toString()).toBe(text);
					const pieces = [text.slice(0, 7), '', text.slice(7)];
					expect(plain[encoding](await encode(pieces, encoding, sentOften)).toString()).toBe(text);
				});
			}
		}
	}
});

describe('chooseEncoding', () => {
	it.each([
		['gzip, deflate, br, zstd', 'br'],
		['gzip', 'gzip'],
		['br;q=0, gzip;q=0.5', 'gzip'],
		['', 'identity'],
		[undefined, 'identity'],
	])('%s: %s', (accepted, expected) => {
		expect(chooseEncoding(accepted)).toBe(expected);
	});
});
