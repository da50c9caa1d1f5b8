import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textDocument } from '../arbitrary.ts';
import { documentHash } from '../hash.ts';
import { amended, strangers } from './arbitrary.ts';
import { applyEdits, changesBetween } from './changes.ts';
import { documentOf, strandOf, tokensKey } from './strand.ts';

test('a strand is its text', () => {
	fc.assert(
		fc.property(textDocument, (text) => {
			expect(documentOf(strandOf(text.blocks).tokens)).toEqual(text);
		}),
		{ numRuns: 500 },
	);
});

test('all changes of a proposal made in the base are the proposal', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				amended(1).map(({ base, proposed }) => ({ base, proposed: proposed[0]! })),
				strangers,
			),
			(all) => {
				const { base, proposed } = all;
				const { tokens } = strandOf(base.blocks);
				const edits = changesBetween(base, proposed).flatMap((change) => change.edits);
				const made = applyEdits(tokens, edits);
				expect(documentHash(documentOf(made))).toBe(documentHash(proposed));
				expect(changesBetween(base, base)).toEqual([]);
				expect(tokensKey(applyEdits(tokens, []))).toBe(tokensKey(tokens));
			},
		),
		{ numRuns: 500 },
	);
});
