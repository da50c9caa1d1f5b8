import { expect, test } from 'vitest';
import { sessions } from './2-constitution.ts';
import { writeMinutes } from './minutes.ts';
import { marks, MEMBERS } from './people.ts';
import { convene, Room, settle, vote } from './session.ts';
import { act, at, letters, mailOf, nightly, paper, refused, says, see, table } from './world.ts';

const FIRST = '/sitzungen/2029-11-07';
const SECOND = '/sitzungen/2029-11-21';
const CORRECTED = '/sitzungen/2029-09-05/niederschrift';

test('four of nine come: no quorum, nothing is decided, and the body is convened a second time', async () => {
	at('2029-10-20T10:00');
	let page = await convene('2029-11-07', {}, ['Sprachkurse am Abend']);
	expect(page.text).toContain(
		'Eingeladen wurde am Samstag, 20. Oktober 2029, letzter Tag war Dienstag, 30. Oktober 2029.',
	);
	const sent = await letters('Einladung', '7. November 2029');
	expect(sent).toHaveLength(9);
	for (const name of ['Karim Khalil', 'Lena Lorenz']) {
		const link = /\/antwort\/[\w-]+/.exec(sent.find(({ to }) => to === mailOf(name))!.text)![0];
		await act(link, '', { answer: 'no', reason: 'Ich bin auf Dienstreise.' }, { who: 'visitor' });
	}
	page = await says(`${FIRST}/einladung`, 'office', [
		'Nein, ich kann nicht: 2, noch keine Antwort: 7 (nur Stimmberechtigte)',
		'Ich bin auf Dienstreise.',
	]);
	await says(FIRST, 'visitor', ['4 Sprachkurse am Abend'], ['Dienstreise']);
	at('2029-10-31T06:00');
	await nightly('council.agenda.remind');
	expect(await letters('Erinnerung')).toHaveLength(7);
	at('2029-11-07T17:02');
	const room = new Room('2029-11-07');
	page = await room.does('prepare');
	expect(
		page.text.match(/entschuldigt E? ?|Karim Khalil entschuldigt|Lena Lorenz entschuldigt/g)!.length,
	).toBeGreaterThan(1);
	await room.roll({ ...marks(MEMBERS.slice(0, 4), 'present'), ...marks(MEMBERS.slice(6), 'unexcused') });
	await room.does('open', {}, 'form- und fristgerecht');
	page = await room.does('quorum');
	expect(page.text).toContain('4 von 9 da, nötig 5');
	expect(page.text).toContain('Nicht beschlussfähig, festgestellt um 17:02');
	page = await room.at('Sprachkurse', 'item');
	await refused(page, 'art=result', { result: 'adopted' }, 'Ohne Beschlussfähigkeit kein Beschluss: 4 da, nötig 5.', {
		near: await room.item('Sprachkurse'),
	});
	await refused(
		await room.page(),
		'art=closeWithoutQuorum',
		{ date: '2029-11-07' },
		'Der neue Tag muss nach dieser Sitzung liegen.',
	);
	at('2029-11-07T17:20');
	page = await room.does('closeWithoutQuorum', { date: '2029-11-21', start: '18:00' });
	expect(page.text).toContain('Die zweite Sitzung ist geplant.');
	at('2029-11-08T09:00');
	await says(
		FIRST,
		'visitor',
		[
			'Getagt 7. November, 17:02 bis 17:20 Uhr',
			'Das Gremium war nicht beschlussfähig. 2 Punkte wurden vertagt.',
			'3 Bestätigung der Niederschrift der Sitzung vom 5. September 2029 Vertagt',
			'4 Sprachkurse am Abend Vertagt',
			'anwesend 4',
			'nicht da 5',
			'4 von 9 anwesend, nötig sind 5',
			'Karim Khalil Einwohnerin oder Einwohner abwesend',
			'Marta Nowak Einwohnerin oder Einwohner abwesend',
		],
		['entschuldigt', 'unentschuldigt'],
	);
	await says(FIRST, 'Dilek Demir', ['Karim Khalil Einwohnerin oder Einwohner entschuldigt']);
	await says(`/gremien/integrationsbeirat/anwesenheit`, 'office', [
		'Karim Khalil entschuldigt',
		'Lena Lorenz entschuldigt',
		'Marta Nowak unentschuldigt',
		'Nuri Öztürk unentschuldigt',
		'Olga Petrova unentschuldigt',
	]);
	await settle('2029-11-07');
	await writeMinutes('2029-11-07', {});
	await says(
		`${FIRST}/niederschrift`,
		'visitor',
		[
			'Dilek Demir eröffnet die Sitzung um 17:02 Uhr.',
			'Von 9 stimmberechtigten Mitgliedern sind 4 anwesend, nötig sind 5. Das Gremium ist nicht beschlussfähig.',
			'Dilek Demir schließt die Sitzung um 17:20 Uhr, weil das Gremium nicht beschlussfähig ist.',
		],
		['entschuldigt'],
	);
	expect((await table(`${FIRST}/niederschrift/anwesenheit.csv`)).slice(1).map(([seat, name]) => [seat, name])).toEqual(
		MEMBERS.slice(0, 4).map((name, index) => [String(index + 1), name]),
	);
});

