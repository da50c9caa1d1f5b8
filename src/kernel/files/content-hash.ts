import { createHash } from 'node:crypto';

/** SHA-512 as lower case hex: the name under which a file is stored (and OParl's `sha512Checksum`). */
export function contentHash(bytes: Uint8Array): string {
	return createHash('sha512').update(bytes).digest('hex');
}

/** Guards paths and addresses: a hash is 128 hex digits and nothing else. */
export function checkHash(hash: string): string {
	if (!/^[0-9a-f]{128}$/.test(hash)) throw new TypeError('not a SHA-512 hash');
	return hash;
}

/** `ab/cd/abcd…`: spreads files over folders. */
export function storagePath(hash: string): string {
	checkHash(hash);
	return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
}

/** Passes bytes on and ends in `error` if they do not add up to the hash. */
export function verifying(hash: string, error: Error): TransformStream<Uint8Array, Uint8Array> {
	const sum = createHash('sha512');
	return new TransformStream({
		transform(chunk, controller) {
			sum.update(chunk);
			controller.enqueue(chunk);
		},
		flush(controller) {
			if (sum.digest('hex') !== hash) controller.error(error);
		},
	});
}
