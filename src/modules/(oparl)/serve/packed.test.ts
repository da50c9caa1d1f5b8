import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBytes, gzipOf, pack, toBytes } from './packed.ts';

const text = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 200 }),
	fc.constantFrom('', 'ä'.repeat(40_000), '{"a":1}'),
);

test('what is put together of packed texts is what they say, with commas between them', () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 60 }), fc.array(text, { maxLength: 12 }), text, (head, texts, tail) => {
			const whole = gzipOf(head, fromBytes(Buffer.concat(texts.map((one) => toBytes(pack(one))))), tail.slice(0, 5000));
			expect(gunzipSync(whole).toString()).toBe(Buffer.from(head + texts.join(',') + tail.slice(0, 5000)).toString());
		}),
	);
});

test('a part may stand in several lists, at any place', () => {
	const [one, other] = [pack('Sitzung des Beirats '.repeat(300)), pack('Vorlage')];
	for (const parts of [[one], [one, other], [other, one, other]])
		expect(gunzipSync(gzipOf('[', parts, ']')).length).toBe(1 + parts.reduce((sum, { size }) => sum + size + 1, 0));
});

test('a damaged part is noticed by whoever unpacks the whole', () => {
	const part = pack('Niederschrift');
	expect(() => gunzipSync(gzipOf('[', [{ ...part, crc: part.crc ^ 1 }], ']'))).toThrow('incorrect data check');
});
