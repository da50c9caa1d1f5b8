import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, limitsWith } from './limits.ts';
import { sampleZip } from './sample-zip.ts';
import { openZip } from './zip.ts';

const MB = 1024 * 1024;
const zeros = new Uint8Array(30 * MB);

describe('a zip container', () => {
	it('gives its parts by name', async () => {
		const zip = await openZip(
			sampleZip([
				{ name: 'a', data: 'eins' },
				{ name: 'b', data: 'zwei', store: true },
			]),
			DEFAULT_LIMITS,
		);
		expect([...zip.names]).toEqual(['a', 'b']);
		expect(String(await zip.read('a'))).toBe('eins');
		expect(String(await zip.read('b'))).toBe('zwei');
		expect(await zip.read('c')).toBeNull();
	});

	it('that declares too much is refused before anything is unpacked', async () => {
		const bomb = sampleZip([{ name: 'a', data: '', declaredSize: 250 * MB }]);
		await expect(openZip(bomb, DEFAULT_LIMITS)).rejects.toMatchObject({
			code: 'unpacked-too-large',
			params: { limit: 200 * MB },
		});
	});

	it('that lies about its size is stopped while unpacking', async () => {
		const zip = await openZip(
			sampleZip([{ name: 'a', data: zeros, declaredSize: 10 }]),
			limitsWith({ unpackedBytes: 5 * MB }),
		);
		await expect(zip.read('a')).rejects.toMatchObject({ code: 'unpacked-too-large' });
	});

	it('that unpacks to many times its size is stopped', async () => {
		const zip = await openZip(sampleZip([{ name: 'a', data: zeros }]), DEFAULT_LIMITS);
		await expect(zip.read('a')).rejects.toMatchObject({ code: 'unpacked-too-large' });
	});

	it('may not spend the allowance part by part', async () => {
		const data = new Uint8Array(3 * MB);
		const limits = limitsWith({ unpackedBytes: 5 * MB });
		const zip = await openZip(
			sampleZip([
				{ name: 'a', data, declaredSize: 1 },
				{ name: 'b', data, declaredSize: 1 },
			]),
			limits,
		);
		await zip.read('a');
		await expect(zip.read('b')).rejects.toMatchObject({ code: 'unpacked-too-large' });
	});

	it('with a password is encrypted', async () => {
		const zip = await openZip(sampleZip([{ name: 'a', data: 'geheim', encrypted: true }]), DEFAULT_LIMITS);
		await expect(zip.read('a')).rejects.toMatchObject({ code: 'encrypted' });
	});

	it('that is broken is damaged', async () => {
		const whole = sampleZip([{ name: 'a', data: 'Text '.repeat(1000) }]);
		await expect(openZip(whole.subarray(0, 60), DEFAULT_LIMITS)).rejects.toMatchObject({ code: 'damaged' });
		const scratched = whole.slice();
		scratched.fill(0xff, 34, 50);
		const zip = await openZip(scratched, DEFAULT_LIMITS);
		await expect(zip.read('a')).rejects.toMatchObject({ code: 'damaged' });
	});
});