test('the second invitation says that any number is enough: three of nine decide', async () => {
	let page = await says(`${SECOND}/einladung`, 'office', [
		'Die Einladung muss spätestens am Dienstag, 13. November 2029 hinausgehen.',
		'Die Tagesordnung hat 5 Punkte.',
		'10 Personen einladen',
	]);
	page = await act(page, '?/senden');
	expect(page.text).toContain(
		'Eingeladen wurde am Donnerstag, 8. November 2029, letzter Tag war Dienstag, 13. November 2029.',
	);
	const sent = await letters('Einladung', '21. November 2029');
	expect(sent.map(({ to }) => to).sort()).toEqual(MEMBERS.map(mailOf).sort());
	for (const { text } of sent) {
		expect(text).toContain('3. Bestätigung der Niederschrift der Sitzung vom 5. September 2029 *');
		expect(text).toContain('4. Sprachkurse am Abend *');
		expect(text).toContain('ist es in dieser Sitzung ohne Rücksicht auf die Zahl der Anwesenden beschlussfähig');
	}
	await says('/', 'visitor', [
		'Mittwoch 21. November',
		'18:00 bis 20:00 Uhr Altes Rathaus, Saal',
		'Sprachkurse am Abend',
	]);
	at('2029-11-21T18:01');
	const room = new Room('2029-11-21');
	await room.does('prepare');
	await room.roll({
		...marks(MEMBERS.slice(3, 6), 'present'),
		...marks([...MEMBERS.slice(0, 3), ...MEMBERS.slice(6)], 'excused'),
	});
	await room.does('open', {}, 'form- und fristgerecht');
	page = await room.does('quorum');
	expect(page.text).toContain('3 von 9 da, nötig 5');
	expect(page.text).toContain('Beschlussfähig festgestellt um 18:01');
	await room.does('confirmAgenda');
	// What was not on the first agenda needs the full quorum.
	await act(await room.page(), 'art=addItem', { title: 'Ein neues Logo', reason: 'Der Druck eilt.', yes: '3' });
	page = await room.at('neues Logo', 'item');
	await refused(page, 'art=result', { result: 'adopted' }, 'Ohne Beschlussfähigkeit kein Beschluss: 3 da, nötig 5.', {
		near: await room.item('neues Logo'),
	});
	await room.at('neues Logo', 'result', { result: 'postponed' });
	await room.at('Sprachkurse', 'item');
	page = await vote(room, 'Sprachkurse', 'Der Beirat empfiehlt zwei Sprachkurse am Abend.', {
		yes: '3',
		no: '0',
		abstain: '0',
	});
	expect(page.text).toContain('3 Ja, 0 Nein, 0 Enthaltungen');
	await room.at('Bestätigung der Niederschrift', 'item');
});

