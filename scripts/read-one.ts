// Prints what the importer understands of one file, without storing anything: node scripts/read-one.ts FILE [--spans]
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { extractText } from '#kernel/files/extract.ts';
import { readDocument } from '../src/modules/(import)/reading/read.ts';
import { toImportJson } from '../src/modules/(import)/reading/json.ts';

const [file] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (!file) {
	console.error('usage: node scripts/read-one.ts FILE [--spans]');
	process.exit(1);
}
const { text } = await extractText(new Uint8Array(readFileSync(file)), basename(file));
const reading = readDocument({ name: basename(file), text });
console.log(JSON.stringify(process.argv.includes('--spans') ? reading : toImportJson(reading), null, 1));
