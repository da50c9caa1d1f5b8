import { timingSafeEqual } from 'node:crypto';
import type { Ctx } from '#kernel/ctx.ts';
import { identity } from '#kernel/identity/auth.ts';
import { keyedHash } from '#kernel/identity/secret.ts';

const ID = 22;

/**
 * The last part of the address under which somebody answers without a password. It is derived from the row's id and the
 * installation's secret, so every mail carries the same one, and nobody who reads the table can open it.
 */
export function answerToken(invitationId: string): string {
	const id = Buffer.from(invitationId.replaceAll('-', ''), 'hex').toString('base64url');
	return id + signature(invitationId);
}

/** The invitation behind a token, or undefined for one that was never given out. */
export function invitationOf(token: string): string | undefined {
	if (!/^[\w-]{60,70}$/.test(token)) return undefined;
	const hex = Buffer.from(token.slice(0, ID), 'base64url').toString('hex');
	const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	const [given, expected] = [Buffer.from(token.slice(ID)), Buffer.from(signature(id))];
	return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined;
}

function signature(id: string): string {
	return keyedHash(identity().hashKey, `answer ${id}`);
}

/** Address of the town's site for mails that no request asked for. */
export function originOf(ctx: Pick<Ctx, 'body'>): string {
	const [host = 'localhost'] = ctx.body.hosts;
	return host.startsWith('localhost') || host.endsWith('.localhost') ? `http://${host}` : `https://${host}`;
}
