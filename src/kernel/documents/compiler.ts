/** Typst in this process: one compiler, kept warm. Used by the worker; everyone else calls `renderPdf`. */
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { join } from 'node:path';
import { DocumentError } from './error.ts';
import { fontFolders, roomFolder } from './places.ts';

/** One document to set. `data` is the JSON the template reads, already checked. */
export interface Job {
	template: string;
	data: string;
	standard: 'ua-1' | 'a-2a';
}

const folder = join(roomFolder, 'templates');
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: fontFolders() }] });

/** Stands where no font of ours has a sign: visible, and better than no document at all. */
const MISSING = '\u25a1';

/** Sets a document. Signs that no font has become `□`, because PDF/UA and PDF/A forbid signs without a picture. */
export function compile(job: Job): Uint8Array {
	let data = job.data;
	for (let round = 0; ; round++) {
		try {
			return compileOnce({ ...job, data });
		} catch (error) {
			const missing = round < 3 ? missingSigns(error) : [];
			if (!missing.length) throw error instanceof DocumentError ? error : exportError(error);
			for (const sign of missing) data = data.replaceAll(sign, MISSING);
		}
	}
}

function compileOnce(job: Job): Uint8Array {
	const result = compiler.compile({ mainFilePath: join(folder, `${job.template}.typ`), inputs: { data: job.data } });
	try {
		const error = result.takeError();
		if (error) throw new DocumentError('template', readable(compiler.fetchDiagnostics(error)));
		if (!result.result) throw new DocumentError('engine', 'The typesetter gave neither a document nor an error.');
		return compiler.pdf(result.result, { pdfStandard: job.standard });
	} finally {
		// Nothing of one document serves the next: keeping it would only cost memory (measured: no time gained).
		compiler.evictCache(0);
	}
}

interface Diagnostic {
	message: string;
	path?: string;
	range?: { start?: { line?: number } };
	hints?: string[];
}

function readable(diagnostics: unknown[]): string {
	return (diagnostics as Diagnostic[])
		.map(({ message, path, range, hints }) => {
			const line = range?.start?.line;
			const place = path ? ` (${path.split('/').at(-1)}${line === undefined ? '' : `, line ${line + 1}`})` : '';
			return [message + place, ...(hints ?? [])].join('; ');
		})
		.join('\n');
}

/** The signs that an export error complains about: the text between the back-ticks of each message. */
function missingSigns(error: unknown): string[] {
	const found = messageOf(error).matchAll(/the text `\\?"(.+?)\\?"` could not be displayed/g);
	return [...new Set([...found].map(([, sign = '']) => unescapeRust(sign)))].filter((sign) => sign && sign !== MISSING);
}

function unescapeRust(text: string): string {
	return text.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}

function exportError(error: unknown): DocumentError {
	const messages = [
		...new Set([...messageOf(error).matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text)),
	];
	return new DocumentError('template', messages.join('\n') || messageOf(error), { cause: error });
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
