import { describe, expect, test } from 'vitest';
import { itemKindOf, outcomeOf } from './outcomes.ts';

const item = (text: string) => ({ number: '2', title: 'Punkt', text });
const vote = { item: '2', text: '', yes: null, no: null, abstain: null, unanimous: false };

describe('how an item of an old record ended', () => {
	test.each([
		['Das Protokoll der Sitzung vom 03.02.2021 wird, wie vorgelegt, bestätigt.', 'confirmed'],
		['Alle nehmen die Tagesordnung ohne Änderung an.', 'confirmed'],
		['Die Mitglieder nehmen den Bericht zur Kenntnis.', 'noted'],
		['Erst zur Kenntnis genommen, dann doch vertagt.', 'postponed'],
		['Man redet über das Protokoll. Das Fest wird bestätigt.', null],
		['Herr Amari berichtet.', null],
	])('%s', (text, result) => expect(outcomeOf(item(text), [])).toBe(result));

	test('figures go before words, and a tie is no majority', () => {
		expect(outcomeOf(item('Wird vertagt.'), [{ ...vote, yes: 5, no: 4 }])).toBe('adopted');
		expect(outcomeOf(item(''), [{ ...vote, yes: 4, no: 4 }])).toBe('rejected');
		expect(outcomeOf(item(''), [{ ...vote, unanimous: true }])).toBe('adopted');
	});
});

test('formal steps are told from topics', () => {
	expect(
		[
			'Eröffnung und Begrüßung',
			'Genehmigung der Niederschrift',
			'Sonstiges',
			'Wahl der Vorsitzenden',
			'Bericht des Amtes',
			'Wohnen',
		].map(itemKindOf),
	).toEqual(['opening', 'minutesApproval', 'anyOther', 'election', 'report', 'topic']);
});
