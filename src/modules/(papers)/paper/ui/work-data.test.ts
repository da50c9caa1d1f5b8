import { expect, test } from 'vitest';
import { workData } from './work-data.ts';

const paper = {
	state: 'filed',
	public: true,
	reference: 'A0142/26',
	title: 'Klare Wege </script><script>alert(1)</script>',
	longTitle: '',
	type: 'Antrag',
	date: '2026-10-28',
} as const;
const file = { kind: 'annex', format: 'pdf', size: 12, closedReason: '' } as const;
const around = {
	originators: [
		{ id: '1', kind: 'originator', organisation: 'Fraktion Grüne Elbe', person: null, leftOn: null, own: false },
		{ id: '2', kind: 'originator', organisation: 'Fraktion Fort', person: null, leftOn: '2026-10-30', own: false },
		{ id: '3', kind: 'supporter', organisation: 'Fraktion Dabei', person: null, leftOn: null, own: false },
		{ id: '4', kind: 'originator', organisation: null, person: null, leftOn: null, own: false },
	],
	files: [
		{ ...file, id: '1', fileId: 'f1', title: 'Lageplan', public: true },
		{ ...file, id: '2', fileId: 'f2', title: 'Verträge', public: false },
	],
	topics: [{ id: 't', name: 'Wohnen' }],
	districts: [{ id: 'd', name: 'Nordhafen', shortName: '' }],
} satisfies Parameters<typeof workData>[1];
const page = { url: 'https://beirat.elbstadt.example/ar/vorlagen/a0142-26', town: 'Elbstadt' };

test('a public paper is a work with number, authors and open files, and no title can leave the script element', () => {
	const data = workData(paper, around, page);
	expect(data).not.toContain('<');
	expect(JSON.parse(data)).toMatchObject({
		'@type': 'Report',
		name: paper.title,
		identifier: 'A0142/26',
		datePublished: '2026-10-28',
		keywords: ['Wohnen'],
		spatialCoverage: [{ '@type': 'Place', name: 'Nordhafen' }],
		author: [{ name: 'Fraktion Grüne Elbe' }],
		associatedMedia: [{ name: 'Lageplan', contentUrl: 'https://beirat.elbstadt.example/dateien/f1' }],
		publisher: { url: 'https://beirat.elbstadt.example/' },
	});
	expect(data).not.toMatch(/Fort|Dabei|Verträge/);
});

test('a draft and a closed paper say nothing', () => {
	expect(workData({ ...paper, state: 'draft' }, around, page)).toBe('');
	expect(workData({ ...paper, public: false }, around, page)).toBe('');
});
