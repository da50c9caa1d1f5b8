import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { writeZip } from './zip-write.ts';

test('whatever is packed comes out again, names with umlauts too, and the same entries give the same bytes', () => {
	const entry = fc.record({
		name: fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', 'Ä', 'ß', '0', '-', '.') }),
		data: fc.uint8Array({ maxLength: 400 }),
		store: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 8 }), (entries) => {
			const zip = writeZip(entries);
			const read = unzipSync(zip);
			expect(Object.keys(read).toSorted()).toEqual(entries.map(({ name }) => name).toSorted());
			for (const { name, data } of entries) expect(Buffer.from(read[name]!).equals(Buffer.from(data))).toBe(true);
			expect(writeZip(entries)).toEqual(zip);
		}),
	);
});
