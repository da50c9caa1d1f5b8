/** How fast another system is taken over: a server on this machine, the real program, an empty stock of it. */
import { fakeServer } from '../../src/modules/(oparl)/harvest/fake-server.fixture.ts';
import { mitrat, outcome } from '../../src/server/testing.ts';
import type { Row } from './figures.ts';
import type { Workshop } from './program.ts';

const subject = 'harvest';
const SIZE = { meetings: 600, papers: 2_000, people: 400 };

interface Report {
	counts: Record<string, { told: number; kept: number }>;
}

export async function benchHarvest(workshop: Workshop): Promise<Row[]> {
	await (await workshop.start()).stop();
	const server = await fakeServer({ size: SIZE });
	try {
		const idle = await read(workshop.dataDir, `${server.base}/nothing`);
		const first = await read(workshop.dataDir, server.url);
		const again = await read(workshop.dataDir, server.url);
		const told = Object.values(first.report!.counts).reduce((sum, count) => sum + count.told, 0);
		// Starting the program and opening the database is no reading.
		const seconds = Math.max(0.001, first.seconds - idle.seconds);
		return [
			{ subject, what: 'objects of another system', value: told / seconds, unit: 'objects/s', target: { least: 1000 } },
			{ subject, what: 'read again, unchanged', value: Math.max(0, again.seconds - idle.seconds), unit: 's' },
		];
	} finally {
		await server.close();
	}
}

async function read(data: string, url: string): Promise<{ seconds: number; report: Report | null }> {
	const from = performance.now();
	const { code, said } = await outcome(
		mitrat(['import', url, '--allow-local', '--json', '--full'], { MITRAT_DATA: data }),
	);
	const seconds = (performance.now() - from) / 1000;
	const reports = code === 0 ? (JSON.parse(said.slice(said.indexOf('[\n'))) as Report[]) : [];
	return { seconds, report: reports[0] ?? null };
}
