import { expect, test } from 'vitest';
import { plain } from './year/site.ts';
import { writeMinutes } from './year/minutes.ts';
import { byCandidate, convene, Room, settle, vote } from './year/session.ts';
import { act, at, BODY, foundTown, mailOf, refused, see, seen, signIn, YOUTH } from './year/world.ts';

/**
 * A whole year of an integration council, through the forms of the built application and with a clock that is moved:
 * council election, new term, constitution, four sessions, a member who leaves, minutes that are corrected, the end of the
 * term and its archive.
 */

const VOTING_OLD = [
	'Anke Altmann',
	'Bernd Brook',
	'Cora Clasen',
	'Dilek Demir',
	'Emil Engel',
	'Farah Faruk',
	'Goran Galic',
	'Hanna Hoppe',
];
const VOTING = [
	'Anke Altmann',
	'Ivo Iversen',
	'Jule Jansen',
	'Dilek Demir',
	'Karim Khalil',
	'Lena Lorenz',
	'Marta Nowak',
	'Nuri Öztürk',
	'Olga Petrova',
];
const SUCCESSORS = ['Pavel Quirin', 'Rosa Reyes'];
const YOUNG = ['Selin Sahin', 'Tarek Tamer', 'Uma Urban', 'Viktor Voss'];

test('the office sets up the council of the term that runs', async () => {
	at('2029-04-10T09:00');
	await foundTown();
	for (const [name, shortName] of [
		['Fraktion Linden', 'Linden'],
		['Fraktion Hafen', 'Hafen'],
	] as const)
		await act('/fraktionen', '?/neu', { name, shortName, from: '2024-07-01' });
	await act('/gremien/anlegen', '?/anlegen', {
		name: 'Integrationsbeirat Elbstadt',
		slug: BODY,
		kind: 'council',
		classification: 'Beirat',
		preset: 'st-beirat-2024',
		from: '2024-11-06',
		termName: 'Wahlperiode 2024 bis 2029',
		councilFrom: '2024-07-01',
		councilUntil: '2029-07-01',
		seats: null,
	});
	const seat = { voting: 'on', from: '2024-11-06', resolution: 'Beschluss 040/2024' };
	const seats = `/gremien/${BODY}/sitze`;
	const group = { ...seat, kind: 'delegated', substitutes: 'anyOfGroup', successors: 'none' };
	await act(seats, '?/neu', { ...group, count: '2', organisation: 'Fraktion Linden' });
	await act(seats, '?/neu', { ...group, count: '1', organisation: 'Fraktion Hafen' });
	await act(seats, '?/neu', { ...seat, kind: 'resident', count: '6', substitutes: 'none', successors: 'rankedList' });
	await act(seats, '?/neu', {
		...seat,
		kind: 'exOfficio',
		count: '1',
		voting: null,
		substitutes: 'none',
		successors: 'none',
	});
	for (const [index, name] of [...VOTING_OLD, '', 'Ute Ullrich'].entries())
		if (name) await act(`${seats}?sitz=${index + 1}`, '?/berufen', { name, from: '2024-11-06' });
	await act(`/gremien/${BODY}/funktionen?tag=2024-11-06`, '?/vorsitz', { chair: 'Anke Altmann', on: '2024-11-06' });
	await act('/gremien/anlegen', '?/anlegen', {
		name: 'Jugendrat Elbstadt',
		slug: YOUTH,
		kind: 'committee',
		preset: 'free-beirat',
		from: '2028-01-01',
		seats: null,
	});
	await act(`/gremien/${YOUTH}/sitze`, '?/neu', { kind: 'resident', count: '5', voting: 'on', from: '2028-01-01' });
	for (const [index, name] of YOUNG.entries())
		await act(`/gremien/${YOUTH}/sitze?sitz=${index + 1}`, '?/berufen', { name, from: '2028-01-01' });
});

