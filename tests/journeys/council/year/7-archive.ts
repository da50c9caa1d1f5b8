import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openZip } from '../../../../src/kernel/files/zip.ts';
import { DEFAULT_LIMITS } from '../../../../src/kernel/files/limits.ts';
import { writeZip } from '../../../../src/kernel/files/zip-write.ts';
import { verifyArchive } from '../../../../src/modules/(council)/minutes/verify-archive.server.ts';
import { MEMBERS } from './people.ts';
import { act, at, BODY, file, says, seen, signIn } from './world.ts';

const TERM = `/gremien/${BODY}/wahlperiode`;
const KEEPING = `/gremien/${BODY}/niederschriften`;
const HELD = ['2029-09-05', '2029-11-07', '2029-11-21', '2030-01-16', '2030-03-13'];

test('five years later a new council is elected, and with its constitution the term ends', async () => {
	at('2034-06-19T10:00');
	await act(`/gremien/${BODY}/neue-wahlperiode`, '?/planen', { gewaehlt: '2034-06-18' });
	await says(
		`/gremien/${BODY}/neue-wahlperiode`,
		'office',
		['Schritte: 0 von 10 erledigt', 'in 27 Tagen'],
		['überfällig'],
	);
	await act(TERM, '?/vorbereiten', {
		name: 'Wahlperiode 2034 bis 2039',
		electedOn: '2034-06-18',
		councilFrom: '2034-07-01',
		councilUntil: '2039-07-01',
		seats: 'keep',
	});
	at('2034-08-20T10:00');
	await act(`${TERM}?sitz=1`, '?/bestellen', { name: 'Wanda Wolff', appointedOn: '2034-08-17' });
	await act(`${TERM}?sitz=4`, '?/bestellen', { person: 'Dilek Demir', appointedOn: '2034-08-17' });
	await says(`/gremien/${BODY}`, 'visitor', [
		'Die Mitgliedschaften bestehen fort, bis sich das neue Gremium konstituiert.',
	]);
	at('2034-09-06T19:00');
	await act(TERM, '?/konstituieren', { on: '2034-09-06', sure: 'on' });
	await says(TERM, 'office', [
		'Im Amt seit 6. September 2034.',
		'Im Amt von 5. September 2029 bis 6. September 2034.',
		'Im Amt von 6. November 2024 bis 5. September 2029.',
	]);
	await says(`/gremien/${BODY}/sitze`, 'office', ['10 Sitze, davon 7 frei']);
	const page = await says(
		`/gremien/${BODY}`,
		'visitor',
		[
			'1 Wanda Wolff Linden seit 06.09.2034',
			'4 Dilek Demir seit 06.09.2034',
			'10 Ute Ullrich seit 06.11.2024',
			'9 Pavel Quirin 10.02.2030 bis 06.09.2034',
			'9 Olga Petrova 05.09.2029 bis 01.02.2030',
			...MEMBERS.slice(0, 8).map(
				(name, index) => new RegExp(`${index + 1} ${name}(, \\w+)? 05\\.09\\.2029 bis 06\\.09\\.2034`),
			),
		],
		['Vorsitz seit'],
	);
	expect(page.text.match(/nicht besetzt/g)).toHaveLength(7);
	await signIn('Ines Hallfurth');
	await says('/tisch', 'office', [
		'Von 9 stimmberechtigten Sitzen sind 2 besetzt. Für einen Beschluss nötig: 2.',
		'Vorsitz ist frei: Integrationsbeirat Elbstadt',
	]);
});

test('the archive of the term holds five sessions, six versions, and checksums that can be worked out again', async () => {
	await says(KEEPING, 'office', [
		'Wahlperiode 2034 bis 2039, 6. September 2034 0 Sitzungen, davon 0 noch nicht bestätigt',
		'Wahlperiode 2029 bis 2034, 5. September 2029 5 Sitzungen, davon 1 noch nicht bestätigt',
	]);
	const page = await act(KEEPING, '?/archiv', {}, { near: 'Wahlperiode 2029 bis 2034' });
	const [, href] = /href="(\/dateien\/[^"]+)"[^>]*>Archiv vom 6\. September 2034, 5 Sitzungen/.exec(page.html)!;
	const { bytes, status } = await file(href!);
	expect(status).toBe(200);
	expect(page.text).toContain(createHash('sha512').update(bytes).digest('hex'));
	for (const stranger of ['visitor', 'Karim Khalil']) expect((await file(href!, stranger)).status).toBe(404);
	const report = await verifyArchive(bytes);
	expect({ ...report, problems: report.problems }).toMatchObject({ ok: true, problems: [], sessions: 5 });
	const { names, read } = await openZip(bytes, DEFAULT_LIMITS);
	const versions = [...names].filter((name) => /fassung-\d+\.json$/.test(name)).sort();
	expect(versions).toEqual(
		[...HELD.map((day) => `sitzungen/${day}/fassung-1.json`), 'sitzungen/2029-09-05/fassung-2.json'].sort(),
	);
	for (const day of HELD) expect([...names]).toContain(`sitzungen/${day}/niederschrift.pdf`);
	// What the page of the minutes says of a version is the checksum of the archive, too.
	const minutes = await seen(`/sitzungen/2029-09-05/niederschrift`);
	const sums = [...minutes.text.matchAll(/[0-9a-f]{128}/g)].map(([sum]) => sum);
	expect(sums).toHaveLength(2);
	const metadata = new TextDecoder().decode((await read('metadaten.xml'))!);
	for (const sum of sums) expect(metadata).toContain(sum);
	// One letter changed, and it is no longer what was signed.
	const parts = await Promise.all([...names].map(async (name) => ({ name, data: (await read(name))! })));
	const tampered = parts.map(({ name, data }) => ({
		name,
		data: name.endsWith('2029-11-21/fassung-1.json')
			? Buffer.from(Buffer.from(data).toString().replace('zwei Sprachkurse', 'zehn Sprachkurse'))
			: data,
	}));
	const wrong = await verifyArchive(writeZip(tampered));
	expect(wrong.ok).toBe(false);
	expect(wrong.problems).toContainEqual({ path: 'sitzungen/2029-11-21/fassung-1.json', what: 'version' });
});
