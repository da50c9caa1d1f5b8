import { createHash, randomBytes } from 'node:crypto';

/** 192 random bits for an address in a mail. */
export function newToken(): string {
	return randomBytes(24).toString('base64url');
}

/** Tokens are stored as hashes: reading the table opens no account. */
export function hashToken(token: string): string {
	return `link-${createHash('sha256').update(token).digest('base64url')}`;
}