test('the objection is accepted by two to one: the minutes have a second version', async () => {
	let page = await says(`${SECOND}/niederschrift`, 'office', ['Es fehlt, wer ausgezählt hat.']);
	page = await act(page, '?/entscheidung', { yes: '2', no: '1', abstain: '0' });
	expect(page.text).toContain('Es gibt eine neue Fassung.');
	page = await act(page, '?/bestaetigen', {}, { near: 'public' });
	at('2029-11-21T19:05');
	await new Room('2029-11-21').does('close');
	await says(
		CORRECTED,
		'visitor',
		['Vom Gremium bestätigt am 21. November 2029', 'Jule Jansen zählt mit aus.', 'Fassung 2 vom 21. November 2029'],
		['Vorläufige Niederschrift', 'Fassung 1'],
	);
	await says(CORRECTED, 'Karim Khalil', ['Fassung 2 vom 21. November 2029', 'Fassung 1 vom 10. September 2029']);
	page = await says(`${CORRECTED}?vergleich=1-2`, 'Karim Khalil', [
		'Was sich von Fassung 1 zu Fassung 2',
		'Einwendung von Karim Khalil, angenommen am 21. November 2029',
	]);
	expect(page.html).toMatch(/<ins>[\s\S]{0,120}Jule Jansen/);
	at('2029-11-26T09:00');
	// The corrected version is signed, too.
	await act(CORRECTED, '?/unterschrift', { function: 'Vorsitzende' }, { who: 'Dilek Demir', near: 'value="chair"' });
	await act(CORRECTED, '?/unterschrift', { function: 'Schriftführung' }, { near: 'value="minuteTaker"' });
	await says(CORRECTED, 'visitor', [
		'Vom Gremium bestätigt am 21. November 2029',
		'Dilek Demir Vorsitzende unterzeichnet am 26. November 2029',
		'Ines Hallfurth Schriftführung unterzeichnet am 26. November 2029',
	]);
	await settle('2029-11-21');
	await writeMinutes('2029-11-21', {});
	page = await says(SECOND, 'visitor', [
		'Getagt 21. November, 18:01 bis 19:05 Uhr',
		'Das Gremium war beschlussfähig. Es hat eine Empfehlung gegeben. Ein Punkt wurde vertagt.',
		'3 Bestätigung der Niederschrift der Sitzung vom 5. September 2029 Bestätigt',
		'4 Sprachkurse am Abend Empfohlen 3 Ja, 0 Nein, 0 Enthaltungen',
		'Anwesend mit Stimme 3',
		'Nötige Ja-Stimmen 1',
		'anwesend 3',
		'nicht da 6',
		'3 von 9 anwesend, nötig sind 5',
	]);
	await says(
		`${SECOND}/niederschrift`,
		'visitor',
		[
			'Dilek Demir eröffnet die Sitzung um 18:01 Uhr.',
			'Nach der zweiten Ladung ist das Gremium unabhängig von der Zahl der Anwesenden beschlussfähig; anwesend sind 3 von 9 stimmberechtigten Mitgliedern.',
			'Karim Khalil wendet ein: Es fehlt, wer ausgezählt hat.',
			'Die Niederschrift vom 5. September 2029 ist mit der beschlossenen Berichtigung bestätigt.',
			'Empfehlung 1/2029',
			'Einstimmig: 3 Ja',
			'neu ist „Ein neues Logo“',
		],
		['nicht beschlussfähig'],
	);
	const printed = await paper(`${SECOND}/niederschrift.pdf`);
	for (const words of ['anwesend sind 3 von 9', 'Empfehlung 1/2029', 'Einstimmig: 3 Ja'])
		expect(printed).toContain(words);
	expect(await sessions()).toEqual([
		['2029-11-21', '', 'extraordinary', 'minutesSigned', '3', '5'],
		['2029-11-07', '2', 'regular', 'minutesSigned', '4', '5'],
		['2029-09-05', '1', 'constituting', 'minutesSigned', '8', '5'],
	]);
	await says('/mitarbeit', 'Karim Khalil', [
		'21.11.2029 Sondersitzung anwesend',
		'07.11.2029 2. öffentliche Sitzung entschuldigt',
		'05.09.2029 Konstituierende Sitzung anwesend',
	]);
	await says('/', 'visitor', ['21. November', 'Sprachkurse am Abend', 'Empfohlen, Sondersitzung, Punkt 4']);
	expect((await see('/aufgaben', 'visitor')).status).toBe(200);
});
