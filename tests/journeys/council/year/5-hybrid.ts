import { expect, test } from 'vitest';
import { sessions } from './2-constitution.ts';
import { writeMinutes } from './minutes.ts';
import { marks, MEMBERS } from './people.ts';
import { convene, Room, settle, vote } from './session.ts';
import { act, at, BODY, letters, mailOf, paper, refused, says, see, table } from './world.ts';

const SESSION = '/sitzungen/2030-03-13';
const SEATS = `/gremien/${BODY}/sitze`;
/** Seat by seat, after the change. */
const NOW = [...MEMBERS.slice(0, 8), 'Pavel Quirin'];

test('a member moves away: the seat is vacant for nine days, then the first successor holds it', async () => {
	at('2030-01-31T10:00');
	let page = await act(`${SEATS}?sitz=9`, '?/ausscheiden', { reason: 'movedAway', on: '2030-02-01' });
	expect(page.text).toContain('Pavel Quirin könnte auf Sitz 9 nachrücken');
	at('2030-02-05T10:00');
	await says(SEATS, 'office', [
		'10 Sitze, davon 1 frei',
		'frei seit 1. Februar 2030',
		'Olga Petrova: weggezogen, 1. Februar 2030',
	]);
	await says('/tisch', 'office', ['Pavel Quirin']);
	await says(
		`/gremien/${BODY}`,
		'visitor',
		['9 nicht besetzt', '9 Olga Petrova 05.09.2029 bis 01.02.2030', '1. Pavel Quirin'],
		['Wegzug', 'weggezogen'],
	);
	await says(`/gremien/${BODY}/funktionen?tag=2030-02-05`, 'office', [
		'5. Februar 2030: 8 Mitglieder haben eine Stimme',
	]);
	at('2030-02-10T10:00');
	page = await act(SEATS, '?/nachruecken', { on: '2030-02-10' });
	expect(page.text).toContain('10 Sitze, davon 0 frei');
	await says(`/gremien/${BODY}/funktionen?tag=2030-02-10`, 'office', [
		'10. Februar 2030: 9 Mitglieder haben eine Stimme',
	]);
	await says(
		`/gremien/${BODY}`,
		'visitor',
		['9 Pavel Quirin seit 10.02.2030', '2. Rosa Reyes'],
		['nicht besetzt', '1. Pavel Quirin'],
	);
	expect(
		(await table(`/gremien/${BODY}/mitglieder.csv`, 'visitor'))
			.filter(([seat]) => seat === '9')
			.map((row) => [row[3], row[6], row[7]]),
	).toEqual([
		['Olga Petrova', '2029-09-05', '2030-02-01'],
		['Pavel Quirin', '2030-02-10', ''],
	]);
});

test('a hybrid session: five in the room and two by video are seven of nine', async () => {
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
	const sent = await letters('Einladung', '13. März 2030');
	expect(sent.map(({ to }) => to).sort()).toEqual(NOW.map(mailOf).sort());
	await says(
		SESSION,
		'visitor',
		[
			'4 Beratung in der Ausländerbehörde',
			'6 Personalangelegenheit',
			'Grund: Personalangelegenheit, § 52 Abs. 2 KVG LSA',
		],
		['Hanna Hoppe wird', 'Ehrung', 'video.elbstadt', 'Diesen Punkt gab es'],
	);
	const agenda = await paper(`${SESSION}/tagesordnung.pdf`);
	expect(agenda).toContain('Personalangelegenheit');
	expect(agenda).not.toContain('Ehrung');
	at('2030-03-13T17:00');
	const room = new Room('2030-03-13');
	await room.does('prepare');
	await room.roll({
		...marks(NOW.slice(0, 5), 'present'),
		...marks(NOW.slice(5, 7), 'remote'),
		...marks(NOW.slice(7), 'excused'),
	});
	await room.does('open', {}, 'form- und fristgerecht');
	let page = await room.does('quorum');
	expect(page.text).toContain('7 von 9 da, nötig 5');
	expect(page.text).toContain('Lena Lorenz zugeschaltet');
	await room.does('confirmAgenda');
	await room.at('vom 16. Januar 2030', 'item');
	await act(`${SESSION}/niederschrift`, '?/bestaetigen', {}, { near: 'value="2030-01-16"' });
	// One loses the connection for ten minutes and is not counted meanwhile.
	at('2030-03-13T17:15');
	page = await room.does('lost', {}, 'Marta Nowak: Verbindung verloren');
	expect(page.text).toContain('6 von 9 da, nötig 5');
	at('2030-03-13T17:25');
	page = await room.does('back', {}, 'Marta Nowak');
	expect(page.text).toContain('7 von 9 da, nötig 5');
	at('2030-03-13T17:30');
	await room.at('Beratung', 'item');
	page = await vote(room, 'Beratung', 'Der Beirat bittet um eine Sprechstunde.', { yes: '5', no: '1', abstain: '1' });
	expect(page.text).toContain('5 Ja, 1 Nein, 1 Enthaltung');
	await room.at('Beratung', 'task', {
		what: 'Mit der Ausländerbehörde sprechen',
		person: 'Karim Khalil',
		due: '2030-04-30',
	});
	await says('/tisch', 'Karim Khalil', ['Mit der Ausländerbehörde sprechen', '30. April in 48 Tagen']);
	// Somebody who was to come by video joins late.
	at('2030-03-13T17:50');
	page = await room.does('checkIn', { mode: 'remote' }, 'Nuri Öztürk schaltet sich zu');
	expect(page.text).toContain('8 von 9 da, nötig 5');
	at('2030-03-13T18:00');
	page = await room.does('leave', {}, 'Nuri Öztürk geht');
	expect(page.text).toContain('7 von 9 da, nötig 5');
});

