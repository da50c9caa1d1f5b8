import { describe, expect, test } from 'vitest';
import { toLines } from './lines.ts';
import { readAgenda } from './agenda.ts';
import { readVotes } from './votes.ts';

const read = (source: string) => {
	const lines = toLines(source);
	return readVotes(lines, readAgenda(lines, false)).map((vote) => [
		vote.item?.value ?? null,
		vote.yes?.value ?? null,
		vote.no?.value ?? null,
		vote.abstain?.value ?? null,
		vote.unanimous.value,
	]);
};
const one = (text: string) => read(`1. Anfang\n\nNichts.\n\n2. Antrag\n\n${text}\n`);

describe('votes', () => {
	test.each([
		['Abstimmungsergebnis: einstimmig bei 2 Enthaltungen', [['2', null, null, 2, true]]],
		[
			'Abstimmungsergebnis:\neinstimmig zugestimmt\n\nDer Vorsitzende: Das ist einstimmig.',
			[['2', null, null, null, true]],
		],
		['Abstimmung: 5 Ja, 0 Nein, 1 Enth.', [['2', 5, 0, 1, false]]],
		['Abstimmung: 38 : 3', [['2', 38, 3, null, false]]],
		['Abstimmungsergebnis: 9:0:1', [['2', 9, 0, 1, false]]],
		['Ja: 16\nNein: 0\nEnthaltung: 1', [['2', 16, 0, 1, false]]],
		['Abstimmungsergebnis:\nJa\tNein\tEnthaltungen\n7\t0\t1', [['2', 7, 0, 1, false]]],
		['Der Antrag wird mit acht Ja-Stimmen bei einer Gegenstimme angenommen.', [['2', 8, 1, null, false]]],
		['Angenommen mit 8 Stimmen bei 1 Gegenstimme und 2 Enthaltungen.', [['2', 8, 1, 2, false]]],
		['Die Abrechnung wird mit 5 zu 0 Stimmen genehmigt.', [['2', 5, 0, null, false]]],
		['Es wird nichts ausgezahlt (4 dafür, 0 dagegen, 0 Enthaltungen).', [['2', 4, 0, 0, false]]],
		['Das Protokoll wird angenommen.\n(einstimmig)', [['2', null, null, null, true]]],
		['Das wird mehrheitlich beschlossen.', [['2', null, null, null, false]]],
	])('%s', (text, expected) => expect(one(text)).toEqual(expected));

	test('two votes under one label, with the items they name', () => {
		const source =
			'TOP 4\tLage\n\nTOP 4.1\tUnterkünfte\n\nTOP 4.2\tPersonal\n\nAbstimmungsergebnis:\n4.1: Einstimmige Zustimmung (39 JA)\n4.2: 30 Ja-Stimmen, 4 Nein-Stimmen, 1 Enthaltung';
		expect(read(source)).toEqual([
			['4.1', 39, 0, 0, true],
			['4.2', 30, 4, 1, false],
		]);
	});

	test('talk about majorities is no vote', () => {
		expect(one('Die Mehrheit der Familien wohnt zur Miete. 43 Personen haben gestimmt wie erwartet.')).toEqual([]);
	});
});
