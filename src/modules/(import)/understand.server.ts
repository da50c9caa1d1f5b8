import type { Extracted } from '#kernel/files/extract.ts';
import { extractSafely } from '#kernel/files/reader-pool.ts';
import { readDocument } from './reading/read.ts';
import type { Reading } from './reading/types.ts';

/**
 * From bytes to what was understood. @throws UnreadableFile with a code for scans, encrypted, damaged, foreign files
 */
export async function understand(bytes: Uint8Array, name: string): Promise<{ extracted: Extracted; reading: Reading }> {
	const extracted = await extractSafely(bytes, name);
	return { extracted, reading: readDocument({ name, text: extracted.text }) };
}
