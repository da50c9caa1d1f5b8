import { test } from 'vitest';
import { act, at, BODY } from './world.ts';

test('the term ends with the next constitution, and its records go to the archive', async () => {
	at('2034-06-19T10:00');
	await act(`/gremien/${BODY}/wahlperiode`, '?/vorbereiten', {
		name: 'Wahlperiode 2034 bis 2039',
		electedOn: '2034-06-18',
		councilFrom: '2034-07-01',
		councilUntil: '2039-07-01',
		seats: 'keep',
	});
	await act(`/gremien/${BODY}/wahlperiode?sitz=1`, '?/bestellen', { name: 'Wanda Wolff', appointedOn: '2034-08-17' });
	at('2034-09-06T19:00');
	await act(`/gremien/${BODY}/wahlperiode`, '?/konstituieren', { on: '2034-09-06', sure: 'on' });
	await act(`/gremien/${BODY}/niederschriften`, '?/archiv', {}, { near: 'Wahlperiode 2029 bis 2034' });
});
