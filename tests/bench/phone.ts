/** A first visit by a slow phone: 1.6 Mbit/s, 150 ms to the server, a quarter of this processor, nothing kept. */
import { openBrowser } from '../../scripts/browser.ts';
import { percentile, type Row } from './figures.ts';
import { fullestSession } from './town.ts';
import type { Places } from './places.ts';

const subject = 'phone';
const ROUNDS = 5;
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 };
const CPU = 4;
const MOST = { kb: 60, ms: 1000 };

interface Visit {
	bytes: number;
	/** Until everything is painted for the first time and forms and links answer. */
	usable: number;
}

export async function benchPhone({ workshop, small }: Places): Promise<Row[]> {
	const server = await workshop.start(small.env);
	const browser = await openBrowser();
	const visit = async (path: string): Promise<Visit> => {
		const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
		const page = await context.newPage();
		const session = await context.newCDPSession(page);
		let bytes = 0;
		session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
		await session.send('Network.enable');
		await session.send('Network.emulateNetworkConditions', NETWORK);
		await session.send('Emulation.setCPUThrottlingRate', { rate: CPU });
		await page.goto(server.url + path, { waitUntil: 'load' });
		const usable = await page.evaluate(() => {
			const [loaded] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
			const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity;
			return Math.max(painted, loaded!.domContentLoadedEventEnd);
		});
		await context.close();
		return { bytes, usable };
	};
	try {
		const session = `/sitzungen/${await fullestSession(server.url)}`;
		const pages = { home: '/', session, paper: '/vorlagen/a1501-24', search: '/suche?q=Sprache' };
		const rows: Row[] = [];
		for (const [what, path] of Object.entries(pages)) {
			const visits: Visit[] = [];
			for (let round = 0; round < ROUNDS; round++) visits.push(await visit(path));
			const times = visits.map(({ usable }) => usable).toSorted((a, b) => a - b);
			const kb = Math.max(...visits.map(({ bytes }) => bytes)) / 1000;
			const usable = percentile(times, 0.5);
			rows.push(
				{ subject, what: `${what}, first visit over the wire`, value: kb, unit: 'kB', target: { most: MOST.kb } },
				{ subject, what: `${what}, usable after, median`, value: usable, unit: 'ms', target: { most: MOST.ms } },
			);
		}
		return rows;
	} finally {
		await browser.close();
		await server.stop();
	}
}
