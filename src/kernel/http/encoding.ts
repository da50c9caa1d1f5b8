import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

/** The encoding a client takes best, of those offered here. A refusal (`br;q=0`) is heeded. */
export function chooseEncoding(accepted: string | null | undefined): Encoding {
	for (const encoding of ['br', 'gzip'] as const) {
		const asked = new RegExp(`(?:^|,)\\s*${encoding}\\s*(?:;\\s*q=([\\d.]+))?\\s*(?:,|$)`).exec(accepted ?? '');
		if (asked && asked[1] !== '0' && Number(asked[1] ?? 1) > 0) return encoding;
	}
	return 'identity';
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Compresses in zlib's threads, off the event loop; quality 4 is where brotli stays faster than it saves on the wire. */
export async function encode(body: Buffer, encoding: Encoding): Promise<Buffer> {
	if (encoding === 'br')
		return brotli(body, {
			params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
		});
	return encoding === 'gzip' ? zip(body, { level: 5 }) : body;
}
