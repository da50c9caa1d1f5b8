import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../kernel/project.ts';
import { longestPart, softened } from './hyphens.ts';

const seen = (text: string) => softened(text).replaceAll('\u00AD', '|');

test('long compounds may be broken where their parts meet', () => {
	expect(seen('Verzeichnis der Verarbeitungstätigkeiten')).toBe('Verzeichnis der Verarbeitungs|tätigkeiten');
	expect(seen('Datenschutzbeauftragte')).toBe('Daten|schutz|beauftragte');
	expect(seen('Gleichstellungsbeauftragte')).toBe('Gleichstellungs|beauftragte');
	expect(seen('Behindertengleichstellungsgesetzes')).toBe('Behinderten|gleichstellungs|gesetzes');
});

test('words that have room, and words of other languages, stay as they are', () => {
	for (const text of ['Niederschrift', 'Integrationsrat', 'Internationalisation', 'Einladung zur 12. Sitzung'])
		expect(softened(text)).toBe(text);
});

test('no word of ours, in headings or elsewhere, is wider than a phone', () => {
	const files = globSync('src/**/messages/{,work/}{de,de-simple}.json', { cwd: projectRoot });
	expect(files.length).toBeGreaterThan(20);
	const long = files.flatMap((file) =>
		Object.entries(JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as Record<string, unknown>).flatMap(
			([key, message]) =>
				[...JSON.stringify(message).matchAll(/\p{L}{20,}/gu)]
					.filter(([word]) => longestPart(word) > 19)
					.map(([word]) => `${key}: ${word}`),
		),
	);
	expect(long).toEqual([]);
});
