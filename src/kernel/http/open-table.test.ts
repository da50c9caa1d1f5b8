import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../files/limits.ts';
import { openZip } from '../files/zip.ts';
import { csvChunks, jsonChunks, odsChunks, type Cells, type Column } from './open-table.ts';

const columns: Column[] = [
	{ name: 'title', type: 'text' },
	{ name: 'count', type: 'integer' },
	{ name: 'open', type: 'boolean' },
	{ name: 'day', type: 'date' },
];

async function* each(rows: readonly Cells[]) {
	yield* rows;
}

async function bytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const all: Uint8Array[] = [];
	for await (const chunk of chunks) all.push(chunk);
	return Buffer.concat(all);
}

const rows: Cells[] = [
	['=SUM(A1)', 3, true, '2030-01-02'],
	['Satz; mit "Zeichen" <und> & mehr\nzweite Zeile', null, false, null],
];

test('a table as CSV: formulas are defused, marks are kept', async () => {
	const text = (await bytes(csvChunks(columns, each(rows)))).toString();
	expect(text).toBe(
		`\uFEFFtitle;count;open;day\r\n'=SUM(A1);3;true;2030-01-02\r\n"Satz; mit ""Zeichen"" <und> & mehr\nzweite Zeile";;false;\r\n`,
	);
});

test('a table as JSON says its head first and leaves out what is empty', async () => {
	const read = JSON.parse((await bytes(jsonChunks({ licence: 'x' }, columns, each(rows)))).toString());
	expect(read).toMatchObject({ licence: 'x', columns });
	expect(read.rows[1]).toEqual({ title: rows[1]![0], open: false });
});

test('whatever stands in cells, the spreadsheet is a zip of well-formed XML with every row', async () => {
	const cells = fc.tuple(
		fc.string({ unit: 'binary', maxLength: 40 }),
		fc.integer(),
		fc.boolean(),
		fc.constant('2030-01-02'),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(cells, { maxLength: 30 }), async (made) => {
			const zip = await openZip(await bytes(odsChunks('Tabelle', columns, each(made))), DEFAULT_LIMITS);
			expect((await zip.read('mimetype'))!.toString()).toBe('application/vnd.oasis.opendocument.spreadsheet');
			const content = (await zip.read('content.xml'))!.toString();
			expect(content.match(/<table:table-row>/g)).toHaveLength(made.length + 1);
			expect(content.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
		}),
		{ numRuns: 40 },
	);
});

test('rows that fail break the file off instead of ending it', async () => {
	async function* broken(): AsyncGenerator<Cells> {
		yield rows[0]!;
		throw new Error('away');
	}
	for (const chunks of [csvChunks(columns, broken()), odsChunks('x', columns, broken())])
		await expect(bytes(chunks)).rejects.toThrow('away');
});
