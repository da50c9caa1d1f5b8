import { describe, expect, test } from 'vitest';
import { toLines } from './lines.ts';
import { readQuorum } from './quorum.ts';

const read = (source: string) => {
	const quorum = readQuorum(toLines(source));
	return [quorum.stated?.value ?? null, quorum.votingPresent?.value ?? null];
};

describe('quorum', () => {
	test.each([
		['Mit der Anwesenheit von 9 stimmberechtigten Mitgliedern wird die Beschlussfähigkeit festgestellt.', true, 9],
		['Mit neun stimmberechtigten Mitgliedern ist der Beirat beschlussfähig.', true, 9],
		['Von 11 stimmberechtigten Mitgliedern sind 8 anwesend, der Beirat ist damit beschlussfähig.', true, 8],
		['Es sind 7 von 12 stimmberechtigten Mitgliedern anwesend. Die Beschlussfähigkeit ist gegeben.', true, 7],
		['Die Vorsitzende stellt die Beschlussfähigkeit fest.', true, null],
		['Die Beschlussfähigkeit ist nicht gegeben.', false, null],
		['1. Eröffnung und Feststellung der Beschlussfähigkeit', null, null],
	])('%s', (text, stated, count) => expect(read(text)).toEqual([stated, count]));
});
