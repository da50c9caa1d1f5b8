/**
 * What one town pays must not depend on how many share its database. The same town stands in two databases, one with eight
 * towns, one with five hundred; two servers run at the same time and are asked in turn, so that whatever else the machine
 * does hits both.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFolder } from '../../src/server/testing.ts';
import type { Row } from './figures.ts';
import { fillObjects, tellDemonstration } from './many-objects.ts';
import { fillTowns, type Size } from './many-papers.ts';
import { fillSessions } from './many-sessions.ts';
import { benchPaperPages } from './paper-pages.ts';
import { benchPhone } from './phone.ts';
import type { Places } from './places.ts';
import type { Workshop } from './program.ts';
import { benchPublic } from './public.ts';

/** 14,400 papers. */
const SMALL: Size = { towns: 8, each: 1800 };
/** 1,000,368 papers. */
const LARGE: Size = { towns: 500, each: 2004 };
/** Of each town of the small size: 1,920. */
const SESSIONS = 240;

/** In a folder of its own: other subjects fill theirs, too. */
export async function benchTowns(shared: Workshop): Promise<Row[]> {
	const folder = shared.keep ? { path: join(shared.keep, 'data'), remove: () => undefined } : dataFolder();
	const { path, remove } = folder;
	try {
		return await bench({ ...shared, dataDir: path, start: (env) => shared.start({ MITRAT_DATA: path, ...env }) });
	} finally {
		remove();
	}
}

async function bench(workshop: Workshop): Promise<Row[]> {
	const copy = join(dirname(workshop.dataDir), 'small');
	const filled = existsSync(copy) ? [] : await fill(workshop, copy);
	const common = { MITRAT_MODE: 'demo', MITRAT_WORKERS: '0' };
	const places: Places = {
		workshop,
		small: { data: copy, env: { ...common, MITRAT_DATA: copy } },
		large: { data: workshop.dataDir, env: common },
	};
	return [...filled, ...(await benchPaperPages(places)), ...(await benchPublic(places)), ...(await benchPhone(places))];
}

/** The small database, its copy, and then the large one. */
async function fill(workshop: Workshop, copy: string): Promise<Row[]> {
	mkdirSync(dirname(copy), { recursive: true });
	await (await workshop.start()).stop();
	await fillTowns(workshop, 0, SMALL);
	await fillSessions(workshop, SESSIONS);
	await tellDemonstration(workshop.dataDir);
	await fillObjects(workshop);
	// Beside its place until both are whole, and with owners: the database runs as another user than root.
	const making = `${copy}-making`;
	execFileSync('cp', ['-a', workshop.dataDir, making]);
	const from = performance.now();
	await fillTowns(workshop, SMALL.towns, LARGE);
	const value = (performance.now() - from) / 1000;
	await fillObjects(workshop);
	renameSync(making, copy);
	return [{ subject: 'papers', what: 'filling 986,000 papers of 492 towns', value, unit: 's', target: { most: 180 } }];
}
