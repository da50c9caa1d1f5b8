import { expect, test } from 'vitest';
import { sessions } from './2-constitution.ts';
import { MEMBERS } from './people.ts';
import { convene } from './session.ts';
import { act, at, BODY, file, letters, mailOf, refused, says } from './world.ts';

const SESSION = '/sitzungen/2030-05-15';
const EVENT = '/veranstaltungen/2030-05-15-tag-der-vereine';

test('a session is cancelled and becomes an event; its agenda and its invitation stay on record', async () => {
	at('2030-04-15T10:00');
	await convene('2030-05-15', {}, ['Sommerfest']);
	expect(await letters('Einladung', '15. Mai 2030')).toHaveLength(9);
	await says(SESSION, 'visitor', [
		'3. öffentliche Sitzung',
		'3 Bestätigung der Niederschrift der Sitzung vom 13. März 2030',
		'4 Bekanntgabe nichtöffentlich gefasster Beschlüsse',
		'5 Offene Aufgaben aus der vorigen Sitzung',
		'6 Sommerfest',
	]);
	await says('/tisch', 'Karim Khalil', ['15. Mai in 30 Tagen']);
	at('2030-05-02T10:00');
	const plan = `${SESSION}/planung`;
	await refused(plan, '?/umwidmen', { title: '', date: '2030-05-15' }, 'Titel');
	const event = {
		title: 'Tag der Vereine',
		text: 'Alle sind eingeladen.',
		date: '2030-05-15',
		from: '16:00',
		until: '20:00',
		place: 'Elbwiese',
	};
	await act(plan, '?/umwidmen', event);
	const told = (await letters('', 'Tag der Vereine')).filter(({ to }) => to !== mailOf('Ute Ullrich'));
	expect(told.map(({ to }) => to).sort()).toEqual([...MEMBERS.slice(0, 8), 'Pavel Quirin'].map(mailOf).sort());
	await says(SESSION, 'visitor', [
		'Diese Sitzung fällt aus.',
		'Statt der Sitzung gibt es eine Veranstaltung Tag der Vereine',
		'Eingeladen 15. April',
		'6 Sommerfest',
	]);
	await says(EVENT, 'visitor', [
		'Tag der Vereine',
		'Alle sind eingeladen.',
		'16:00 bis 20:00 Uhr',
		'Elbwiese',
		'15. Mai 2030',
	]);
	await says('/termine?monat=2030-05', 'visitor', ['16:00 Tag der Vereine']);
	await says('/sitzungen', 'visitor', [
		'Zurzeit steht keine neue Sitzung fest.',
		'13.03.2030',
		'16.01.2030',
		'21.11.2029',
		'07.11.2029',
		'05.09.2029',
	]);
	await says('/', 'visitor', [
		'Noch kein Termin',
		'Beratung in der Ausländerbehörde',
		'Treffpunkt am Nordufer',
		'Sprachkurse am Abend',
	]);
	await says(SESSION, 'visitor', [], ['noch offen']);
	await says('/tisch', 'Karim Khalil', ['Mit der Ausländerbehörde sprechen', 'seit 2 Tagen überfällig'], ['15. Mai']);
	await says('/tisch', 'office', ['Eine Aufgabe ist überfällig']);
	const calendar = new TextDecoder()
		.decode((await file('/sitzungen.ics', 'visitor')).bytes)
		.replaceAll(/\r\n[ \t]/g, '');
	const entries = calendar.split('BEGIN:VEVENT').slice(1);
	expect(entries.filter((entry) => entry.includes('STATUS:CANCELLED') && entry.includes('20300515'))).toHaveLength(1);
	expect(entries).toHaveLength(6);
	const own = new TextDecoder().decode((await file(`${EVENT}.ics`, 'visitor')).bytes);
	expect(own).toContain('SUMMARY:Tag der Vereine');
	expect(own).toContain('DTSTART;TZID=Europe/Berlin:20300515T160000');
	await refused(`${SESSION}/verlauf`, 'art=open', {}, 'Die Sitzung ist abgesagt.');
});

test('the year has six sessions: five were held, one became an event', async () => {
	expect(await sessions()).toEqual([
		['2030-05-15', '3', 'regular', 'invited', '', ''],
		['2030-03-13', '2', 'regular', 'minutesSigned', '7', '5'],
		['2030-01-16', '1', 'joint', 'minutesSigned', '7', '5'],
		['2029-11-21', '', 'extraordinary', 'minutesSigned', '3', '5'],
		['2029-11-07', '2', 'regular', 'minutesSigned', '4', '5'],
		['2029-09-05', '1', 'constituting', 'minutesSigned', '8', '5'],
	]);
	await says(
		`/jahresplan?gremium=${BODY}&jahr=2029`,
		'visitor',
		['5. September', '7. November', '21. November'],
		['16. Januar'],
	);
	await says(`/jahresplan?gremium=${BODY}&jahr=2030`, 'visitor', ['16. Januar', '13. März']);
	await says('/sitzungen?jahr=2029', 'visitor', ['05.09.2029', '07.11.2029', '21.11.2029'], ['13.03.2030']);
	await says('/mitarbeit', 'Karim Khalil', [
		'13.03.2030 2. öffentliche Sitzung anwesend',
		'16.01.2030 Gemeinsame Sitzung anwesend',
		'21.11.2029 Sondersitzung anwesend',
		'07.11.2029 2. öffentliche Sitzung entschuldigt',
		'05.09.2029 Konstituierende Sitzung anwesend',
	]);
});
