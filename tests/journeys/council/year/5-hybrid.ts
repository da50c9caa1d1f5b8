import { expect, test } from 'vitest';
import { writeMinutes } from './minutes.ts';
import { marks, MEMBERS } from './people.ts';
import { convene, Room, settle, vote } from './session.ts';
import { act, at, BODY } from './world.ts';

test('a member moves away, and a successor moves up', async () => {
	at('2030-01-31T10:00');
	let page = await act(`/gremien/${BODY}/sitze?sitz=9`, '?/ausscheiden', { reason: 'movedAway', on: '2030-02-01' });
	at('2030-02-10T10:00');
	page = await act(`/gremien/${BODY}/sitze`, '?/nachruecken', { on: '2030-02-10' });
	expect(page.text).toContain('Pavel Quirin');
});

test('a hybrid session has a closed part', async () => {
	at('2030-02-15T10:00');
	await convene(
		'2030-03-13',
		{ mode: 'hybrid', joinUrl: 'https://video.elbstadt.example/beirat' },
		['Beratung in der Ausländerbehörde'],
		{
			title: 'Ehrung für Hanna Hoppe',
			closed: 'on',
			closedCode: 'personnel',
			closedBasis: '§ 52 Abs. 2 KVG LSA',
			neutralTitle: 'Personalangelegenheit',
		},
	);
	at('2030-03-13T17:00');
	const room = new Room('2030-03-13');
	await room.does('prepare');
	const now = [...MEMBERS.slice(0, 8), 'Pavel Quirin'];
	await room.roll({
		...marks(now.slice(0, 5), 'present'),
		...marks(now.slice(5, 7), 'remote'),
		...marks(now.slice(7), 'excused'),
	});
	await room.does('open', {}, 'form- und fristgerecht');
	await room.does('quorum');
	await room.at('Beratung', 'item');
	await vote(room, 'Beratung', 'Der Beirat bittet um eine Sprechstunde.', { yes: '5', no: '1', abstain: '1' });
	await room.does('part', { closed: 'ja' });
	await room.at('Ehrung', 'item');
	await vote(room, 'Ehrung', 'Hanna Hoppe wird geehrt.', { yes: '7', no: '0', abstain: '0' });
	await room.does('part', { closed: 'nein' });
	at('2030-03-13T18:40');
	await room.does('close');
	at('2030-03-18T09:00');
	await settle('2030-03-13');
	await writeMinutes('2030-03-13', {});
});