test('its closed part is for the seven alone: strangers read a neutral title and no figures', async () => {
	const room = new Room('2030-03-13');
	await refused(
		await room.page(await room.item('Ehrung')),
		'art=item',
		{},
		'Schließen Sie zuerst die Öffentlichkeit aus',
		{ near: await room.item('Ehrung') },
	);
	at('2030-03-13T18:10');
	await room.does('part', { closed: 'ja' });
	await says(`${SESSION}/anzeige`, 'visitor', ['Nichtöffentlicher Teil'], ['Ehrung']);
	await room.at('Ehrung', 'item');
	const page = await vote(room, 'Ehrung', 'Hanna Hoppe wird geehrt.', { yes: '7', no: '0', abstain: '0' });
	expect(page.text).toContain('7 Ja, 0 Nein, 0 Enthaltungen');
	at('2030-03-13T18:30');
	await room.does('part', { closed: 'nein' });
	await room.at('Verschiedenes', 'item');
	at('2030-03-13T18:40');
	await room.does('close');
	at('2030-03-18T09:00');
	await settle('2030-03-13');
	await writeMinutes('2030-03-13', {});
	await says(
		SESSION,
		'visitor',
		[
			'Getagt 13. März, 17:00 bis 18:40 Uhr',
			'4 Beratung in der Ausländerbehörde Empfohlen 5 Ja, 1 Nein, 1 Enthaltung',
			'Nötige Ja-Stimmen 2',
			'6 Personalangelegenheit Nichtöffentlich',
			'anwesend 8',
			'nicht da 1',
			'8 Nuri Öztürk Einwohnerin oder Einwohner zugeschaltet',
			'Mit der Ausländerbehörde sprechen',
			'6 Lena Lorenz Einwohnerin oder Einwohner zugeschaltet',
			'9 Pavel Quirin Einwohnerin oder Einwohner abwesend',
			'7 von 9 anwesend, nötig sind 5',
		],
		['Ehrung', 'geehrt', 'entschuldigt', 'ertagt'],
	);
	await says(SESSION, 'Dilek Demir', [
		'Ehrung für Hanna Hoppe',
		'7 Ja, 0 Nein, 0 Enthaltungen',
		'Hanna Hoppe wird geehrt.',
	]);
	await says(
		`${SESSION}/niederschrift`,
		'visitor',
		[
			'Integrationsbeirat Elbstadt Lena Lorenz ja, zugeschaltet',
			'Integrationsbeirat Elbstadt Nuri Öztürk ja, zugeschaltet, ab 17:50 Uhr, bis 18:00 Uhr',
			'Integrationsbeirat Elbstadt Pavel Quirin nein',
			'Mit der Ausländerbehörde sprechen',
			'Von 9 stimmberechtigten Mitgliedern sind 7 anwesend, nötig sind 5.',
			'Die Niederschrift vom 16. Januar 2030 ist in der vorgelegten Fassung bestätigt.',
			'Empfehlung 2/2030',
			'5 Ja, 1 Nein, eine Enthaltung, angenommen',
			'6. Personalangelegenheit',
		],
		['Ehrung', 'geehrt'],
	);
	const printed = await paper(`${SESSION}/niederschrift.pdf`);
	for (const words of [
		'7 anwesend, nötig sind 5',
		'Empfehlung 2/2030',
		'5 Ja, 1 Nein, eine Enthaltung',
		'Personalangelegenheit',
	])
		expect(printed).toContain(words);
	for (const format of ['pdf', 'odt', 'docx'])
		expect(await paper(`${SESSION}/niederschrift.${format}`)).not.toContain('geehrt');
	expect(await paper(`${SESSION}/niederschrift.pdf?teil=nichtoeffentlich`, 'Dilek Demir')).toContain('geehrt');
	await says('/aufgaben', 'visitor', ['Mit der Ausländerbehörde sprechen', 'bis 30. April']);
	const closed = await see(`${SESSION}/niederschrift`, 'Dilek Demir');
	expect(closed.text).toContain('Hanna Hoppe wird geehrt.');
	expect(closed.text).toContain('Einstimmig: 7 Ja');
	await says(`/gremien/${BODY}/niederschriften`, 'office', [
		'3/2030, 13. März 2030 noch nicht bekannt gegeben',
		'5 Sitzungen, davon 1 noch nicht bestätigt',
	]);
	expect(
		(await table(`${SESSION}/niederschrift/anwesenheit.csv`)).slice(1).map((row) => [row[0], row[1], row[4]]),
	).toEqual(NOW.slice(0, 8).map((name, index) => [String(index + 1), name, index < 5 ? 'present' : 'remote']));
	expect((await sessions())[0]).toEqual(['2030-03-13', '2', 'regular', 'minutesSigned', '7', '5']);
});
