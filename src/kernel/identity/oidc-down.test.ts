import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { accountOf } from './account.ts';
import { startOidc } from './oidc.ts';
import { Browser, signedIn } from './testing.ts';

let server: Server;
let isUp = false;

beforeAll(async () => {
	server = createServer((request, response) => {
		const issuer = `http://${request.headers.host}`;
		if (!isUp) return void response.writeHead(503).end();
		response.setHeader('content-type', 'application/json').end(
			JSON.stringify({
				issuer,
				authorization_endpoint: `${issuer}/auth`,
				token_endpoint: `${issuer}/token`,
				jwks_uri: `${issuer}/jwks`,
				id_token_signing_alg_values_supported: ['RS256'],
			}),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	Object.assign(process.env, { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'mitrat', OIDC_CLIENT_SECRET: 'geheim' });
	await freshDatabase();
});
afterAll(async () => {
	for (const name of ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']) delete process.env[name];
	server.closeAllConnections();
	server.close();
});

test('a server that is down is told, holds up nobody else, and is asked again', async () => {
	const browser = new Browser();
	await expect(startOidc(browser.visit, { failed: '/anmelden' })).rejects.toMatchObject({
		code: 'identity.oidcUnreachable',
	});
	expect(await accountOf((await signedIn('andere@elbstadt.example')).headers)).not.toBeNull();
	isUp = true;
	expect((await startOidc(browser.visit, { failed: '/anmelden' })).url).toContain('/auth?');
});
