import { expect, test } from 'vitest';
import { sessions } from './2-constitution.ts';
import { writeMinutes } from './minutes.ts';
import { marks, MEMBERS, YOUNG } from './people.ts';
import { convene, Room, settle, vote } from './session.ts';
import { act, at, BODY, letters, mailOf, refused, says, table, YOUTH } from './world.ts';

const SESSION = '/sitzungen/2030-01-16';
const COUNCIL = 'Integrationsbeirat Elbstadt';
const YOUTH_NAME = 'Jugendrat Elbstadt';
const room = new Room('2030-01-16');

test('two bodies are invited to one session: nine and four with a vote', async () => {
	at('2029-12-20T10:00');
	const form = `/sitzungen/neu?gremium=${BODY}&tag=2030-01-16`;
	await refused(form, form, { kind: 'joint' }, 'Eine gemeinsame Sitzung braucht ein zweites Gremium.');
	const page = await convene('2030-01-16', { kind: 'joint', with: YOUTH_NAME }, ['Treffpunkt am Nordufer']);
	expect(page.text).toContain('noch keine Antwort: 13 (nur Stimmberechtigte)');
	expect(page.text).toContain('letzter Tag war Dienstag, 8. Januar 2030');
	const sent = await letters('Einladung', '16. Januar 2030');
	expect(sent.map(({ to }) => to).sort()).toEqual([...MEMBERS, ...YOUNG].map(mailOf).sort());
	for (const path of [`/gremien/${BODY}`, `/gremien/${YOUTH}`, '/sitzungen'])
		await says(path, 'visitor', ['16.01.2030', 'Gemeinsame Sitzung', `${COUNCIL}, ${YOUTH_NAME}`]);
	await says(SESSION, 'visitor', [
		`${COUNCIL}, ${YOUTH_NAME}`,
		'3 Bestätigung der Niederschrift der Sitzung vom 7. November 2029',
		'4 Bestätigung der Niederschrift der Sitzung vom 21. November 2029',
		'5 Ein neues Logo',
		'6 Treffpunkt am Nordufer',
	]);
});

test('each body has its own quorum: seven of nine need five, two of four are one too few', async () => {
	at('2030-01-16T17:00');
	await room.does('prepare');
	await room.roll({
		...marks(MEMBERS.slice(0, 7), 'present'),
		...marks(MEMBERS.slice(7), 'excused'),
		...marks(YOUNG.slice(0, 2), 'present'),
		...marks(YOUNG.slice(3), 'excused'),
	});
	await room.does('open', {}, 'form- und fristgerecht');
	let page = await room.does('quorum');
	expect(page.under('Beschlussfähigkeit')).toContain('7 von 9 da, nötig 5');
	expect(page.under('Beschlussfähigkeit')).toContain('2 von 4 da, nötig 3');
	expect(page.text).toContain('Nicht beschlussfähig, festgestellt um 17:00');
	await room.does('confirmAgenda');
	await room.at('Treffpunkt', 'item');
	page = await room.page(await room.item('Treffpunkt'));
	page = await act(page, 'art=motion', {
		text: 'Beide Gremien wünschen einen Treffpunkt am Nordufer.',
	});
	await refused(page, 'art=openVote', {}, '2 stimmberechtigt anwesend, nötig sind 3', {
		near: YOUTH_NAME,
	});
	at('2030-01-16T17:10');
	page = await room.does('checkIn', {}, 'Uma Urban kommt');
	expect(page.under('Beschlussfähigkeit')).toContain('3 von 4 da, nötig 3');
	page = await room.does('quorum');
	expect(page.text).not.toContain('Nicht beschlussfähig, festgestellt');
});

