import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayDraft, withdrawal } from './who.ts';

test('what the administration writes is not written by members; office and departments write everything', () => {
	expect(mayDraft('administration', ['account', 'member', 'chair'])).toBe(false);
	expect(mayDraft('administration', ['department'])).toBe(true);
	expect(mayDraft('all', ['member'])).toBe(true);
});

test('R3-21: withdrawn by the originator until the vote begins; later only with consent, by the office', () => {
	const originator = { originator: true, office: false };
	const office = { originator: false, office: true };
	expect(withdrawal({ begun: false }, originator, '')).toBe('allowed');
	expect(withdrawal({ begun: true }, originator, 'Stadtrat am 3. März')).toBe('voteBegun');
	expect(withdrawal({ begun: true }, office, ' ')).toBe('consentMissing');
	expect(withdrawal({ begun: true }, office, 'Stadtrat am 3. März')).toBe('allowed');
	fc.assert(
		fc.property(fc.boolean(), fc.string(), (begun, consent) => {
			expect(withdrawal({ begun }, { originator: false, office: false }, consent)).toBe('notYours');
		}),
	);
});
