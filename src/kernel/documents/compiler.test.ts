import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textDocument, words } from '../text/arbitrary.ts';
import { toTypst, typstString } from '../text/typst.ts';
import { compile } from './compiler.ts';
import { DocumentError } from './error.ts';

const { NodeCompiler } = createRequire(import.meta.url)(
	'@myriaddreamin/typst-ts-node-compiler',
) as typeof import('@myriaddreamin/typst-ts-node-compiler');

const bare = NodeCompiler.create({ fontArgs: [] });

/** What Typst makes of a string literal, handed over as data, as the templates do. */
function understood(literal: string): unknown {
	const source = '#metadata(eval(sys.inputs.literal)) <word>';
	return bare.query({ mainFileContent: source, inputs: { literal } }, { selector: '<word>', field: 'value' })[0];
}

test('a string literal is understood as the very same text, whatever it holds', () => {
	fc.assert(
		fc.property(fc.oneof(words, fc.string({ unit: 'binary' })), (text) => {
			expect(understood(typstString(text))).toBe(text.toWellFormed());
		}),
		{ numRuns: 500 },
	);
});

test('no text becomes code: all that Typst sees are our functions and literals', () => {
	// Everything a text can hold is put through the compiler; every metadata element would be one that it smuggled in.
	const prelude = `#let wording(role, body) = body\n#let attachment(title) = title\n#let data-table(..rest) = [t]\n`;
	fc.assert(
		fc.property(textDocument, (document) => {
			const source = `${prelude}#let marked = eval(sys.inputs.markup, mode: "markup", scope: (wording: wording, attachment: attachment, data-table: data-table))\n#marked\n#metadata("end") <end>`;
			const found = bare.query(
				{ mainFileContent: source, inputs: { markup: toTypst(document) } },
				{ selector: 'metadata' },
			);
			expect(found).toHaveLength(1);
		}),
		{ numRuns: 200 },
	);
});

test('a template that fails says where', () => {
	expect(() => compile({ template: 'report', data: '{"meta":{}}', standard: 'ua-1' })).toThrowError(DocumentError);
	expect(() => compile({ template: 'report', data: '{"meta":{}}', standard: 'ua-1' })).toThrowError(/base\.typ/);
});
