import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getMigrations } from 'better-auth/db/migration';
import { beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { anyAuth } from './auth.ts';
import { identitySecret } from './secret.ts';
import { deviceName, safePath } from './visit.ts';

beforeAll(() => freshDatabase());

test('the tables are those that the pinned library wants', async () => {
	const { toBeAdded, toBeCreated } = await getMigrations(anyAuth().options as never);
	expect({ toBeAdded, toBeCreated }).toEqual({ toBeAdded: [], toBeCreated: [] });
});

test('the secret is made once, for its owner alone, and MITRAT_SECRET goes before it', () => {
	const folder = mkdtempSync(join(tmpdir(), 'mitrat-secret-'));
	try {
		const made = identitySecret(folder, {});
		expect(made.length).toBeGreaterThanOrEqual(64);
		expect(identitySecret(folder, {})).toBe(made);
		expect(readFileSync(join(folder, 'auth-secret'), 'utf8').trim()).toBe(made);
		expect(statSync(join(folder, 'auth-secret')).mode & 0o777).toBe(0o600);
		expect(identitySecret(folder, { MITRAT_SECRET: 'x'.repeat(40) })).toBe('x'.repeat(40));
		expect(() => identitySecret(folder, { MITRAT_SECRET: 'kurz' })).toThrow(/32 Zeichen/);
		expect(() => identitySecret(join(folder, 'none'), {})).toThrow(/lässt sich nicht anlegen/);
		writeFileSync(join(folder, 'auth-secret'), 'kaputt');
		expect(() => identitySecret(folder, {})).toThrow(/32 Zeichen/);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test('a device is named roughly', () => {
	const iphone =
		'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML) Version/19.0 Mobile/15E148 Safari/604.1';
	expect(deviceName(iphone)).toBe('Safari, iOS');
	expect(
		deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0'),
	).toBe('Edge, Windows');
	expect(deviceName('curl/8')).toBe('');
});

test('only paths of this site are led to', () => {
	for (const path of ['/sitzungen/12?x=1#top-3', '/ar/tisch', '/']) expect(safePath(path)).toBe(path);
	for (const path of [
		null,
		'',
		'tisch',
		'//evil.example',
		'/\\evil.example',
		'/a\\b',
		'/\n/evil',
		'/anmelden/link',
		'/en/abmelden',
		'http://x/',
	]) {
		expect(safePath(path)).toBe('/tisch');
	}
});
