import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers a request before SvelteKit is entered. `true` (at once or later): it was answered, nothing else sees it. */
export type BeforeKit = (req: IncomingMessage, res: ServerResponse) => boolean | Promise<boolean>;

/** Asked in this order for every request, files of the client included; headers are already put right (see entry.ts). */
export const beforeKit: BeforeKit[] = [];
