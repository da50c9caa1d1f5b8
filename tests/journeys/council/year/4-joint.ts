import { test } from 'vitest';
import { writeMinutes } from './minutes.ts';
import { marks, MEMBERS, YOUNG } from './people.ts';
import { convene, Room, settle, vote } from './session.ts';
import { at } from './world.ts';

test('two bodies sit together, each with its own quorum and its own vote', async () => {
	at('2029-12-20T10:00');
	await convene('2030-01-16', { kind: 'joint', with: 'Jugendrat Elbstadt' }, ['Treffpunkt am Nordufer']);
	at('2030-01-16T17:00');
	const room = new Room('2030-01-16');
	await room.does('prepare');
	await room.roll({
		...marks(MEMBERS.slice(0, 7), 'present'),
		...marks(MEMBERS.slice(7), 'excused'),
		...marks(YOUNG.slice(0, 2), 'present'),
		...marks(YOUNG.slice(3), 'excused'),
	});
	await room.does('open', {}, 'form- und fristgerecht');
	await room.does('quorum');
	at('2030-01-16T17:10');
	await room.does('checkIn', {}, 'Uma Urban kommt');
	await room.does('quorum');
	await room.at('Treffpunkt', 'item');
	await vote(
		room,
		'Treffpunkt',
		'Beide Gremien wünschen einen Treffpunkt am Nordufer.',
		{ yes: '6', no: '1', abstain: '0' },
		'Integrationsbeirat Elbstadt',
	);
	await vote(room, 'Treffpunkt', '', { yes: '2', no: '0', abstain: '1' }, 'Jugendrat Elbstadt');
	at('2030-01-16T18:30');
	await room.does('close');
	at('2030-01-21T09:00');
	await settle('2030-01-16');
	await writeMinutes('2030-01-16', {});
});
