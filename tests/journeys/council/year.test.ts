import { expect, test } from 'vitest';
import { plain } from './year/site.ts';
import { Room } from './year/session.ts';
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
	page = await act(page, '/sitzungen/2029-09-05/abstimmungen?/wahlgang');
});
