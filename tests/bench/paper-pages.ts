/** Pages of papers, one visitor after the other: in a database of eight towns and in one of five hundred. */
import { percentile, type Row } from './figures.ts';
import { queriesOf } from './pages.ts';
import { withBoth, type Places } from './places.ts';
import { ask, BROWSER } from './wire.ts';

const ROUNDS = 60;
const WARM_UP = 10;
const MOST = { queries: 10, ms: 30, ratio: 1.3 };

const PAGES = [
	['paper', '/vorlagen/a1501-24'],
	['list', '/vorlagen'],
	['list, three filters', '/vorlagen?jahr=2023&status=filed&betroffen=ja'],
	['overdue statements', '/stellungnahmen'],
	['overdue reports', '/berichtspflichten'],
	['resolution control', '/beschlusskontrolle'],
] as const;

export function benchPaperPages(places: Places): Promise<Row[]> {
	return withBoth(places, { MITRAT_PAGE_CACHE: 'no' }, async ({ small, large }) => {
		const rows: Row[] = [];
		for (const [what, path] of PAGES) rows.push(...(await compare(what, [small.url + path, large.url + path])));
		return rows;
	});
}

/** Asks the two in turn, each as often the first. */
async function compare(what: string, urls: [string, string]): Promise<Row[]> {
	const times: [number[], number[]] = [[], []];
	let queries = 0;
	for (let round = -WARM_UP; round < ROUNDS; round++) {
		for (const at of round % 2 ? [0, 1] : [1, 0]) {
			const from = performance.now();
			const { status, headers } = await ask(urls[at]!, BROWSER);
			if (status !== 200) throw new Error(`${urls[at]} was answered with ${status}`);
			if (round >= 0) times[at]!.push(performance.now() - from);
			queries = queriesOf(headers);
		}
	}
	const [small, large] = times.map((all) => all.toSorted((a, b) => a - b)) as [number[], number[]];
	const of = (sorted: number[], size: string): Row => {
		const [p50, p95, p99] = [percentile(sorted, 0.5), percentile(sorted, 0.95), percentile(sorted, 0.99)];
		return { subject: `papers, ${size}`, what, value: p50, unit: 'ms', target: { most: MOST.ms }, p50, p95, p99 };
	};
	const ratio = percentile(large, 0.5) / percentile(small, 0.5);
	return [
		{ ...of(small, '14,400'), queries },
		{ ...of(large, '1,000,000'), queries },
		{ subject: 'papers', what: `${what}, large by small`, value: ratio, unit: '×', target: { most: MOST.ratio } },
		{ subject: 'papers', what: `${what}, queries`, value: queries, unit: '', target: { most: MOST.queries } },
	];
}
