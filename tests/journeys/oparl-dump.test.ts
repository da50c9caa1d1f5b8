/** A town that was read from the dump of another one, as other programs meet it: over HTTP, in the built application. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { walkServer } from '../../scripts/oparl/walk.ts';
import { VISITOR } from '../../src/kernel/access/actor.ts';
import { allTowns } from '../../src/kernel/towns.ts';
import { makeDocuments } from '../../src/modules/(oparl)/documents/make.server.ts';
import { writeDump } from '../../src/modules/(oparl)/dump/write.server.ts';
import { folderSource } from '../../src/modules/(oparl)/harvest/client/folder.server.ts';
import { harvest } from '../../src/modules/(oparl)/harvest/run/harvest.server.ts';
import { startApp } from '../support/app.ts';

const app = await startApp({ demonstration: true, workers: 0 });
const { database } = app;
const folder = await mkdtemp(join(tmpdir(), 'mitrat-dump-town-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const system = `${app.url}/oparl/v1.1/system`;
const nameThere = async () => ((await (await fetch(system)).json()) as { name: string }).name;

async function walkAll(): ReturnType<typeof walkServer> {
	// For two seconds after a change there is no Last-Modified.
	while (!(await fetch(system)).headers.has('last-modified'));
	return walkServer(system, new Map(), { files: true });
}

test('the check of OParl finds no broken rule in a town that was read from a dump, and the same objects', async () => {
	const [town] = await allTowns();
	while ((await database.sql('select from oparl.unmade')).length) await makeDocuments(database.ctx(undefined, town!));
	const first = await walkAll();
	expect(first.findings.list).toEqual([]);
	await writeDump(database.ctx(VISITOR, town!), join(folder, 'dump'), app.url);
	const second = await database.addTown('Zweitstadt');
	const source = await folderSource(join(folder, 'dump'), second.timeZone);
	const [report] = await harvest(database.ctx(undefined, second), source, { files: true });
	expect(report!.findings).toEqual([]);
	// From here on the address is the second town's.
	await database.sql(`update kernel.town set hosts = '{eins.localhost}' where id = $1`, [town!.id]);
	await database.sql(`update kernel.town set hosts = '{localhost}' where id = $1`, [second.id]);
	await expect.poll(nameThere, { timeout: 60_000, interval: 250 }).toBe('Zweitstadt');
	const { findings } = await walkAll();
	expect(findings.list).toEqual([]);
	expect(findings.counts).toEqual(first.findings.counts);
});
