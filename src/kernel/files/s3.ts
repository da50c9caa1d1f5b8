import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import type { S3Config } from '../config.ts';
import { contentHash, storagePath, verifying } from './content-hash.ts';
import { DamagedFile, MissingFile } from './store-errors.ts';
import type { FileStore } from './store.ts';

/** The S3 server refused or failed; the message says what was tried and its answer's status. */
export class StoreUnavailable extends Error {
	override name = 'StoreUnavailable';
}

/**
 * Files in a bucket of an S3-speaking server, under the same `ab/cd/<hash>` keys as on disk. Path-style addresses,
 * which all servers understand. Requests that fail for a passing reason are repeated.
 */
export function s3Store(config: S3Config): FileStore {
	const { accessKeyId, secretAccessKey, region } = config;
	const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 3, initRetryMs: 100 });
	const bucket = `${config.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(config.bucket)}`;
	const send = (method: string, hash: string, init: RequestInit = {}) =>
		client.fetch(`${bucket}/${storagePath(hash)}`, { method, ...init }).catch((cause: unknown) => {
			throw new StoreUnavailable(`S3: ${method} failed`, { cause });
		});
	const has = async (hash: string) => {
		const response = await send('HEAD', hash);
		if (response.status === 404) return false;
		return succeeded(response, 'HEAD');
	};
	const get = async (hash: string) => {
		const response = await send('GET', hash);
		if (response.status === 404) throw new MissingFile(hash);
		await succeeded(response, 'GET');
		return response;
	};
	return {
		async put(bytes) {
			const hash = contentHash(bytes);
			if (!(await has(hash))) await succeeded(await send('PUT', hash, upload(bytes)), 'PUT');
			return { hash, size: bytes.length };
		},
		async read(hash) {
			const bytes = new Uint8Array(await (await get(hash)).arrayBuffer());
			if (contentHash(bytes) !== hash) throw new DamagedFile(hash);
			return bytes;
		},
		async stream(hash) {
			const { body } = await get(hash);
			return (body ?? emptyStream()).pipeThrough(verifying(hash, new DamagedFile(hash)));
		},
		has,
		async remove(hash) {
			const response = await send('DELETE', hash);
			if (response.status !== 404) await succeeded(response, 'DELETE');
		},
	};
}

/** With the sum signed along, the server refuses bytes that were changed on the way. */
function upload(bytes: Uint8Array): RequestInit {
	const sum = createHash('sha256').update(bytes).digest('hex');
	return { body: bytes as Uint8Array<ArrayBuffer>, headers: { 'x-amz-content-sha256': sum } };
}

async function succeeded(response: Response, method: string): Promise<true> {
	if (response.ok) return true;
	await response.body?.cancel();
	throw new StoreUnavailable(`S3: ${method} was answered with ${response.status}`);
}

function emptyStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
	return new ReadableStream({ start: (controller) => controller.close() });
}
