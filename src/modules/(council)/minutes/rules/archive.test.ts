import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveXml, findings, type Manifest } from './archive.ts';

const files = fc.uniqueArray(
	fc.record({
		path: fc.stringMatching(/^[a-z]{1,6}\.pdf$/),
		sha512: fc.stringMatching(/^[0-9a-f]{8}$/),
		bytes: fc.nat(99),
	}),
	{ selector: ({ path }) => path, minLength: 1, maxLength: 8 },
);
const manifestOf = (listed: Manifest['files']): Manifest => ({
	format: 'mitrat-archive',
	version: 1,
	town: 'Elbstadt',
	body: 'Beirat',
	term: '2024–2029',
	from: '2024-11-20',
	until: null,
	madeAt: '2026-11-21T10:00:00Z',
	sessions: [],
	files: listed,
});

test('an untouched archive has no findings; each change, loss and addition is found', () => {
	fc.assert(
		fc.property(files, fc.nat(), (listed, pick) => {
			const hashes = new Map(listed.map(({ path, sha512 }) => [path, sha512]));
			expect(findings(manifestOf(listed), hashes)).toEqual([]);
			const { path } = listed[pick % listed.length]!;
			expect(findings(manifestOf(listed), new Map([...hashes, [path, 'other']]))).toEqual([{ path, what: 'changed' }]);
			expect(findings(manifestOf(listed), new Map([...hashes].filter(([name]) => name !== path)))).toEqual([
				{ path, what: 'missing' },
			]);
			expect(findings(manifestOf(listed), new Map([...hashes, ['fremd.txt', 'x']]))).toEqual([
				{ path: 'fremd.txt', what: 'unlisted' },
			]);
		}),
	);
});

test('metadata stay well-formed whatever a title says', () => {
	const about = { town: 'Elb & Stadt', body: '<Beirat>', term: '"24"', from: null, until: null };
	expect(archiveXml(about, [])).toContain('Elb &amp; Stadt');
	expect(archiveXml(about, [])).toContain('&lt;Beirat&gt;, &quot;24&quot;');
});
