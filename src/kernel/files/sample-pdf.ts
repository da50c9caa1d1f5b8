/** For tests: PDFs set by Typst in this process, with fonts from npm. */
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let compiler: NodeCompiler | undefined;

const STYLE = `
#set page(paper: "a4", margin: 2cm)
#set text(font: "Fira Sans", fallback: false, lang: "de", size: 10pt, hyphenate: false)
`;

/** The PDF of a Typst source. The page and text settings before it can be overridden by the source. */
export function samplePdf(source: string): Uint8Array {
	compiler ??= NodeCompiler.create({
		fontArgs: [{ fontPaths: ['fira-sans/400Regular', 'fira-sans/700Bold', 'vazirmatn/400Regular'].map(fontFolder) }],
	});
	const result = compiler.compile({ mainFileContent: STYLE + source });
	const error = result.takeError();
	if (error || !result.result) {
		throw new Error(error ? JSON.stringify(compiler.fetchDiagnostics(error)) : 'nothing was set');
	}
	return new Uint8Array(compiler.pdf(result.result));
}

function fontFolder(name: string): string {
	const [font, weight] = name.split('/') as [string, string];
	const entry = fileURLToPath(import.meta.resolve(`@expo-google-fonts/${font}/package.json`));
	return join(dirname(entry), weight);
}
