import { BIAS } from './pending-bias.ts';
import { ELECTIONS } from './pending-elections.ts';
import { MOTIONS } from './pending-motions.ts';
import { undrawn, type Draw } from './pending-parts.ts';
import type { Waiting } from './queue.ts';

const DRAW: Record<string, Draw> = { ...MOTIONS, ...BIAS, ...ELECTIONS };

/**
 * Shows what waits as if it were saved, and says that it is not: a motion has its form for the vote, a vote the fields for its
 * figures, an election its next step. Everything is drawn from the queue, so a page that is loaded anew shows it again.
 */
export function drawPending(waiting: readonly Waiting[]): void {
	undrawn(waiting);
	const standing = waiting.filter(({ reason }) => !reason);
	for (const [index, operation] of standing.entries()) DRAW[operation.kind]?.(operation, standing.slice(0, index));
}
