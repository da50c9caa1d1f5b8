import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PackedMemory } from './packed-memory.ts';
import { pack } from './packed.ts';

const MOST = 4000;

test('whatever is kept and asked: what comes back is what was kept last, and it never holds more than it may', () => {
	const act = fc.record({
		key: fc.integer({ min: 0, max: 30 }),
		size: fc.integer({ min: 0, max: 900 }),
		asks: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
			const memory = new PackedMemory(MOST);
			const last = new Map<string, number>();
			for (const { key, size, asks } of acts) {
				if (asks) {
					const found = memory.get(`${key}`);
					if (found) expect(found.size).toBe(last.get(`${key}`));
					continue;
				}
				memory.keep(`${key}`, { bytes: new Uint8Array(size), size, crc: 0 });
				last.set(`${key}`, size);
			}
			const held = [...last.keys()].reduce((sum, key) => sum + (memory.get(key)?.bytes.length ?? 0), 0);
			// each half, and the one entry that begins a new half
			expect(held).toBeLessThanOrEqual(MOST + 900);
		}),
	);
});

test('what is asked for again stays, what nobody asks for goes', () => {
	const memory = new PackedMemory(MOST);
	const one = { bytes: new Uint8Array(500), size: 500, crc: 0 };
	memory.keep('wanted', one);
	memory.keep('left', one);
	for (let n = 0; n < 30; n++) {
		memory.keep(`other ${n}`, one);
		expect(memory.get('wanted')).toBeDefined();
	}
	expect(memory.get('left')).toBeUndefined();
});

test('a kept part does not hold on to the page it came with', () => {
	const memory = new PackedMemory();
	const page = Buffer.alloc(100_000);
	memory.keep('part', { ...pack('{}'), bytes: page.subarray(10, 30) });
	expect(memory.get('part')!.bytes.buffer.byteLength).toBe(20);
});
