import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from './limits.ts';
import { openZip } from './zip.ts';
import { writeZip } from './zip-write.ts';

test('whatever is packed comes out again, names with umlauts too, and the same entries give the same bytes', async () => {
	const entry = fc.record({
		// a reader refuses ways out of the folder
		name: fc
			.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', 'Ä', 'ß', '0', '-', '.') })
			.filter((name) => !/^\.+$/.test(name)),
		data: fc.uint8Array({ maxLength: 400 }),
		store: fc.boolean(),
	});
	await fc.assert(
		fc.asyncProperty(fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 8 }), async (entries) => {
			const zip = writeZip(entries);
			const read = await openZip(zip, DEFAULT_LIMITS);
			expect([...read.names].toSorted()).toEqual(entries.map(({ name }) => name).toSorted());
			for (const { name, data } of entries) expect((await read.read(name))!.equals(Buffer.from(data))).toBe(true);
			expect(writeZip(entries)).toEqual(zip);
		}),
	);
});
