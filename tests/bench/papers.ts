/** Papers of one town and of a whole state: what a page costs must not depend on how many towns share the database. */
import { demonstrationAccount, page, signIn, withOwner } from './council.ts';
import type { Row } from './figures.ts';
import { fillTowns, type Size } from './many-papers.ts';
import type { Workshop } from './program.ts';

/** 10,000 and 1,000,000 papers. */
const SIZES: Size[] = [
	{ towns: 5, each: 2000 },
	{ towns: 500, each: 2000 },
];
/** The dearer a page gets with a hundred times the papers, at most. */
const MOST_RATIO = 1.3;

/** The pages measured; as who, and what of the generated papers they show. */
const PAGES: { what: string; path: string; office?: boolean }[] = [
	{ what: 'paper', path: '/vorlagen/a1501-24' },
	{ what: 'list', path: '/vorlagen' },
	{ what: 'overdue statements', path: '/stellungnahmen' },
	{ what: 'overdue reports', path: '/berichtspflichten' },
	{ what: 'resolution control', path: '/beschlusskontrolle' },
	{ what: 'list, three filters', path: '/vorlagen?jahr=2023&status=filed&betroffen=ja' },
];

export async function benchPapers(workshop: Workshop): Promise<Row[]> {
	await (await workshop.start()).stop();
	const found: Row[][] = [];
	const filling: number[] = [];
	let towns = 0;
	for (const size of SIZES) {
		const from = performance.now();
		await fillTowns(workshop, towns, size);
		filling.push((performance.now() - from) / 1000);
		towns = size.towns;
		found.push(await measure(workshop, size.towns * size.each));
	}
	const filled = {
		subject: 'papers',
		what: 'making 990,000 papers more',
		value: filling[1]!,
		unit: 's',
		target: { most: 180 },
	};
	return [...found.flat(), ...compared(found[0]!, found[1]!), filled];
}

async function measure(workshop: Workshop, papers: number): Promise<Row[]> {
	const server = await workshop.start({ MITRAT_PAGE_CACHE: 'no', MITRAT_MODE: 'demo' });
	try {
		const office = await withOwner(workshop, (client) => demonstrationAccount(client, 'office'));
		const cookie = await signIn(server, office);
		const subject = `papers, ${new Intl.NumberFormat('en').format(papers)}`;
		const rows: Row[] = [];
		for (const { what, path, office } of PAGES) {
			const most = { queries: 10, ms: 30, ...(office && { cookie }) };
			rows.push(...(await page(server, what, path, most)).map((row) => ({ ...row, subject })));
		}
		return rows;
	} finally {
		await server.stop();
	}
}

function compared(small: Row[], large: Row[]): Row[] {
	return small.flatMap((row, at) => {
		if (row.unit !== 'ms') return [];
		const ratio = large[at]!.value / row.value;
		return [
			{
				subject: 'papers',
				what: `${row.what}, a hundred times the papers`,
				value: ratio,
				unit: '×',
				target: { most: MOST_RATIO },
			},
		];
	});
}
