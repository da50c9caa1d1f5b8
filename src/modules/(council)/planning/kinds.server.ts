import type { Audience } from '#kernel/changes/audience.ts';
import type { KindDeclaration } from '#kernel/module.ts';

const inside = { audience: async (): Promise<Audience> => 'none' };

/** Polls, proposals, lists are followed by nobody but through their own pages; events are public. */
export const kinds: Record<string, KindDeclaration> = {
	'council.datePoll': inside,
};
