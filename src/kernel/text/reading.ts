/** Reads inline marks of the writing syntax (see `writing.ts`). Linear in the length of the text. */
import { directionOf, isLanguageTag } from './lang.ts';
import { isSafeLink } from './link.ts';
import type { Inline, Lang, Run } from './schema.ts';

type Marks = Omit<Run, 'text'>;

/** What follows the words of a link; a backslash lets brackets into the address. */
const ADDRESS = /^\(((?:\\.|[^()\\\s])+)\)/;

/** Inline content from one piece of writing: `**bold**`, `_emphasis_`, `[words](link)`, `[words]{ar}`. */
export function readInline(source: string): Inline {
	return new Reader(source).read(0, source.length, {});
}

/** `ar`, `ar ltr`: a language, with its direction only where it is not the usual one. */
export function readLang(source: string): Lang | undefined {
	const [, tag = '', dir] = /^([a-z]{2,3}(?:-[a-z0-9]{1,8})*)(?: (ltr|rtl))?$/i.exec(source) ?? [];
	if (!tag || !isLanguageTag(tag)) return undefined;
	return { tag, dir: dir ? (dir as Lang['dir']) : directionOf(tag) };
}

class Reader {
	readonly #source: string;
	/** Position of each opening bracket's partner. */
	readonly #partner: Map<number, number>;

	constructor(source: string) {
		this.#source = source;
		this.#partner = matchBrackets(source);
	}

	read(from: number, to: number, marks: Marks): Inline {
		const runs: Inline = [];
		let text = '';
		const flush = () => {
			if (text) runs.push({ text, ...marks });
			text = '';
		};
		// Once no closing sign was found, none will be found further on: no need to look again.
		const hopeless = new Set<string>();
		for (let at = from; at < to;) {
			const sign = this.#source[at] ?? '';
			if (sign === '\\' && at + 1 < to && isEscapable(this.#source[at + 1])) {
				text += this.#source[at + 1];
				at += 2;
				continue;
			}
			const span = this.#spanAt(at, to, marks, hopeless);
			if (!span) {
				text += sign;
				at += 1;
				continue;
			}
			flush();
			runs.push(...this.read(span.from, span.to, { ...marks, ...span.marks }));
			at = span.next;
		}
		flush();
		return runs;
	}

	#spanAt(at: number, to: number, marks: Marks, hopeless: Set<string>) {
		const source = this.#source;
		if (source[at] === '[') return this.#bracketSpan(at, to, marks);
		if (source.startsWith('**', at) && !marks.bold && /\S/.test(source[at + 2] ?? '') && !hopeless.has('**')) {
			const close = this.#closing('**', at + 2, to);
			if (close > at + 2) return { from: at + 2, to: close, next: close + 2, marks: { bold: true as const } };
			hopeless.add('**');
		}
		if (source[at] === '_' && !marks.emphasis && this.#opensEmphasis(at) && !hopeless.has('_')) {
			const close = this.#closing('_', at + 1, to);
			if (close > at + 1) return { from: at + 1, to: close, next: close + 1, marks: { emphasis: true as const } };
			hopeless.add('_');
		}
		return undefined;
	}

	#bracketSpan(at: number, to: number, marks: Marks) {
		const close = this.#partner.get(at);
		if (close === undefined || close >= to) return undefined;
		const inner = { from: at + 1, to: close };
		const tail = this.#source.slice(close + 1, to);
		const [link, href] = ADDRESS.exec(tail) ?? [];
		if (link && href) {
			const address = href.replace(/\\(.)/g, '$1');
			if (marks.link || !isSafeLink(address)) return undefined;
			return { ...inner, next: close + 1 + link.length, marks: { link: address } };
		}
		const [braces, word] = /^\{([^{}\n]{1,40})\}/.exec(tail) ?? [];
		if (!braces || !word) return undefined;
		const next = close + 1 + braces.length;
		if (word === '_') return { ...inner, next, marks: { emphasis: true as const } };
		if (word === '**') return { ...inner, next, marks: { bold: true as const } };
		const lang = readLang(word);
		return lang ? { ...inner, next, marks: { lang } } : undefined;
	}

	/** An underscore inside a word is a letter (`Kolleg_innen`), as the star alone always is (`Kolleg*innen`). */
	#opensEmphasis(at: number): boolean {
		return !isWord(before(this.#source, at)) && /\S/.test(this.#source[at + 1] ?? '');
	}

	#closing(sign: '**' | '_', from: number, to: number): number {
		const source = this.#source;
		for (let at = from; at < to; at++) {
			if (source[at] === '\\') at += 1;
			else if (source[at] === '[') at = this.#skipBracket(at, to);
			else if (source.startsWith(sign, at) && /\S/.test(source[at - 1] ?? '') && at > from) {
				if (sign === '**' || !isWord(after(source, at + 1))) return at;
			}
		}
		return -1;
	}

	/** The last position of a bracket and of the address behind it. */
	#skipBracket(at: number, to: number): number {
		const close = this.#partner.get(at);
		if (close === undefined || close >= to) return at;
		const address = ADDRESS.exec(this.#source.slice(close + 1, to));
		return close + (address?.[0].length ?? 0);
	}
}

function matchBrackets(source: string): Map<number, number> {
	const partner = new Map<number, number>();
	const open: number[] = [];
	for (let at = 0; at < source.length; at++) {
		if (source[at] === '\\') at += 1;
		else if (source[at] === '[') open.push(at);
		else if (source[at] === ']') {
			const start = open.pop();
			if (start !== undefined) partner.set(start, at);
		}
	}
	return partner;
}

/** ASCII punctuation and signs of lists can be escaped: a backslash before a letter is a backslash. */
function isEscapable(sign: string | undefined): boolean {
	return sign !== undefined && /[!-/:-@[-`{-~•–]/.test(sign);
}

function isWord(sign: string): boolean {
	return /[\p{L}\p{N}\p{M}]/u.test(sign);
}

function before(source: string, at: number): string {
	const sign = source[at - 1] ?? '';
	return /[\udc00-\udfff]/.test(sign) ? source.slice(Math.max(0, at - 2), at) : sign;
}

function after(source: string, at: number): string {
	return String.fromCodePoint(source.codePointAt(at) ?? 32);
}
