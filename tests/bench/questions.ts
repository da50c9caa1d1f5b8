/** How well the search answers a hundred questions on an invented town; the same figure in every run. */
import '../../src/modules.server.ts';
import { OPERATOR, VISITOR } from '#kernel/access/actor.ts';
import { readConfig } from '#kernel/config.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { contextFor, endRequest } from '#kernel/request.ts';
import { closeRuntime, installRuntime } from '#kernel/runtime.ts';
import { allTowns, forgetTowns } from '#kernel/towns.ts';
import type { Row } from './figures.ts';
import type { Workshop } from './program.ts';
import { answers, fillCorpus, meanScore } from './questions/answers.ts';
import { withOwner } from './council.ts';

const TOWN = 'Fragenstadt';

export async function benchQuestions(workshop: Workshop): Promise<Row[]> {
	await (await workshop.start()).stop();
	await withOwner(workshop, (client) =>
		client.query(
			`insert into kernel.town (id, name, short_name, hosts) values (gen_random_uuid(), $1, $1, '{fragen.localhost}')`,
			[TOWN],
		),
	);
	const config = readConfig({ MITRAT_DATA: workshop.dataDir, MITRAT_MODE: 'demo' });
	const database = await openDatabase(config);
	installRuntime(config, database.app);
	forgetTowns();
	try {
		const town = (await allTowns()).find(({ name }) => name === TOWN)!;
		const office = contextFor(town, OPERATOR);
		const names = await fillCorpus(office);
		const reader = contextFor(town, VISITOR);
		const given = await answers(reader, names);
		await endRequest(office);
		await endRequest(reader);
		const what = `${given.length} questions on ${names.size} documents: mean reciprocal rank`;
		return [{ subject: 'search', what, value: meanScore(given), unit: '', target: { least: 0.85 } }];
	} finally {
		await closeRuntime();
		await database.close();
	}
}
