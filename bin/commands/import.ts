import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '#kernel/errors.ts';
import { UnreadableFile } from '#kernel/files/unreadable.ts';
import { parse, type Command } from './command.ts';

const usage = `mitrat import DATEI… [--dry-run] [--json] [--town NAME]
  liest Niederschriften, Einladungen und Vorlagen (txt, md, pdf, docx, odt) ein; geprüft und übernommen werden sie
  auf der Seite „Einlesen“
  --dry-run   liest nur und schreibt nichts
  --json      gibt aus, was verstanden wurde: ein Objekt, bei mehreren Dateien eine Liste
mitrat import https://…/system | ORDNER | KALENDER.ics [--files] [--full] [--body NAME] [--rate N] [--allow-local] [--json] [--town NAME]
  übernimmt ein anderes Ratsinformationssystem (OParl 1.0 und 1.1), einen Abzug („mitrat export --oparl“) oder Sitzungstermine;
  erneut aufgerufen: was sich geändert hat; nach einem Abbruch: ab dort
  --files       holt auch den Inhalt der Dateien
  --full        liest alles, nicht nur Änderungen
  --body        Körperschaft, wenn das System mehrere hat (mehrfach möglich)
  --rate        höchstens so viele Anfragen in der Sekunde (sonst 8)
  --allow-local erlaubt Adressen auf diesem Rechner und im eigenen Netz`;

interface Outcome {
	file: string;
	/** The reading in the public shape; null when the file could not be read. */
	reading: unknown;
	error: string | null;
}

export default {
	summary: 'liest alte Unterlagen ein (--dry-run zeigt nur, was verstanden wird)',
	usage,
	async run(args) {
		const options = {
			'dry-run': { type: 'boolean' },
			json: { type: 'boolean' },
			town: { type: 'string' },
			files: { type: 'boolean' },
			full: { type: 'boolean' },
			body: { type: 'string', multiple: true },
			rate: { type: 'string' },
			'allow-local': { type: 'boolean' },
		} as const;
		const { values, positionals } = parse({ usage }, { args, options, allowPositionals: true });
		if (!positionals.length) throw new UserError(`Welche Dateien? Aufruf: ${usage}`);
		const { isSystem, takeSystem } = await import('./import-system.ts');
		if (positionals.some(isSystem)) return takeSystem(positionals, { ...values, usage });
		return values['dry-run'] ? dryRun(positionals, values.json ?? false) : takeIn(positionals, values.town);
	},
} satisfies Command;

/** Reads in this process, without a database: what was understood, in the shape other programs rely on. */
async function dryRun(files: string[], json: boolean): Promise<number> {
	// Only what reads: nothing here needs the compiled texts, so it works on a tree that was never built.
	const { extractSafely } = await import('#kernel/files/reader-pool.ts');
	const { readDocument, toImportJson } = await import('#modules/import');
	const outcomes: Outcome[] = [];
	for (const file of files) {
		try {
			const { text } = await extractSafely(await bytesOf(file), basename(file));
			outcomes.push({ file, reading: toImportJson(readDocument({ name: basename(file), text })), error: null });
		} catch (error) {
			outcomes.push({ file, reading: null, error: sentence(error) });
		}
	}
	const failed = outcomes.filter(({ error }) => error !== null);
	for (const { file, error } of failed) process.stderr.write(`${basename(file)}: ${error}\n`);
	if (json) {
		const readings = outcomes.map(({ file, reading, error }) => reading ?? { file: basename(file), error });
		process.stdout.write(`${JSON.stringify(readings.length === 1 ? readings[0] : readings, null, '\t')}\n`);
	} else for (const outcome of outcomes) if (outcome.reading) process.stdout.write(`${line(outcome)}\n`);
	return failed.length ? 1 : 0;
}

function line({ file, reading }: Outcome): string {
	const { kind, title, date, warnings } = reading as {
		kind: string;
		title: string | null;
		date: string | null;
		warnings: unknown[];
	};
	return `${basename(file)}: ${kind}, ${date ?? 'ohne Datum'}, ${title ?? 'ohne Titel'} (${warnings.length} Hinweise)`;
}

/** Takes files into the town's stock and reads them; a file that is there already is recognised by its content. */
async function takeIn(files: string[], town: string | undefined): Promise<number> {
	const { inTown } = await import('./in-town.ts');
	const uploads = await Promise.all(files.map(async (file) => ({ name: basename(file), bytes: await bytesOf(file) })));
	return inTown(town, async (ctx) => {
		const { documentRows, readWaiting, uploadDocuments } = await import('#server/import');
		const { batchId, documents, known } = await uploadDocuments(ctx, uploads);
		for (const { id, name } of documents) {
			await readWaiting(ctx, id);
			process.stderr.write(`${name} gelesen\n`);
		}
		for (const { name } of known) process.stdout.write(`${name}: schon da\n`);
		const rows = await documentRows(ctx, { batchId });
		for (const row of rows)
			process.stdout.write(
				`${row.name}: ${row.state === 'unreadable' ? `nicht lesbar (${row.error?.code})` : `${row.kind}, zu prüfen unter /einlesen/${row.id}`}\n`,
			);
		return rows.some((row) => row.state === 'unreadable') ? 1 : 0;
	});
}

async function bytesOf(file: string): Promise<Uint8Array> {
	try {
		return await readFile(file);
	} catch (error) {
		throw new UserError(`${file} lässt sich nicht öffnen (${(error as NodeJS.ErrnoException).code}).`, {
			cause: error,
		});
	}
}

function sentence(error: unknown): string {
	if (error instanceof UserError) return error.message;
	if (error instanceof UnreadableFile)
		return `nicht lesbar (${error.code}${error.params.format ? `: ${error.params.format}` : ''})`;
	throw error;
}
