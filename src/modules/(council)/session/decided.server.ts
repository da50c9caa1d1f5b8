import type { WriteCtx } from '#kernel/ctx.ts';

/**
 * Tells modules that listen to `council.itemDecided`: result, votes or resolutions of an item are others now, or were taken
 * back. `itemId` null: of any of them, because something was undone.
 */
export async function tellDecided(tx: WriteCtx, meetingId: string, itemId: string | null): Promise<void> {
	await tx.emit('council.itemDecided', { meetingId, itemId });
}

/** Tells modules that listen to `council.sessionClosed`: nothing more is decided in it. */
export async function tellClosed(tx: WriteCtx, meetingId: string): Promise<void> {
	await tx.emit('council.sessionClosed', { meetingId });
}
