/**
 * Why a file could not be read. The codes are stable: message files, the upload page and the command line
 * translate them. Params by code:
 * - `unsupported`: `{ format, extension }` what the file really is
 * - `too-large`: `{ bytes, limit }`
 * - `too-many-pages`: `{ pages, limit }`
 * - `unpacked-too-large`: `{ limit }` in bytes (a zip bomb, or a reader that needed more memory than allowed)
 * - `too-slow`: `{ seconds }` the time limit that was reached
 * - the others: none
 */
export const UNREADABLE_CODES = [
	'empty',
	'scan-without-text',
	'encrypted',
	'damaged',
	'unsupported',
	'too-large',
	'too-many-pages',
	'unpacked-too-large',
	'too-slow',
] as const;

export type UnreadableCode = (typeof UNREADABLE_CODES)[number];

/** Values for the message of a code: sizes in bytes, times in seconds. */
export type UnreadableParams = Record<string, string | number>;

/** The one error that readers of uploaded files throw. `cause` is for the log, never for the page. */
export class UnreadableFile extends Error {
	override readonly name = 'UnreadableFile';
	readonly code: UnreadableCode;
	readonly params: UnreadableParams;

	constructor(code: UnreadableCode, params: UnreadableParams = {}, options?: { cause?: unknown }) {
		super(`unreadable file: ${code}`, options);
		this.code = code;
		this.params = params;
	}
}
