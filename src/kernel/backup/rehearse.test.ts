import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { loadDemonstration } from '../../server/demonstration.ts';
import { diskStore } from '../files/disk.ts';
import { forgetTowns } from '../towns.ts';
import { backUp } from './backup.ts';
import { checkBackup } from './check.ts';
import { rehearse } from './rehearse.ts';

const database = await freshDatabase({ MITRAT_MODE: 'demo' });
const folder = await mkdtemp(join(tmpdir(), 'mitrat-backup-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a town full of life is rehearsed in a server of its own, every table compared', async () => {
	await database.sql('delete from kernel.town');
	forgetTowns();
	await loadDemonstration({ ...database, embedded: false, joined: true, close: async () => undefined });
	const target = join(folder, 'saved');
	const { owner, dataDir } = database;
	const manifest = await backUp(target, { owner, dataDir, store: diskStore(join(dataDir, 'files')), program: 'test' });
	expect(manifest.parts.length).toBeGreaterThan(60);
	await rehearse(await checkBackup(target), join(folder, 'rehearsed', 'here'));
	expect((await readdir(folder)).toSorted()).toEqual(['rehearsed', 'saved']);
	expect(await readdir(join(folder, 'rehearsed', 'here'))).toEqual([]);
	// A sum that is not what the database makes of the rows: the comparison sees it.
	const backup = await checkBackup(target);
	backup.manifest.parts.find(({ table }) => table === 'council.meeting')!.sha256 = '0'.repeat(64);
	await expect(rehearse(backup, folder)).rejects.toThrow('council.meeting');
	await expect(rehearse(backup, join(target, 'manifest.json'))).rejects.toThrow(/kein Ordner .* anlegen/);
});
