// Prints what the importer understands of one file, without storing anything: node scripts/read-one.ts FILE
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readDocument } from '../src/modules/(import)/reading/read.ts';
import { toImportJson } from '../src/modules/(import)/reading/json.ts';

const file = process.argv[2];
if (!file) {
	console.error('usage: node scripts/read-one.ts FILE');
	process.exit(1);
}
const text = /\.pdf$/i.test(file) ? await pdfText(file) : readFileSync(file, 'utf8');
const reading = readDocument({ name: basename(file), text });
console.log(JSON.stringify(process.argv.includes('--spans') ? reading : toImportJson(reading), null, 1));

async function pdfText(path: string): Promise<string> {
	const { getDocumentProxy } = await import('unpdf');
	const pdf = await getDocumentProxy(new Uint8Array(readFileSync(path)), { verbosity: 0 });
	const pages: string[] = [];
	for (let number = 1; number <= pdf.numPages; number++) {
		const { items } = await (await pdf.getPage(number)).getTextContent();
		const rows: { y: number; parts: { x: number; width: number; text: string }[] }[] = [];
		for (const item of items) {
			if (!('str' in item) || !item.str.trim()) continue;
			const [x, y] = [item.transform[4], item.transform[5]];
			let row = rows.find((other) => Math.abs(other.y - y) < 2.5);
			if (!row) rows.push((row = { y, parts: [] }));
			row.parts.push({ x, width: item.width, text: item.str });
		}
		rows.sort((a, b) => b.y - a.y);
		let last = Infinity;
		pages.push(
			rows
				.map((row) => {
					row.parts.sort((a, b) => a.x - b.x);
					let end = Infinity;
					const line = row.parts.map((part) => {
						const gap = part.x - end;
						end = part.x + part.width;
						return (gap > 12 ? '\t' : gap > 1 ? ' ' : '') + part.text;
					});
					const blank = last - row.y > 20 && last !== Infinity ? '\n' : '';
					last = row.y;
					return blank + line.join('');
				})
				.join('\n')
		);
	}
	return pages.join('\f');
}
