import { describe, expect, test } from 'vitest';
import { MeetingViewSample, sourceOf } from './sample-source.ts';
import { outlineOf } from './output/outline.ts';
import { docxOf } from '#kernel/documents/office/docx.ts';
import { odtOf } from '#kernel/documents/office/odt.ts';
import { extractText } from '#kernel/files/extract.ts';
import { buildContent } from './rules/build.ts';
import { closedContent, publicContent } from './rules/content.ts';
import { contentHash } from './hash.server.ts';
import { say, styleOf, GENDERS, STYLES } from './rules/style.ts';

const said = (content: ReturnType<typeof buildContent>) => JSON.stringify(content);

test('the results style: groups of attendance with substitutes, blank cells and guests by function; opening with the sum; numbered items; the end', () => {
	const content = buildContent(sourceOf('results'));
	expect(content.title).toBe('Ergebnisprotokoll der 2. öffentlichen Sitzung');
	expect(content.when).toBe('19. April 2023, 17:00 bis 19:00 Uhr');
	expect(content.attendance.map(({ heading }) => heading)).toEqual([
		'Mitglieder aus den Fraktionen',
		'Einwohner*innen mit Einwanderungsgeschichte',
		'Bestellte Nachrücker*innen',
		'Gäste',
	]);
	const rows = content.attendance.flatMap((group) => group.rows);
	expect(rows.find(({ name }) => name === 'Karla Oelmann für Sven Thiele')).toMatchObject({
		presence: 'ja',
		mark: 'substituted',
	});
	expect(rows.find(({ name }) => name === 'Bernd Krüll')).toMatchObject({ presence: 'entschuldigt' });
	expect(rows.find(({ name }) => name === 'Aylin Sarı')).toMatchObject({
		presence: 'nicht festgehalten',
		mark: 'unknown',
	});
	expect(content.items[0]!.before.map(({ text }) => text)).toEqual([
		'Nadja Rehm eröffnet die Sitzung um 17:00 Uhr.',
		'Eingeladen wurde am 4. April 2023.',
		'Von 15 stimmberechtigten Mitgliedern sind 9 anwesend, nötig sind 8. Das Gremium ist beschlussfähig.',
		'Die Tagesordnung bleibt, wie sie eingeladen wurde.',
	]);
	expect(content.items[1]!.after.at(-1)!.text).toBe(
		'Die Niederschrift vom 18. Januar 2023 ist in der vorgelegten Fassung bestätigt.',
	);
	expect(content.items[2]!.after.at(-1)!.text).toBe('Die Mitglieder nehmen den Bericht zur Kenntnis.');
	expect(content.closing.map(({ text }) => text)).toEqual(['Nadja Rehm schließt die Sitzung um 19:00 Uhr.']);
	expect(content.signers.map(({ label, name }) => [label, name])).toEqual([
		['Für die Richtigkeit des Protokolls', 'Amir Haddad'],
	]);
});

test('the round table style: lists of present and absent from the register, tasks of the last minutes, tasks, next dates, place for ideas', () => {
	const content = buildContent(sourceOf('roundTable'));
	expect(content.title).toBe('Protokoll der 2. Sitzung');
	expect(content.attendance).toEqual([]);
	const fact = (term: string) => content.facts.find((one) => one.term === term)?.detail;
	expect(fact('Anwesend')).toContain('Karla Oelmann für Sven Thiele');
	expect(fact('Abwesend')).toBe('Bernd Krüll, Aylin Sarı, Tom Vogt');
	expect(fact('Moderation')).toBe('Nadja Rehm');
	expect(content.headings.review).toBe('Kontrolle der Aufgaben aus dem letzten Protokoll');
	expect(content.review).toEqual([
		{ what: 'Raum buchen', who: 'Tom Vogt', publicWho: '', state: 'läuft weiter bis 1. Mai 2023' },
	]);
	expect(content.items[2]!.tasks).toEqual([
		{ what: 'Gespräch führen', who: 'Karla Oelmann, Tom Vogt', publicWho: '', due: '30. April 2023', public: true },
	]);
	expect(content.dates[0]).toMatchObject({
		words: '14. Juni 2023, 14:00–16:00',
		detail: 'Versammlung, Haus der Vereine',
	});
});

test('strangers read no reason for an absence, no guest by name, nothing of a closed item', () => {
	const content = publicContent(buildContent(sourceOf('results')));
	for (const secret of ['entschuldigt', 'Leo Gastmann', 'Geheime Sache', 'Verschlusswort'])
		expect(said(content)).not.toContain(secret);
	expect(said(content)).toContain('Leitung des Bürgeramts');
	expect(content.items.at(-1)).toMatchObject({ title: 'Personalangelegenheit', hidden: true });
	expect(closedContent(buildContent(sourceOf('results'))).items.map(({ title }) => title)).toEqual(['Geheime Sache']);
});

