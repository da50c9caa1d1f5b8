import type { Extracted } from './extract.ts';
import type { Limits } from './limits.ts';
import type { TrackedDocx } from './tracked.ts';
import type { UnreadableCode, UnreadableParams } from './unreadable.ts';

/** What can be wanted of a document. */
export type Readings = { text: Extracted; tracked: TrackedDocx };

/** What a reader process is asked, one document at a time. */
export type ReadRequest = { want: keyof Readings; bytes: Uint8Array; fileName: string; limits: Limits };

/** What it answers; the first message of a process is `ready`. */
export type ReadReply =
	| { kind: 'ready' }
	| { kind: 'read'; reading: Readings[keyof Readings] }
	| { kind: 'unreadable'; code: UnreadableCode; params: UnreadableParams; cause: string };
