import { BEGIN, END } from '../i18n/current.ts';
import { direction, languageTag, SOURCE_LOCALE, type Locale } from '../i18n/locales.ts';

const SOURCE_TAG = languageTag(SOURCE_LOCALE);
const AS_IT_IS = `lang="${SOURCE_TAG}" dir="ltr"`;
/** What holds no elements, then tags, then texts. */
const PARTS =
	/<!--[\s\S]*?-->|<(script|style|title|textarea|option)\b(?:"[^"]*"|[^">])*>[\s\S]*?<\/\1>|<(?:"[^"]*"|[^">])*>|[^<]+/g;
/** As they stand, and as they stand in an address. */
const MARKS = new RegExp(`[${BEGIN}${END}]|%EF%B7%9[01]`, 'gi');
/** Attributes that are read out or shown, with a mark in them: the language of their words is that of their element. */
const NAMED = new RegExp(
	`\\s(?:alt|title|placeholder|label|content|aria-(?:label|description|placeholder|roledescription|valuetext))="[^"]*${BEGIN}`,
);
const TAG = /^<(\/?)([\w-]+)/;
const HEAD = /^<(?:"[^"]*"|[^">])*>/;
const [LANG, DIR] = [/\slang="([^"]*)"/, /\sdir="([^"]*)"/];
const EMPTY = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;

interface Open {
	tag: string;
	/** In force around it, or its own. */
	lang: string;
	dir: string;
	/** Its `lang` speaks of its attributes alone: whatever stands in it has to say anew what it is. */
	anew: boolean;
}

/**
 * A page of whose words some were marked as German (`markSource`), because there are none in the reader's language: they get an
 * element that says so, for voices and for the direction. Where they are the name of an element (`aria-label`, `alt` …) the element
 * says so itself, and what stands in it in another language says what it is. Everywhere else only the marks go.
 * @param html a whole page, or nothing that begins or ends within a tag
 * @param locale of the page, as far as nothing in it says otherwise
 */
export function sourceMarked(html: string, locale: Locale): string {
	// Pages of visitors have none; only they come by the thousand.
	if (!html.includes(BEGIN) && !html.includes(END)) return html;
	const parts = html.match(PARTS) ?? [];
	const open: Open[] = [{ tag: '', lang: languageTag(locale), dir: direction(locale), anew: false }];
	return parts
		.map((part, at) => (part.startsWith('<') ? inTags(parts, at, open) : inText(part, open.at(-1)!)))
		.join('');
}

/** Anything that begins with `<`; what it opens or closes is noted in `open`. */
function inTags(parts: readonly string[], at: number, open: Open[]): string {
	const part = parts[at]!;
	const bare = part.replace(MARKS, '');
	const [, closes, tag] = TAG.exec(part) ?? [];
	if (!tag) return bare;
	if (closes) {
		const from = open.findLastIndex((one) => one.tag === tag);
		if (from > 0) open.length = from;
		return bare;
	}
	const parent = open.at(-1)!;
	const head = HEAD.exec(part)?.[0] ?? part;
	// The document's own are filled in later.
	const [own, ownDir] = tag === 'html' ? [] : [LANG.exec(head)?.[1], DIR.exec(head)?.[1]];
	const [lang, dir] = [own ?? parent.lang, ownDir ?? parent.dir];
	const named = own === undefined && lang !== SOURCE_TAG && NAMED.test(head);
	// Has its content and its end in the same part.
	const whole = head !== part;
	if (!whole && !EMPTY.test(tag) && !head.endsWith('/>'))
		open.push({ tag, lang, dir, anew: named && !isSource(parts, at, tag) });
	if (own !== undefined || /^(?:html|head|body|script|style)$/.test(tag)) return bare;
	const insert = (attributes: string) => `<${tag} ${attributes}${bare.slice(tag.length + 1)}`;
	if (whole && lang !== SOURCE_TAG && beginsInSource(part.slice(head.length))) return insert(AS_IT_IS);
	// The direction stays that of the page: the words that stand in it bring their own.
	if (named) return insert(`lang="${SOURCE_TAG}"${dir === 'rtl' && !ownDir ? ' dir="rtl"' : ''}`);
	return parent.anew ? insert(`lang="${lang}"`) : bare;
}

/** A piece of text: each of its pieces in another language than its element's gets an element of its own. */
function inText(text: string, { lang, anew }: Open): string {
	return piecesOf(text)
		.map(({ words, german }) => {
			if (german) return `<span ${AS_IT_IS}>${words}</span>`;
			return anew && hasWords(words) ? `<span lang="${lang}">${words}</span>` : words;
		})
		.join('');
}

/** What stands between marks; words within words are one piece, and what was cut off by a script of the page's own ends with the text. */
function piecesOf(text: string): { words: string; german: boolean }[] {
	const pieces: { words: string; german: boolean }[] = [];
	let depth = 0;
	for (const part of text.replaceAll(/%EF%B7%9[01]/gi, '').split(new RegExp(`([${BEGIN}${END}])`))) {
		if (part === BEGIN) depth++;
		else if (part === END) depth = Math.max(0, depth - 1);
		else if (part) {
			const last = pieces.at(-1);
			if (last && last.german === depth > 0) last.words += part;
			else pieces.push({ words: part, german: depth > 0 });
		}
	}
	return pieces;
}

/** Are all words marked that stand in the element which begins `at`? */
function isSource(parts: readonly string[], at: number, tag: string): boolean {
	let depth = 0;
	for (let next = at; next < parts.length; next++) {
		const part = parts[next]!;
		const [, closes, inner] = TAG.exec(part) ?? [];
		if (inner === tag) depth += closes ? -1 : 1;
		if (depth === 0) return true;
		const text = inner && /^(?:option|textarea)$/.test(inner) && !closes ? part.replace(HEAD, '') : part;
		if (!text.startsWith('<') && piecesOf(text).some(({ words, german }) => !german && hasWords(words))) return false;
	}
	return false;
}

/** Is the first word of a title or a choice marked? */
const beginsInSource = (content: string) => piecesOf(content).find(({ words }) => hasWords(words))?.german ?? false;

const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text.replaceAll(/<!--[\s\S]*?-->|<[^>]*>|&#?\w+;/g, ''));
