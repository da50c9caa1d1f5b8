import { identity } from '#kernel/identity/auth.ts';
import { keyedHash } from '#kernel/identity/secret.ts';

/**
 * The unguessable part of a private address for one row: made of the installation's secret, so that a reminder carries
 * the same address as the first mail, although the table holds only its hash (`hashToken`).
 */
export function linkToken(purpose: 'poll' | 'proposal' | 'calendar' | 'news' | 'written', id: string): string {
	return keyedHash(identity().hashKey, `link ${purpose} ${id}`);
}
