import { test } from 'vitest';
import { writeMinutes } from './minutes.ts';
import { MEMBERS } from './people.ts';
import { byCandidate, Room, settle } from './session.ts';
import { act, at, BODY, refused } from './world.ts';

test('the body constitutes itself and elects its chair in the second round', async () => {
	at('2029-09-05T17:01');
	const room = new Room('2029-09-05');
	await refused(await room.page(), 'art=prepare', {}, 'Tragen Sie zuerst die Konstituierung ein');
	await act(`/gremien/${BODY}/wahlperiode`, '?/konstituieren', { on: '2029-09-05', sure: 'on' });
	await room.does('prepare');
	await room.roll(Object.fromEntries(MEMBERS.map((name) => [name, 'present'])));
	at('2029-09-05T17:03');
	await room.does('open', {}, 'form- und fristgerecht');
	let page = await room.does('quorum');
	await room.does('confirmAgenda');
	at('2029-09-05T17:10');
	page = await room.at('Wahl des Vorsitzes', 'item');
	page = await act(page, '/sitzungen/2029-09-05/abstimmungen?/wahl', { post: 'chair', ledBy: 'Nuri Öztürk' });
	for (const name of ['Dilek Demir', 'Karim Khalil', 'Lena Lorenz']) {
		page = await act(page, '/sitzungen/2029-09-05/abstimmungen?/kandidatur', { person: name });
		page = await act(page, '/sitzungen/2029-09-05/abstimmungen?/zustimmung', { consent: 'given' }, { near: 'consent' });
	}
	const votes = '/sitzungen/2029-09-05/abstimmungen?';
	const count = async (figures: Record<string, string>) =>
		act(page, `${votes}/auszaehlen`, await byCandidate(page, figures));
	page = await act(page, `${votes}/wahlgang`);
	page = await count({ issued: '9', returned: '9', 'Dilek Demir': '4', 'Karim Khalil': '3', 'Lena Lorenz': '2' });
	page = await act(page, `${votes}/wahlgang`);
	page = await count({ issued: '9', returned: '9', 'Dilek Demir': '5', 'Karim Khalil': '3', invalid: '1' });
	at('2029-09-05T17:41');
	page = await act(page, `${votes}/annahme`, { accepted: 'yes' });
	at('2029-09-05T17:50');
	await room.at('Verschiedenes', 'item');
	at('2029-09-05T18:12');
	await room.does('close');
	at('2029-09-10T09:00');
	await settle('2029-09-05');
	await writeMinutes('2029-09-05', { 'Wahl des Vorsitzes': 'Nuri Öztürk leitet die Wahl.' });
});

test('a member objects to the minutes', async () => {
	at('2029-09-20T20:00');
	await act(
		'/sitzungen/2029-09-05/niederschrift',
		'?/einwendung',
		{
			item: 'Wahl des Vorsitzes',
			text: 'Es fehlt, wer ausgezählt hat.',
			wanted: 'Nuri Öztürk leitet die Wahl, Jule Jansen zählt mit aus.',
		},
		{ who: 'Karim Khalil' },
	);
});
