import { NotFound } from '#kernel/errors.ts';
import type { RequestHandler } from './$types';

/** So long a copy of this file may be believed (RFC 9116 advises less than a year). */
const VALID_DAYS = 180;

/** Where to report a weakness (RFC 9116). Without an address to write to there is no such file. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const { contact, imprint } = ctx.body.settings;
	const address = imprint?.security ?? contact?.email;
	if (!address) throw new NotFound('security.txt');
	const expires = ctx.today.add({ days: VALID_DAYS }).toZonedDateTime('UTC').toInstant();
	const lines = [
		`Contact: ${address.includes('@') ? `mailto:${address}` : address}`,
		`Expires: ${expires.toString()}`,
		'Preferred-Languages: de, en',
		`Canonical: ${url.origin}/.well-known/security.txt`,
		'',
	];
	return new Response(lines.join('\n'), {
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=86400' },
	});
};
