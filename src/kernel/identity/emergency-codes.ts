import { randomInt } from 'node:crypto';
import { symmetricEncrypt } from 'better-auth/crypto';
import { runtime } from '../runtime.ts';
import { anyAuth } from './auth.ts';

/** Letters and digits that nobody mixes up when reading them from paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const COUNT = 10;
const HALF = 5;

/**
 * Ten new codes for an account with a second step, stored as the library reads them; the old ones are void. (The
 * library's own function asks for the password again; our callers ask for a fresh sign-in with both steps.)
 */
export async function newEmergencyCodes(accountId: string): Promise<string[]> {
	const codes = Array.from({ length: COUNT }, () => `${letters()}-${letters()}`);
	const { secretConfig } = await anyAuth().$context;
	const data = await symmetricEncrypt({ key: secretConfig, data: JSON.stringify(codes) });
	await runtime().pool.query('update auth."twoFactor" set "backupCodes" = $2 where "userId" = $1', [accountId, data]);
	return codes;
}

function letters(): string {
	return Array.from({ length: HALF }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** A typed code as it is stored: small letters, dash in the middle. */
export function emergencyCode(typed: string): string {
	const plain = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
	return `${plain.slice(0, HALF)}-${plain.slice(HALF)}`;
}
