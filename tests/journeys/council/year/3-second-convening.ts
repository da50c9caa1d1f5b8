import { test } from 'vitest';
import { writeMinutes } from './minutes.ts';
import { marks, MEMBERS } from './people.ts';
import { convene, Room, settle, vote } from './session.ts';
import { act, at } from './world.ts';

test('four of nine come: no quorum, and the body is convened a second time', async () => {
	at('2029-10-20T10:00');
	await convene('2029-11-07', {}, ['Sprachkurse am Abend']);
	at('2029-11-07T17:02');
	const room = new Room('2029-11-07');
	await room.does('prepare');
	await room.roll({
		...marks(MEMBERS.slice(0, 4), 'present'),
		...marks(MEMBERS.slice(4, 6), 'excused'),
		...marks(MEMBERS.slice(6), 'unexcused'),
	});
	await room.does('open', {}, 'form- und fristgerecht');
	await room.does('quorum');
	at('2029-11-07T17:20');
	await room.does('closeWithoutQuorum', { date: '2029-11-21', start: '18:00' });
	at('2029-11-08T09:00');
	await act('/sitzungen/2029-11-21/einladung', '?/senden', {});
	await settle('2029-11-07');
	await writeMinutes('2029-11-07', {});
});

test('the second session decides in any number, and corrects the minutes', async () => {
	at('2029-11-21T18:01');
	const room = new Room('2029-11-21');
	await room.does('prepare');
	await room.roll({
		...marks(MEMBERS.slice(3, 6), 'present'),
		...marks([...MEMBERS.slice(0, 3), ...MEMBERS.slice(6)], 'excused'),
	});
	await room.does('open', {}, 'form- und fristgerecht');
	await room.does('quorum');
	await room.at('Bestätigung der Niederschrift', 'item');
	let page = await act('/sitzungen/2029-11-21/niederschrift', '?/entscheidung', { yes: '2', no: '1', abstain: '0' });
	page = await act(page, '?/bestaetigen', {}, { near: 'public' });
	await room.at('Sprachkurse', 'item');
	await vote(room, 'Sprachkurse', 'Der Beirat empfiehlt zwei Sprachkurse am Abend.', {
		yes: '3',
		no: '0',
		abstain: '0',
	});
	at('2029-11-21T19:05');
	await room.does('close');
	at('2029-11-26T09:00');
	await settle('2029-11-21');
	await writeMinutes('2029-11-21', {});
});