test('each body votes by itself: six to one, and two to nothing with one abstention', async () => {
	await vote(room, 'Treffpunkt', '', { yes: '6', no: '1', abstain: '0' }, COUNCIL);
	const page = await vote(room, 'Treffpunkt', '', { yes: '2', no: '0', abstain: '1' }, YOUTH_NAME);
	expect(page.text).toContain('6 Ja, 1 Nein, 0 Enthaltungen');
	expect(page.text).toContain('2 Ja, 0 Nein, 1 Enthaltung');
	await room.at('neues Logo', 'result', { result: 'withdrawn' });
	for (const day of ['2029-11-07', '2029-11-21']) {
		await room.at(day === '2029-11-07' ? 'vom 7. November 2029' : 'vom 21. November 2029', 'item');
		await act(`${SESSION}/niederschrift`, '?/bestaetigen', {}, { near: `value="${day}"` });
		await says(`/sitzungen/${day}/niederschrift`, 'visitor', ['Vom Gremium bestätigt am 16. Januar 2030']);
	}
	at('2030-01-16T18:30');
	await room.does('close');
	at('2030-01-21T09:00');
	await settle('2030-01-16');
	await writeMinutes('2030-01-16', {});
	const seen = await says(
		SESSION,
		'visitor',
		[
			'Getagt 16. Januar, 17:00 bis 18:30 Uhr',
			'Das Gremium war beschlussfähig. Es hat eine Empfehlung gegeben.',
			'5 Ein neues Logo Zurückgezogen',
			'6 Treffpunkt am Nordufer Empfohlen',
			`${COUNCIL} 6 Ja, 1 Nein, 0 Enthaltungen`,
			'2 Ja, 0 Nein, 1 Enthaltung',
			'anwesend 7',
			'nicht da 2',
			'7 von 9 anwesend, nötig sind 5',
			'3 von 4 anwesend, nötig sind 3',
			'Selin Sahin anwesend',
			'Viktor Voss abwesend',
		],
		['ertagt', 'entschuldigt'],
	);
	expect(seen.text.match(/Beide Gremien wünschen einen Treffpunkt am Nordufer\./g)).toHaveLength(1);
	const minutes = await says(
		`${SESSION}/niederschrift`,
		'visitor',
		[
			'Ergebnisprotokoll der gemeinsamen Sitzung',
			`${COUNCIL}, ${YOUTH_NAME}`,
			'Linden Anke Altmann ja',
			`${YOUTH_NAME} Selin Sahin ja`,
			`${YOUTH_NAME} Uma Urban ja, ab 17:10 Uhr`,
			`${YOUTH_NAME} Viktor Voss nein`,
			'Von 9 stimmberechtigten Mitgliedern sind 7 anwesend, nötig sind 5. Das Gremium ist beschlussfähig.',
			`${YOUTH_NAME}: Von 4 stimmberechtigten Mitgliedern sind 3 anwesend, nötig sind 3. Das Gremium ist beschlussfähig.`,
			'Uma Urban kommt um 17:10 Uhr dazu.',
			`Empfehlung 1/2030, ${COUNCIL}`,
			`Empfehlung 1/2030, ${YOUTH_NAME}`,
			`${COUNCIL}: 6 Ja, 1 Nein, 0 Enthaltungen, angenommen`,
			`${YOUTH_NAME}: Einstimmig: 2 Ja, eine Enthaltung, angenommen`,
			'Die Niederschrift vom 7. November 2029 ist in der vorgelegten Fassung bestätigt.',
			'Die Niederschrift vom 21. November 2029 ist in der vorgelegten Fassung bestätigt.',
		],
		['Linden Selin'],
	);
	void minutes;
	expect(
		(await table(`${SESSION}/niederschrift/anwesenheit.csv`)).slice(1).map((row) => [row[0], row[1], row[8]]),
	).toEqual([
		...MEMBERS.slice(0, 7).map((name, index) => [String(index + 1), name, COUNCIL]),
		...YOUNG.slice(0, 3).map((name, index) => [String(index + 1), name, YOUTH_NAME]),
	]);
	const [head, ...data] = await table('/sitzungen.csv', 'visitor');
	const of = (name: string) => head!.indexOf(name);
	const told = data.filter((line) => line[of('resolution')]!.includes('Treffpunkt am Nordufer'));
	// One line for the vote of each body; what both resolved is told once in each.
	expect(told.map((line) => ['votingBody', 'yes', 'no', 'abstain', 'adopted'].map((name) => line[of(name)]))).toEqual([
		[COUNCIL, '6', '1', '0', 'true'],
		[YOUTH_NAME, '2', '0', '1', 'true'],
	]);
	expect(told[0]![of('resolution')]).toBe('Beide Gremien wünschen einen Treffpunkt am Nordufer.');
	expect((await sessions())[0]).toEqual(['2030-01-16', '1', 'joint', 'minutesSigned', '7', '5']);
});
