import { describe, expect, test } from 'vitest';
import { loadFixtures } from '../fixtures/load.ts';
import { readDocument } from '../reading/read.ts';
import { paperTextOf } from './paper-text.ts';

const fixtures = loadFixtures('documents');

function textOf(name: string) {
	const { text } = fixtures.find((fixture) => fixture.name.startsWith(name))!;
	return paperTextOf(text, readDocument({ name, text }));
}

describe('what an old paper says, apart from its form', () => {
	test('a motion: what is to be decided apart from the reasons, without the form and the signatures', () => {
		const { operative, reasons } = textOf('antrag-interfraktionell-grossenau');
		expect(operative).toMatch(/^Der Stadtrat möge beschließen:\n\nDer Oberbürgermeister wird beauftragt/);
		expect(operative).not.toContain('In Großenau leben');
		expect(reasons).toMatch(/^In Großenau leben 19\.300 Menschen/);
		expect(operative + reasons).not.toContain('Ballerstedt');
	});

	test('a proposal: finances and the state of things are reasons; annexes stay, signatures go', () => {
		const { operative, reasons } = textOf('beschlussvorlage-ostermoor');
		expect(operative).toMatch(/^1\. Der Rat beschließt die Förderrichtlinie/);
		expect(operative).toMatch(/veranschlagt\.$/);
		expect(reasons).toContain('Finanzielle Auswirkungen');
		expect(reasons).toContain('Seit elf Jahren');
		expect(reasons).toContain('1 Richtlinienentwurf');
		expect(reasons).not.toContain('Wiarda');
		expect(reasons).not.toContain('Finanzausschuss');
	});

	test('a statement is one text: the motion it quotes is no proposal of the administration, and no clerk is named', () => {
		const { operative, reasons } = textOf('stellungnahme-grossenau');
		expect(operative).toMatch(/^Zum Antrag A0077\/18 nimmt die Verwaltung/);
		expect(operative).toContain('wird hingewiesen.');
		expect(operative).not.toMatch(/Wuttke|Amthor|Verteiler|20\.09\.2018/);
		expect(reasons).toBe('');
	});

	test('a letter: the address is no text, the salutation no proposal', () => {
		const { operative, reasons } = textOf('brief-antrag-gersdorf');
		expect(operative).toMatch(/^Der Kreistag möge beschließen:/);
		expect(operative).not.toContain('Sehr geehrter');
		expect(reasons).toContain('612 Menschen');
		expect(reasons).not.toContain('Thomsen');
	});

	test('bold words of a text that was Markdown lose their marks, a star within a word is a letter', () => {
		const { text: printed } = fixtures.find(({ name }) => name.startsWith('stellungnahme-grossenau'))!;
		const text = printed
			.replace('Zum Antrag A0077/18 nimmt', 'Die Kolleg*innen haben zum **Antrag A0077/18** geschrieben: Es nimmt')
			.replace(/Dr\. Solveig Amthor\s+Beigeordnete\s*$/, 'Holger Haus');
		const reading = readDocument({ name: 'a.txt', text });
		expect(reading.signatory).toBe('Holger Haus');
		const { operative } = paperTextOf(text, reading);
		expect(operative).toMatch(/^Die Kolleg\*innen haben zum Antrag A0077\/18 geschrieben/);
		expect(operative).not.toContain('Haus');
	});

	test('no fixture loses a paragraph of its text below the form', () => {
		for (const { name, text, truth } of fixtures) {
			if (truth.kind !== 'paper') continue;
			const { operative, reasons } = paperTextOf(text, readDocument({ name, text }));
			expect(operative, name).not.toBe('');
			const long = text.split('\n').filter((line) => line.length > 160 && !line.includes('\t'));
			for (const line of long) expect(operative + reasons, name).toContain(line.trim().slice(20, 120));
		}
	});
});
