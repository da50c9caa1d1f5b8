import { expect, test } from 'vitest';
import { writeMinutes } from './minutes.ts';
import { marks, MEMBERS, OLD, SUCCESSORS } from './people.ts';
import { choicesOf, type Page } from './site.ts';
import { byCandidate, Room, settle } from './session.ts';
import { act, at, BODY, refused, says, see, seen, table } from './world.ts';

const SESSION = '/sitzungen/2029-09-05';
const room = new Room('2029-09-05');

test('on the day of the constitution nine new members take office at once, and the roll counts nine of nine', async () => {
	at('2029-09-05T17:01');
	await refused(await room.page(), 'art=prepare', {}, 'Tragen Sie zuerst die Konstituierung ein');
	await act(`/gremien/${BODY}/wahlperiode`, '?/konstituieren', { on: '2029-09-05', sure: 'on' });
	await says(`/gremien/${BODY}/wahlperiode`, 'office', [
		'Im Amt seit 5. September 2029.',
		'Im Amt von 6. November 2024 bis 5. September 2029.',
	]);
	await says(`/gremien/${BODY}/sitze`, 'office', ['10 Sitze, davon 0 frei']);
	const voters = await seen(`/gremien/${BODY}/funktionen?tag=2029-09-05`);
	expect(voters.text).toContain('5. September 2029: 9 Mitglieder haben eine Stimme');
	expect(choicesOf(voters.form('?/vorsitz'), 'chair').map((name) => name.replace(/ \(.*/, ''))).toEqual(MEMBERS);
	await says(`/gremien/${BODY}`, 'visitor', [
		...MEMBERS.map((name) => `${MEMBERS.indexOf(name) + 1} ${name}`),
		'10 Ute Ullrich seit 06.11.2024',
		...OLD.map(
			(name) => new RegExp(`${OLD.indexOf(name) + 1} ${name}(, (Linden|Hafen))? 06\\.11\\.2024 bis 05\\.09\\.2029`),
		),
		'1. Pavel Quirin',
		'2. Rosa Reyes',
	]);
	let page = await room.does('prepare');
	for (const name of [...MEMBERS, 'Ute Ullrich', ...SUCCESSORS]) expect(page.text).toContain(name);
	page = await room.roll({ ...marks(MEMBERS.slice(0, 8), 'present') });
	expect(page.text).toContain('8 von 9 da, nötig 5');
	at('2029-09-05T17:03');
	page = await room.does('open', { chair: 'Nuri Öztürk' }, 'form- und fristgerecht');
	expect(page.text).toContain('läuft seit 17:03');
	page = await room.does('quorum');
	expect(page.text).toContain('Beschlussfähig festgestellt um 17:03');
	expect(page.text).toContain('Bei der Feststellung: 8 von 9');
	page = await room.does('confirmAgenda');
	expect(page.text).toContain('Die Mitglieder nehmen die Tagesordnung ohne Änderung an.');
	await says(`${SESSION}/anzeige`, 'visitor', ['Beschlussfähig', '8'], ['Als Nächstes: Bestätigung']);
	// She said that she would come later.
	at('2029-09-05T17:30');
	page = await room.does('checkIn', {}, 'Olga Petrova kommt');
	expect(page.text).toContain('9 von 9 da, nötig 5');
	expect(page.text).toContain('Stimmberechtigt 9 / 9');
	expect(page.text).toContain('Beratend 0 / 1');
});

test('the chair is elected in the second round: four of nine are not enough, five of eight valid votes are the most', async () => {
	let page = await room.at('Wahl des Vorsitzes', 'item');
	page = await act(page, 'art=election', { post: 'chair', ledBy: 'Nuri Öztürk' });
	const list = page.form('art=candidate');
	expect(choicesOf(list, 'person').map((name) => name.replace(/ \(.*/, ''))).toEqual(MEMBERS);
	for (const name of ['Dilek Demir', 'Karim Khalil', 'Lena Lorenz']) {
		page = await act(page, 'art=candidate', { person: name });
		page = await act(page, 'art=consent', { consent: 'given' });
	}
	const count = (from: Page, figures: Record<string, string>) => act(from, 'art=ballots', byCandidate(from, figures));
	page = await act(page, 'art=round');
	await refused(
		page,
		'art=ballots',
		byCandidate(page, { issued: '9', returned: '9', 'Dilek Demir': '6', 'Karim Khalil': '3', 'Lena Lorenz': '2' }),
		'Summe passt nicht',
	);
	page = await count(page, { issued: '9', returned: '9', 'Dilek Demir': '4', 'Karim Khalil': '3', 'Lena Lorenz': '2' });
	expect(page.text).toContain(
		'9 Stimmzettel ausgegeben, 9 abgegeben, 0 ungültig, 0 leer Dilek Demir: 4 Karim Khalil: 3 Lena Lorenz: 2 Niemand hat die nötige Mehrheit von 5.',
	);
	await refused(
		await room.page(),
		'art=close',
		{},
		'Die konstituierende Sitzung endet erst, wenn der Vorsitz gewählt ist',
	);
	page = await act(page, 'art=round');
	page = await count(page, { issued: '9', returned: '9', 'Dilek Demir': '5', 'Karim Khalil': '3', invalid: '1' });
	expect(page.text).toContain(
		'9 Stimmzettel ausgegeben, 9 abgegeben, 1 ungültig, 0 leer Dilek Demir: 5 Karim Khalil: 3 Lena Lorenz: 0 Gewählt: Dilek Demir, mit den meisten Stimmen',
	);
	at('2029-09-05T17:41');
	page = await act(page, 'art=accept', { accepted: 'yes' });
	expect(page.text).toContain('Dilek Demir hat die Wahl um 17:41 Uhr angenommen.');
	at('2029-09-05T17:50');
	await room.at('Verschiedenes', 'item');
	at('2029-09-05T18:12');
	page = await room.does('close');
	expect(page.text).toContain('beendet um 18:12');
	expect(page.text).toContain('Stimmberechtigt 0 / 9');
	await says(`/gremien/${BODY}/funktionen`, 'office', [
		'Dilek Demir, Vorsitz seit 5. September 2029',
		'Anke Altmann, Vorsitz 6. November 2024 bis 5. September 2029',
	]);
	await says(`/gremien/${BODY}`, 'visitor', [
		'4 Dilek Demir Vorsitz seit 05.09.2029',
		'1 Anke Altmann Linden seit 05.09.2029',
	]);
	await says(
		SESSION,
		'visitor',
		[
			'Getagt 5. September, 17:03 bis 18:12 Uhr',
			'Das Gremium war beschlussfähig.',
			'2 Bestätigung der Tagesordnung Bestätigt ohne Änderung',
			'3 Wahl des Vorsitzes Gewählt',
			'anwesend 9',
			'8 von 9 anwesend, nötig sind 5',
			'In der Niederschrift festgestellt: 8 Stimmberechtigte anwesend.',
		],
		['vertagt', 'Vertagt', 'Pavel Quirin', 'Rosa Reyes'],
	);
	await says(`${SESSION}/anzeige`, 'visitor', ['Die Sitzung ist beendet, seit 18:12.'], ['Als Nächstes']);
	for (let step = 0; step < 3; step++)
		await act(`/gremien/${BODY}/neue-wahlperiode`, '?/stand', {}, { near: 'value="ja"' });
	await says(`/gremien/${BODY}/neue-wahlperiode`, 'office', ['Schritte: 10 von 10 erledigt']);
});

test('the minutes say who opened and who closed, who came late, and what was counted; a member objects', async () => {
	at('2029-09-10T09:00');
	expect((await see(`${SESSION}/niederschrift`, 'visitor')).text).toContain(
		'Die Niederschrift ist noch nicht veröffentlicht',
	);
	await says('/tisch', 'office', ['Niederschrift']);
	await settle('2029-09-05');
	await writeMinutes('2029-09-05', { 'Wahl des Vorsitzes': 'Nuri Öztürk leitet die Wahl.' });
	const page = await says(
		`${SESSION}/niederschrift`,
		'visitor',
		[
			'Ergebnisprotokoll der konstituierenden Sitzung',
			'5. September 2029, 17:03 bis 18:12 Uhr',
			'Vorläufige Niederschrift',
			'Integrationsbeirat Elbstadt Olga Petrova ja, ab 17:30 Uhr',
			'Linden Anke Altmann ja',
			'Nuri Öztürk eröffnet die Sitzung um 17:03 Uhr.',
			'Eingeladen wurde am 22. August 2029.',
			'Von 9 stimmberechtigten Mitgliedern sind 8 anwesend, nötig sind 5. Das Gremium ist beschlussfähig.',
			'Die Tagesordnung bleibt, wie sie eingeladen wurde.',
			'Olga Petrova kommt um 17:30 Uhr dazu.',
			'Gewählt ist Dilek Demir im 2. Wahlgang.',
			'Dilek Demir schließt die Sitzung um 18:12 Uhr.',
			'Dilek Demir Vorsitzende unterzeichnet am 10. September 2029',
			'Ines Hallfurth Schriftführung unterzeichnet am 10. September 2029',
			'Fassung 1 vom 10. September 2029',
		],
		['vertagt', 'Pavel Quirin', 'entschuldigt'],
	);
	expect(page.text.match(/ ja(?!,)/g)).toHaveLength(8);
	const paid = await table(`${SESSION}/niederschrift/anwesenheit.csv`);
	expect(paid.slice(1)).toEqual(
		MEMBERS.map((name, index) => [
			String(index + 1),
			name,
			['Linden', 'Linden', 'Hafen'][index] ?? '',
			'',
			'present',
			name === 'Olga Petrova' ? '17:30' : '17:01',
			'18:12',
			'2029-09-05',
			'Integrationsbeirat Elbstadt',
		]),
	);
	at('2029-09-20T20:00');
	const objection = {
		item: 'Wahl des Vorsitzes',
		text: 'Es fehlt, wer ausgezählt hat.',
		wanted: 'Nuri Öztürk leitet die Wahl, Jule Jansen zählt mit aus.',
	};
	const said = await act(`${SESSION}/niederschrift`, '?/einwendung', objection, { who: 'Karim Khalil' });
	expect(said.text).toContain('Das Gremium entscheidet in seiner nächsten Sitzung.');
	await says('/', 'visitor', [
		'Noch kein Termin',
		'5. September',
		'Wahl des Vorsitzes',
		'Gewählt, Konstituierende Sitzung, Punkt 3',
	]);
	expect(await sessions()).toEqual([['2029-09-05', '1', 'constituting', 'minutesSigned', '8', '5']]);
	await says('/mitarbeit', 'Karim Khalil', [
		'05.09.2029 Konstituierende Sitzung anwesend',
		'Integrationsbeirat Elbstadt seit 5. September 2029',
	]);
});

/** The open data of sessions: day, number, kind, state, present, needed; one line a session. */
export async function sessions(): Promise<string[][]> {
	const [head, ...lines] = await table('/sitzungen.csv', 'visitor');
	const at_ = ['date', 'meetingNumber', 'meetingKind', 'meetingState', 'present', 'needed'].map((name) =>
		head!.indexOf(name),
	);
	const rows = lines.map((line) => at_.map((index) => line[index]!));
	return rows.filter((row, index) => rows.findIndex(([date]) => date === row[0]) === index);
}
