import { error } from '@sveltejs/kit';
import { logError } from '#kernel/log.ts';
import { backChannelLogout, LogoutRefused } from '#kernel/identity/oidc-logout.ts';
import { oidcLabel } from '#kernel/identity/oidc.ts';
import type { RequestHandler } from './$types';

/** No logout token is longer. */
const MOST = 20_000;
const HEADERS = { 'cache-control': 'no-store' };

/** The city's own server says that somebody is signed out there (OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8). */
export const POST: RequestHandler = async ({ request }) => {
	if (oidcLabel() === undefined) error(404);
	const body = await request.text();
	const token = body.length > MOST ? null : new URLSearchParams(body).get('logout_token');
	if (!token) return refuse(400, 'invalid_request', 'logout_token is missing');
	try {
		await backChannelLogout(token);
		return new Response(null, { status: 200, headers: HEADERS });
	} catch (caught) {
		if (caught instanceof LogoutRefused) return refuse(400, 'invalid_request', caught.message);
		logError(caught, { at: 'back-channel logout' });
		return refuse(503, 'temporarily_unavailable', 'the keys of the provider could not be had');
	}
};

function refuse(status: number, code: string, why: string): Response {
	return Response.json({ error: code, error_description: why }, { status, headers: HEADERS });
}
