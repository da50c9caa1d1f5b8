import { test } from 'vitest';
import { convene } from './session.ts';
import { act, at } from './world.ts';

test('a session is cancelled and becomes an event', async () => {
	at('2030-04-15T10:00');
	await convene('2030-05-15', {}, []);
	at('2030-05-02T10:00');
	await act('/sitzungen/2030-05-15/planung', '?/umwidmen', {
		title: 'Tag der Vereine',
		text: 'Alle sind eingeladen.',
		date: '2030-05-15',
		from: '16:00',
		until: '20:00',
		place: 'Elbwiese',
	});
});
