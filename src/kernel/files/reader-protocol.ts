import type { Extracted } from './extract.ts';
import type { Limits } from './limits.ts';
import type { UnreadableCode, UnreadableParams } from './unreadable.ts';

/** What a reader process is asked, one document at a time. */
export type ReadRequest = { bytes: Uint8Array; fileName: string; limits: Limits };

/** What it answers; the first message of a process is `ready`. */
export type ReadReply =
	| { kind: 'ready' }
	| { kind: 'read'; extracted: Extracted }
	| { kind: 'unreadable'; code: UnreadableCode; params: UnreadableParams; cause: string };
