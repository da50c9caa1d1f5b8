import { expect, test } from 'vitest';
import { MEMBERS, OLD, SUCCESSORS, YOUNG } from './people.ts';
import { choicesOf, plain } from './site.ts';
import { act, at, BODY, foundTown, letters, mailOf, says, see, seen, signIn, table, YOUTH } from './world.ts';

/** A choice of a list names the group behind: "Anke Altmann (Linden)". */
const nameOf = (choice: string) => choice.replace(/ \(.*/, '');

const SEATS = `/gremien/${BODY}/sitze`;

test('the office sets up the council of the term that runs: ten seats, nine with a vote, one of them vacant', async () => {
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
	const group = { ...seat, kind: 'delegated', substitutes: 'anyOfGroup', successors: 'none' };
	await act(SEATS, '?/neu', { ...group, count: '2', organisation: 'Fraktion Linden' });
	await act(SEATS, '?/neu', { ...group, count: '1', organisation: 'Fraktion Hafen' });
	await act(SEATS, '?/neu', { ...seat, kind: 'resident', count: '6', substitutes: 'none', successors: 'rankedList' });
	await act(SEATS, '?/neu', { ...seat, kind: 'exOfficio', count: '1', voting: null, substitutes: 'none' });
	for (const [index, name] of [...OLD, '', 'Ute Ullrich'].entries())
		if (name) await act(`${SEATS}?sitz=${index + 1}`, '?/berufen', { name, from: '2024-11-06' });
	const election = await seen(`/gremien/${BODY}/funktionen?tag=2024-11-06`);
	expect(election.text).toContain('6. November 2024: 8 Mitglieder haben eine Stimme und sind wählbar.');
	expect(choicesOf(election.form('?/vorsitz'), 'chair').map(nameOf)).toEqual(OLD);
	await act(election, '?/vorsitz', { chair: 'Anke Altmann', on: '2024-11-06' });
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

	await says(SEATS, 'office', ['10 Sitze, davon 1 frei']);
	await says(`/gremien/${YOUTH}/sitze`, 'office', ['5 Sitze, davon 1 frei']);
	await says('/gremien', 'visitor', [
		'Integrationsbeirat Elbstadt 9 Sitze mit Stimme',
		'Jugendrat Elbstadt 5 Sitze mit Stimme',
	]);
	const page = await says(`/gremien/${BODY}`, 'visitor', [
		'1 Anke Altmann Linden Vorsitz seit 06.11.2024',
		'9 nicht besetzt',
		'10 Ute Ullrich seit 06.11.2024',
		'Wahlperiode 2024 bis 2029 seit 6. November 2024',
	]);
	expect(page.text.match(/nicht besetzt/g)).toHaveLength(1);
	expect(page.text).not.toContain('Die Mitgliedschaften bestehen fort');
	expect(await table(`/gremien/${BODY}/mitglieder.csv`, 'visitor')).toEqual([
		['seat', 'kind', 'votingRight', 'name', 'onBehalfOf', 'post', 'startDate', 'endDate'],
		...OLD.map((name, index) => {
			const of = ['Fraktion Linden', 'Fraktion Linden', 'Fraktion Hafen'][index] ?? '';
			return [
				String(index + 1),
				of ? 'delegated' : 'resident',
				'true',
				name,
				of,
				index ? '' : 'chair',
				'2024-11-06',
				'',
			];
		}),
		['10', 'exOfficio', 'false', 'Ute Ullrich', '', '', '2024-11-06', ''],
	]);
	await says('/', 'visitor', ['Noch kein Termin', 'Noch gibt es keinen Beschluss.']);
	await says('/sitzungen', 'visitor', [
		'Zurzeit steht keine neue Sitzung fest.',
		'In dieser Auswahl gibt es keine Sitzung.',
	]);
	await says('/tisch', 'office', ['Ihr Tisch ist leer.']);
});

test('after the election of the town council a term is prepared: nine members and two successors are designated', async () => {
	at('2029-06-11T09:00');
	await act(`/gremien/${BODY}/neue-wahlperiode`, '?/planen', { gewaehlt: '2029-06-10' });
	await says(
		`/gremien/${BODY}/neue-wahlperiode`,
		'office',
		['Schritte: 0 von 10 erledigt', '8. Juli', 'in 27 Tagen', '9. Dezember', 'in 181 Tagen'],
		['überfällig'],
	);
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
	await says('/tisch', 'office', [
		'Eine Sache wartet auf Sie. Eine Frist ist vorbei.',
		'8. Juli seit 43 Tagen überfällig',
		'Fraktionen um Entsendung bitten',
	]);
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
	const prepared = await says(`/gremien/${BODY}/wahlperiode`, 'office', [
		'10 nicht besetzt kraft Amtes · ohne Stimme',
		'1. Pavel Quirin',
		'2. Rosa Reyes',
	]);
	expect(prepared.text.match(/bestellt am 16\. August 2029/g)).toHaveLength(9);
	await says(`/gremien/${BODY}`, 'visitor', [
		'Die Mitgliedschaften bestehen fort, bis sich das neue Gremium konstituiert.',
		'Wahlperiode 2029 bis 2034 beginnt mit der Konstituierung',
		'Anke Altmann, Linden',
		'Olga Petrova',
		'Nachrückende, in dieser Reihenfolge 1. Pavel Quirin 2. Rosa Reyes',
		'1 Anke Altmann Linden Vorsitz seit 06.11.2024',
	]);
	// The old members still hold every vote, the designated none.
	const voters = await seen(`/gremien/${BODY}/funktionen?tag=2029-08-20`);
	expect(choicesOf(voters.form('?/vorsitz'), 'chair').map(nameOf)).toEqual(OLD);
	// What was done is ticked; three steps before the session stay.
	for (let step = 0; step < 7; step++)
		await act(`/gremien/${BODY}/neue-wahlperiode`, '?/stand', {}, { near: 'value="ja"' });
	await says(`/gremien/${BODY}/neue-wahlperiode`, 'office', ['Schritte: 7 von 10 erledigt'], ['überfällig']);
	await says('/tisch', 'office', ['Ihr Tisch ist leer.']);
	// Accounts for those who need one; addresses for all.
	const people = await seen('/personen');
	for (const name of [...MEMBERS, ...SUCCESSORS, ...YOUNG]) {
		const links = [...people.html.matchAll(/href="(\/personen\/[^"]+)"[^>]*>([\s\S]*?)<\/a>/g)];
		const href = links.find(([, , words]) => plain(words!).includes(name))![1]!;
		await act(href, '?/einladen', { email: mailOf(name) });
	}
	for (const name of ['Dilek Demir', 'Karim Khalil', 'Lena Lorenz']) await signIn(name);
	await says(`/gremien/${BODY}`, 'Karim Khalil', ['Sie sind bestellt, aber noch nicht im Amt.']);
});

test('the office convenes the constituting session: the designated are invited, not those whose term ends', async () => {
	at('2029-08-22T10:00');
	const path = `/sitzungen/neu?gremium=${BODY}&tag=2029-09-05`;
	let page = await seen(path);
	expect(page.form(path)!.values).toEqual(
		expect.arrayContaining([
			['number', '1'],
			['start', '17:00'],
			['end', '19:00'],
		]),
	);
	page = await act(page, path, { kind: 'constituting', placeName: 'Altes Rathaus', room: 'Saal' });
	page = await act(page, '?/neu', { title: 'Wahl des Vorsitzes', kind: 'election' });
	const letter = '/sitzungen/2029-09-05/einladung';
	page = await says(letter, 'office', [
		'Die Ladungsfrist beträgt 7 volle Tage',
		'Die Einladung muss spätestens am Dienstag, 28. August 2029 hinausgehen.',
		'10 Personen einladen',
		'Die Tagesordnung hat 4 Punkte.',
	]);
	const names = page
		.items()
		.filter((entry) => /\bMitglied\b.*Vorschau/.test(entry))
		.map((entry) => entry.replace(/ (?:per Post )?Mitglied\b.*/, ''));
	expect(names).toEqual([...MEMBERS, 'Ute Ullrich']);
	// Nobody learns of it before it is sent.
	expect((await see('/sitzungen/2029-09-05', 'visitor')).status).toBe(404);
	page = await act(letter, '?/senden');
	expect(page.text).toContain(
		'Eingeladen wurde am Mittwoch, 22. August 2029, letzter Tag war Dienstag, 28. August 2029.',
	);
	expect(page.text).toContain('noch keine Antwort: 9 (nur Stimmberechtigte)');
	const sent = await letters('Einladung');
	expect(sent.map(({ to }) => to).sort()).toEqual(MEMBERS.map(mailOf).sort());
	await says('/', 'visitor', [
		'Mittwoch 5. September',
		'17:00 bis 19:00 Uhr Altes Rathaus, Saal',
		'Wahl des Vorsitzes',
	]);
	await says(
		'/sitzungen/2029-09-05',
		'visitor',
		[
			'Konstituierende Sitzung',
			'Eingeladen 22. August',
			'Letzter Tag für die Einladung 28. August 2029',
			'Frist in Tagen 7',
		],
		['anwesend, nötig'],
	);
	await says('/tisch', 'Karim Khalil', [
		'Eine Sache wartet auf Sie.',
		'5. September in 14 Tagen',
		'Kommen Sie? Konstituierende Sitzung',
	]);
	// One answers from the desk with one press, one by the link in the letter, without a password.
	await act('/tisch', await answerOf('/tisch', 'Karim Khalil'), {}, { who: 'Karim Khalil' });
	await says('/tisch', 'Karim Khalil', [], ['Kommen Sie?']);
	const link = /\/antwort\/[\w-]+/.exec(sent.find(({ to }) => to === mailOf('Olga Petrova'))!.text)![0];
	await act(link, '', { answer: 'late', arrives: '17:30' }, { who: 'visitor' });
	await says(letter, 'office', [
		'Ja, ich komme: 1, Ich komme später: 1, noch keine Antwort: 7 (nur Stimmberechtigte)',
		'Olga Petrova Mitglied Deutsch Ich komme später 17:30',
		'Ute Ullrich per Post',
	]);
});

/** Where the one press of the desk is sent. */
async function answerOf(path: string, who: string): Promise<string> {
	return /<form method="post" action="(\/antwort\/[^"]+)"/.exec((await seen(path, who)).html)![1]!;
}
