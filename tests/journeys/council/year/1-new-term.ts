import { test } from 'vitest';
import { MEMBERS, OLD, SUCCESSORS, YOUNG } from './people.ts';
import { plain } from './site.ts';
import { act, at, BODY, foundTown, mailOf, seen, signIn, YOUTH } from './world.ts';

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
	for (const [index, name] of [...OLD, '', 'Ute Ullrich'].entries())
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
	for (const [index, name] of MEMBERS.entries()) {
		const known: Record<string, string> = OLD.includes(name) ? { person: name } : { name };
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
	for (const name of [...MEMBERS, ...SUCCESSORS, ...YOUNG]) {
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