test('after the election of the town council a new term is prepared and members are designated', async () => {
	at('2029-06-11T09:00');
	await act(`/gremien/${BODY}/neue-wahlperiode`, '?/planen', { gewaehlt: '2029-06-10' });
	await act(`/gremien/${BODY}/wahlperiode`, '?/vorbereiten', {
		name: 'Wahlperiode 2029 bis 2034',
		electedOn: '2029-06-10',
		councilFrom: '2029-07-01',
		councilUntil: '2034-07-01',
		seats: 'keep',
	});
	await act(`/gremien/${BODY}/regeln`, '?/neu', {
		name: 'Satzung 2029',
		from: '2029-09-01',
		statuteTitle: 'Satzung vom 14. Juni 2029',
		'remote.mode': 'hybrid',
	});
	at('2029-08-20T09:00');
	for (const [index, name] of VOTING.entries()) {
		const known: Record<string, string> = VOTING_OLD.includes(name) ? { person: name } : { name };
		await act(`/gremien/${BODY}/wahlperiode?sitz=${index + 1}`, '?/bestellen', { ...known, appointedOn: '2029-08-16' });
	}
	for (const [index, name] of SUCCESSORS.entries())
		await act(`/gremien/${BODY}/wahlperiode`, '?/nachruecker', {
			name,
			rank: String(index + 1),
			appointedOn: '2029-08-16',
		});
	// Accounts for those who need one; addresses for all.
	const people = await seen('/personen');
	for (const name of [...VOTING, ...SUCCESSORS, ...YOUNG]) {
		const href = [...people.html.matchAll(/href="(\/personen\/[^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].find(([, , words]) =>
			plain(words!).includes(name),
		)?.[1];
		await act(href!, '?/einladen', { email: mailOf(name) });
	}
	for (const name of ['Dilek Demir', 'Karim Khalil', 'Lena Lorenz']) await signIn(name);
});

test('the office convenes the constituting session', async () => {
	at('2029-08-22T10:00');
	let page = await seen(`/sitzungen/neu?gremium=${BODY}&tag=2029-09-05`);
	page = await act(page, `/sitzungen/neu?gremium=${BODY}&tag=2029-09-05`, {
		kind: 'constituting',
		placeName: 'Altes Rathaus',
		room: 'Saal',
	});
	page = await act(page, '?/neu', { title: 'Wahl des Vorsitzes', kind: 'election' });
	page = await act('/sitzungen/2029-09-05/einladung', '?/senden', {});
});

test('the body constitutes itself and elects its chair in the second round', async () => {
	at('2029-09-05T17:01');
	const room = new Room('2029-09-05');
	await refused(await room.page(), 'art=prepare', {}, 'Tragen Sie zuerst die Konstituierung ein');
	await act(`/gremien/${BODY}/wahlperiode`, '?/konstituieren', { on: '2029-09-05', sure: 'on' });
	await room.does('prepare');
	await room.roll(Object.fromEntries(VOTING.map((name) => [name, 'present'])));
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

test('four of nine come: no quorum, and the body is convened a second time', async () => {
	at('2029-10-20T10:00');
	await convene('2029-11-07', {}, ['Sprachkurse am Abend']);
	at('2029-11-07T17:02');
	const room = new Room('2029-11-07');
	await room.does('prepare');
	await room.roll({
		...marks(VOTING.slice(0, 4), 'present'),
		...marks(VOTING.slice(4, 6), 'excused'),
		...marks(VOTING.slice(6), 'unexcused'),
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
		...marks(VOTING.slice(3, 6), 'present'),
		...marks([...VOTING.slice(0, 3), ...VOTING.slice(6)], 'excused'),
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

test('two bodies sit together, each with its own quorum and its own vote', async () => {
	at('2029-12-20T10:00');
	await convene('2030-01-16', { kind: 'joint', with: 'Jugendrat Elbstadt' }, ['Treffpunkt am Nordufer']);
	at('2030-01-16T17:00');
	const room = new Room('2030-01-16');
	await room.does('prepare');
	await room.roll({
		...marks(VOTING.slice(0, 7), 'present'),
		...marks(VOTING.slice(7), 'excused'),
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
	const now = [...VOTING.slice(0, 8), 'Pavel Quirin'];
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

const marks = <Mark extends string>(names: string[], mark: Mark) =>
	Object.fromEntries(names.map((name) => [name, mark])) as Record<string, Mark>;
