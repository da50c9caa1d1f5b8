import { expect, test } from 'vitest';
import { VISITOR } from '#kernel/access/actor.ts';
import { freshDatabase } from '../../support/database.ts';
import { answers, fillCorpus, meanScore } from './answers.ts';
import { corpus } from './corpus.ts';
import { QUESTIONS } from './questions.ts';

const database = await freshDatabase();

test('there are a hundred different questions, and each has something to find', () => {
	const names = corpus().map(({ name }) => name);
	expect(new Set(QUESTIONS.map(({ asks }) => asks)).size).toBe(100);
	for (const { finds } of QUESTIONS)
		for (const wanted of finds)
			expect(
				names.some((name) => name.startsWith(wanted)),
				wanted,
			).toBe(true);
});

test('a hundred questions are answered well: mean reciprocal rank of 0.85 or more', async () => {
	const names = await fillCorpus(database.ctx());
	const given = await answers(database.ctx(VISITOR), names);
	const worse = given
		.filter(({ score }) => score < 0.5)
		.map(({ asks, score, first }) => `${asks}: ${score}, first ${first}`);
	expect(meanScore(given), worse.join('\n')).toBeGreaterThanOrEqual(0.85);
});