test('the same records give the same hash; a letter changes it; gendered forms follow the town', () => {
	const hash = () => contentHash(buildContent(sourceOf('results')));
	expect(hash()).toBe(hash());
	expect(hash()).toMatch(/^[0-9a-f]{128}$/);
	const other = sourceOf('results');
	other.meeting.items[2]!.title += '.';
	expect(contentHash(buildContent(other))).not.toBe(hash());
	const forms = GENDERS.map((gender) => say(styleOf('roundTable', gender), 'result.noted'));
	expect(new Set(forms).size).toBe(GENDERS.length);
	expect(forms).toContain('Die Teilnehmer:innen nehmen das zur Kenntnis.');
});

test('a sentence said otherwise for this session stands; an emptied one is left out', () => {
	const source = sourceOf('results');
	source.sentences = { opening: 'Frau Rehm begrüßt alle.', convened: '' };
	const lines = buildContent(source).items[0]!.before.map(({ text }) => text);
	expect(lines[0]).toBe('Frau Rehm begrüßt alle.');
	expect(lines).toHaveLength(3);
});

describe('a defect of the convening', () => {
	const told = (change: (source: ReturnType<typeof sourceOf>) => void) => {
		const source = sourceOf('results');
		change(source);
		return buildContent(source).items[0]!.before.filter(({ key }) => key.startsWith('convening'));
	};
	const defect = { proper: false, note: 'Die Ladung kam einen Tag zu spät.' };

	test('is told with what the chair said of it, and without that to the public; a proper one is not told', () => {
		expect(told((source) => (source.convening = { proper: true, note: '' }))).toEqual([]);
		const [first] = told((source) => (source.convening = defect));
		expect(first).toEqual({
			key: 'conveningDefect',
			text: 'Die Ladung war nicht form- und fristgerecht: Die Ladung kam einen Tag zu spät.',
			publicText: 'Die Ladung war nicht form- und fristgerecht.',
		});
	});

	test('is healed if all are there and nobody objects (rulebook R2-06)', () => {
		const effect = (present: number, objectedBy?: string) =>
			told((source) => {
				source.convening = { ...defect, ...(objectedBy && { objectedBy }) };
				const { outcome } = source.meeting.quorum!.computed;
				source.meeting.quorum!.computed.outcome = { ...outcome, base: 9, present };
			})[1];
		expect(effect(9)?.key).toBe('conveningHealed');
		expect(effect(8)?.key).toBe('conveningUnhealed');
		expect(effect(9, 'Dana Reh')?.text).toContain('Dana Reh widerspricht');
	});

	test('of the period is told as it was found when the invitation went out', () => {
		const late = (urgent: boolean) =>
			told((source) => {
				source.meeting.notice = {
					profile: { id: 'p', name: 'Satzung' },
					inputs: {
						session: '2023-04-19',
						sentAt: '2023-04-14T08:00:00Z',
						sentOn: '2023-04-14',
						days: 7,
						counting: 'fullDaysBetween',
					},
					outcome: { lastDay: '2023-04-11', kept: false, fullDays: 4, urgent, reason: 'Vertraulich' },
					citations: [],
				};
			}).map(({ text }) => text);
		expect(late(false)).toEqual([
			'Die Ladungsfrist ist nicht eingehalten: Eingeladen wurde am 14. April 2023, der letzte Tag war der 11. April 2023.',
		]);
		expect(late(true)).toEqual([
			'Eingeladen wurde wegen Dringlichkeit mit verkürzter Frist; der letzte Tag der Frist war der 11. April 2023.',
		]);
	});
});

test('Word and OpenDocument hold the same words, and equal minutes give equal bytes', async () => {
	for (const style of STYLES) {
		const outline = outlineOf(buildContent(sourceOf(style)), { draft: '', signatures: [] });
		for (const [make, name] of [
			[docxOf, 'a.docx'],
			[odtOf, 'a.odt'],
		] as const) {
			const file = make(outline);
			expect(make(outline)).toEqual(file);
			const { text } = await extractText(file, name);
			for (const words of [
				'Karla Oelmann für Sven Thiele',
				'Nadja Rehm',
				'Ein Wort mit & und <Klammern>',
				'Erster Punkt',
			])
				expect(text, name).toContain(words);
		}
	}
	expect(MeetingViewSample.slug).toBe('2023-04-19');
});
