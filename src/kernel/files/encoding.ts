import { isUtf8 } from 'node:buffer';

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Text decoded, and whether some bytes had no meaning in that encoding. */
export type Decoded = { text: string; replaced: boolean };

const SAMPLE = 64 * 1024;

/**
 * The encoding of a text, or null when the bytes are not text. A byte order mark decides; without one valid UTF-8
 * wins, then UTF-16 by its many zero bytes, then windows-1252 as long as there are no control characters.
 */
export function detectEncoding(bytes: Uint8Array): TextEncodingName | null {
	const marked = byteOrderMark(bytes);
	if (marked) return marked;
	const sample = bytes.subarray(0, SAMPLE);
	const wide = wideWithoutMark(sample);
	if (wide) return wide;
	if (!hasOnlyTextControls(sample)) return null;
	if (isUtf8(bytes)) return 'utf-8';
	return looksWindows1252(sample) ? 'windows-1252' : null;
}

/** Decodes without the byte order mark. `encoding` as found by `detectEncoding`. */
export function decodeText(bytes: Uint8Array, encoding: TextEncodingName): Decoded {
	const text = new TextDecoder(encoding).decode(bytes);
	return { text, replaced: text.includes('\uFFFD') };
}

function byteOrderMark(bytes: Uint8Array): TextEncodingName | null {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	return null;
}

/** Latin text in UTF-16 has a zero in nearly every second byte, and always on the same side. */
function wideWithoutMark(sample: Uint8Array): TextEncodingName | null {
	if (sample.length < 8 || sample.length % 2 === 1) return null;
	const zeros = [0, 0];
	for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2]!++;
	const pairs = sample.length / 2;
	if (zeros[1]! > pairs * 0.6 && zeros[0] === 0) return 'utf-16le';
	if (zeros[0]! > pairs * 0.6 && zeros[1] === 0) return 'utf-16be';
	return null;
}

function hasOnlyTextControls(sample: Uint8Array): boolean {
	for (const byte of sample) {
		if (byte >= 0x20 && byte !== 0x7f) continue;
		if (byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x0b) return false;
	}
	return true;
}

/** Letters must outweigh: bytes that windows-1252 leaves undefined, or mostly high bytes, mean another format. */
function looksWindows1252(sample: Uint8Array): boolean {
	let high = 0;
	for (const byte of sample) {
		if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) return false;
		if (byte >= 0x80) high++;
	}
	return high <= sample.length * 0.3;
}
