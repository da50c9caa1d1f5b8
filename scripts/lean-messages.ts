/**
 * Makes compiled messages small: what an engine keeps of a module is its whole text, and the compiler's is comments for more than
 * half (two bytes a letter, twice in a server: once for the program, once for the built application).
 */

import { SOURCE_LOCALE } from '../src/kernel/i18n/locales.ts';

export interface LeanModule {
	/** What runs: no comments, and no function for a language whose words are those of another one. */
	lines: string[];
	/** What the type check reads instead of the comments. */
	types: string[];
}

interface Statement {
	/** `const`, `export const`, or empty for another name under which a message is exported. */
	how: string;
	name: string;
	/** Of a message: its type. Of the words in one language: nothing. */
	type: string;
	body: string;
}

const TYPEDEF = /^\/\*\* @typedef \{(.*)\} (\w+) \*\/$/;
const BEGINNING = /^((?:export )?const) (\w+) = (?:\/\*\* @type \{(.*)\} \*\/ )?(.*)$/;
const RENAMED = /^export \{ \w+ as "\w+" \}$/;
const COMMENT = /^\/\*\* @type \{.*\} \*\/$/;

/** @param lines of one or more messages as the compiler writes them, without the head of their modules */
export function lean(lines: readonly string[]): LeanModule {
	const statements: Statement[] = [];
	const types: string[] = [];
	for (const line of lines) {
		const typedef = TYPEDEF.exec(line);
		const begun = BEGINNING.exec(line);
		if (typedef) types.push(`type ${typedef[2]} = ${typedef[1]};`);
		else if (begun) statements.push(statementOf(begun));
		else if (RENAMED.test(line)) statements.push({ how: '', name: '', type: '', body: line });
		else if (!COMMENT.test(line)) statements.at(-1)!.body += `\n${line}`;
	}
	return { lines: withoutRepeats(statements), types: [...types, ...statements.flatMap(declared)] };
}

function statementOf([, how, name, type = '', body]: RegExpExecArray): Statement {
	return { how: how!, name: name!, type: type.startsWith('((inputs') ? type : '', body: body! };
}

function declared({ how, name, type, body }: Statement): string[] {
	if (!how) return [`${body};`];
	return type ? [`${how.replace('const', 'declare const')} ${name}: ${type};`] : [];
}

/** A function that has nothing to choose. */
const SENTENCE = /^(\(i?\)) => \{\n\treturn \((`[^`]*`)\)\n\};$/;

/** A function that says what another one of the same message says already is not written; who asked for it asks the other. */
function withoutRepeats(statements: readonly Statement[]): string[] {
	const lines: string[] = [];
	let said = new Map<string, string>();
	let other = new Map<string, string>();
	let missing = false;
	for (const { how, name, type, body } of statements) {
		const text = body.replaceAll('return /** @type {LocalizedString} */ (', 'return (');
		const alias = /^(\w+);$/.exec(text)?.[1];
		const same = alias ? (other.get(alias) ?? alias) : said.get(text);
		if (!how) lines.push(body);
		else if (type) {
			lines.push(`${how} ${name} = ${choosing(text, other, missing)}`);
			[said, other, missing] = [new Map(), new Map(), false];
		} else if (same) {
			other.set(name, same);
			// Plain German falls back to German.
			missing ||= alias !== undefined && !name.startsWith(`${SOURCE_LOCALE}_`);
		} else {
			said.set(text, name);
			lines.push(`${how} ${name} = ${text.replace(SENTENCE, '$1 => $2;')}`);
		}
	}
	return lines;
}

const CASE = /^\tif \(locale === "[\w-]+"\) return (\w+)\(inputs\)$/;
const REST = /^\treturn (\w+)\(inputs\)$/m;

/**
 * The choice of a language: those that say what the last line says need no line of their own. Where a language has no words
 * (`missing`), the last line says that its words are those of the source.
 */
function choosing(text: string, other: ReadonlyMap<string, string>, missing: boolean): string {
	const spoken = (name: string) => other.get(name) ?? name;
	const rest = spoken(REST.exec(text)![1]!);
	const lines = text.split('\n').flatMap((line) => {
		const name = CASE.exec(line)?.[1];
		if (!name) return [line.replace(REST, `\treturn ${missing ? `inSource(${rest}(inputs))` : `${rest}(inputs)`}`)];
		return spoken(name) === rest ? [] : [line.replace(`${name}(`, `${spoken(name)}(`)];
	});
	const chooses = lines.some((line) => CASE.test(line));
	return lines.filter((line) => chooses || !line.startsWith('\tconst locale = ')).join('\n');
}
