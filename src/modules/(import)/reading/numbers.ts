import { type Text, slice } from './text.ts';
import type { Line } from './lines.ts';
import type { Agenda } from './agenda.ts';
import { type Found, printed } from './found.ts';

// Numbers of council papers. Towns write them in many ways; a document's labelled places teach its own scheme.

/** Schemes that are plain enough to be believed anywhere in a text. */
const SCHEMES: readonly RegExp[] = [
	/(?<![\p{L}\d/.-])(?:DS|BV|VO|IV|MV|AN|AF|DrS|Drs|A|F|S|I|V|B|M|E)\s?\d{4}\/\d{2}(?:\/\d{1,2})?(?![\d/])/gu, // DS0123/19, A0045/20/1
	/(?<![\p{L}\d/.-])(?:19|20)\d{2}\/\d{4}(?:[/-]\d{1,3})?(?![\d/-])/gu, // 2022/0031/1
	/(?<![\p{L}\d/.-])(?:[A-ZÄÖÜ][A-Za-zÄÖÜ]{0,4}[/-])(?:19|20)\d{2}[/-]\d{2,5}(?:[/-]\d{1,3})?(?![\d/])/gu, // VO/2023/123
	/(?<![\p{L}\d/.-])(?:BV|VO|IV|MV|AN|AF|DS|DrS|Drs|AT|BE|SV|VL|TO|ANF|ANT|BVL|INF|STN|MI|AW)[-/ ]\d{1,5}[/-](?:(?:19|20)\d{2}|\d{2})(?:[-/]\d{1,3})?(?![\d/])/gu, // BV-12/2021
	/(?<![\p{L}\d/.-])(?:BV|VO|IV|MV|AN|AF|AT|SV|VL|ANF|ANT|KA|GA)\/\d{3,5}(?:\/(?:19|20)?\d{2})?(?![\d/-])/gu, // AF/0271
	/(?<![\p{L}\d/.-])[A-ZÄÖÜ]{2,4}\s\d{2,3}\/\d{2,4}\/(?:19|20)\d{2}(?![\d/-])/gu, // SG 12/041/2023
	/(?<![\p{L}\d/.-])(?:BV|VO|IV|MV|AN|AF|DS|DrS|Drs|AT|BE|SV|VL|ANF|ANT|BVL|INF|STN|MI|KT|GR|SR|RV|BA)\s(?:19|20)\d{2}[-/]\d{2,5}(?:[-/]\d{1,3})?(?![\d/])/gu, // BV 2023/019
	/(?<![\p{L}\d/.-])\d{3,5}\/(?:19|20)\d{2}-(?:19|20)?\d{2}(?:\/\d{1,2})?(?![\d/])/gu, // 0456/2024-2029
	/(?<![\p{L}\d/.-])[IVX]{1,4}[-/](?:DS|A|F|EF|P|WP|VSP|HP|SN|NF|ÄA|BV|VO)?[-/]?\d{4,5}(?:[-/](?:[A-Z]{1,4}|\d{1,3}))*(?![\d/])/gu, // VII-A-01234
	/(?<![\p{L}\d/.-])\d{2}\/[A-ZÄÖÜ]{2,3}\/\d{3,5}(?:-\d{1,2})?(?![\d/])/gu, // 20/SVV/0123
	/(?<![\p{L}\d/.-])\d{3,5}\/[IVX]{1,5}(?![\p{L}\d])/gu, // 0152/IV
	/(?<![\p{L}\d/.-])\d{2}-\d{2}\s?\/\s?[VAB]\s?\d{5}(?![\d/])/gu, // 14-20 / V 12345
];

const LABEL =
	/(?<![\p{L}])(?:(?:Beschluss|Informations|Mitteilungs|Berichts|Verwaltungs|Sitzungs|Rats|Gemeinderats|Antrags|Kenntnisnahme)?[Vv]orlagen?|Drucksachen?|Drucks\.?|Drs\.?|DS|DrS|Anträge?|Antrags|Anfragen?|Stellungnahme|Information|Informations|Änderungsantrag|Ergänzungsantrag|Mitteilung|Beschlussvorlage|BV|Paper|Haushaltsantrag|Prüfantrag)(?:[-\s]?(?:Nr|Nrn|Nummern?|No)\b\.?)?\s*:?\s*(?:der\s+Verwaltung\s+)?/gu;
const TOKEN = /^(?:Nr\.?\s*)?((?:[\p{L}]{1,5}[-/ ]?)?\d[\p{L}\d]*(?:[-/.](?=[\p{L}\d])[\p{L}\d]+){0,5})/u;

/** True for what looks like a number but is a span of years, a date, a fraction, a law, a telephone or a file number. */
export function notPaper(text: string, before: string): boolean {
	const years = /^((?:19|20)\d{2})[/-]((?:19|20)\d{2}|\d{2})$/.exec(text);
	if (years) {
		const second = years[2]!.length === 2 ? Number(years[1]!.slice(0, 2) + years[2]) : Number(years[2]);
		if (second >= Number(years[1]) && second - Number(years[1]) <= 12) return true;
	}
	if (/^\d{1,2}\.\d{1,2}\.?(?:\d{2,4})?$/.test(text) || /^(?:19|20)\d{2}$/.test(text)) return true;
	return /(?:§+\s*(?:\d+\S*\s+)?|Abs\.\s*|Art\.\s*|Tel(?:efon)?\.?:?\s*|Fax:?\s*|Az\.?:?\s*|Aktenzeichen:?\s*|(?<!\p{L})DA\s+|SDA\s+(?:II\s+)?|SGB\s+|EU\)?\s*(?:Nr\.\s*)?|Zimmer\s*|Raum\s*|Seite\s*|S\.\s*|GVBl\.?\s*|BGBl\.?\s*)$/iu.test(
		before,
	);
}

/** "####/##"-like picture of a number: letters stay, figures become #. */
function shape(text: string): string {
	return text.replace(/\d/g, '#');
}

/** All paper numbers the document mentions, in order of first mention, each once. */
export function readReferences(
	lines: readonly Line[],
	own: readonly Found<string>[],
	agenda: Agenda | null,
	invitation: boolean,
): Found<string>[] {
	const hits: { piece: Text; order: number }[] = [];
	const shapes = new Set<string>();
	const add = (piece: Text, order: number) => hits.push({ piece, order });
	for (const line of lines) {
		if (!/\d/.test(line.text)) continue;
		for (const pattern of SCHEMES) {
			for (const match of line.text.matchAll(pattern)) {
				if (!notPaper(match[0], line.text.slice(Math.max(0, match.index - 24), match.index)))
					add(slice(line, match.index, match.index + match[0].length), line.index + match.index / 1e4);
			}
		}
		for (const match of line.text.matchAll(LABEL)) {
			const numbered = /(?:Nr|Nrn|Nummern?|No)\b\.?\s*:?\s*$|:\s*$/.test(match[0]);
			let rest = line.text.slice(match.index + match[0].length);
			let from = match.index + match[0].length;
			for (let n = 0; n < 6; n++) {
				const token = TOKEN.exec(rest);
				if (!token) break;
				const start = from + token[0].indexOf(token[1]!);
				if (isNumberLike(token[1]!, numbered, line.text.slice(start + token[1]!.length)) && !notPaper(token[1]!, '')) {
					add(slice(line, start, start + token[1]!.length), line.index + start / 1e4);
					if (/[/-]/.test(token[1]!)) shapes.add(shape(token[1]!));
				} else break;
				const more = /^\s*(?:,|und|u\.|sowie|\+|&|;)\s+(?=[\p{L}\d]*\d)/u.exec(rest.slice(token[0].length));
				if (!more) break;
				from += token[0].length + more[0].length;
				rest = line.text.slice(from);
			}
		}
	}
	if (agenda && invitation) for (const piece of itemReferences(agenda)) add(piece, lines.length);
	for (const found of own) shapes.add(shape(found.value));
	learn(lines, shapes, add);
	for (const line of lines) {
		for (const cell of line.row ? line.cells : [])
			if (
				/^(?:[A-ZÄÖÜ]{1,3}[ -]?\d{1,4}\/(?:20)?\d{2}|\d{3,5}\/20\d{2}(?:-\d{1,2})?)$/.test(cell.text) &&
				!notPaper(cell.text, '')
			)
				add(cell, line.index + 0.5);
	}
	const list = new Map<string, Found<string>>();
	for (const found of own) list.set(key(found.value), found);
	for (const { piece } of longest(hits).sort((a, b) => a.order - b.order)) {
		const id = key(piece.text);
		if (
			!list.has(id) &&
			![...list.keys()].some(
				(known) => known.endsWith(id) && /\D/.test(known) && id.length > 4 && !/^\d{4}\/\d{4}$/.test(piece.text),
			)
		)
			list.set(id, printed(piece));
	}
	return [...list.values()];
}

/** Without hits that are a part of a longer one at the same place. */
function longest(hits: readonly { piece: Text; order: number }[]): { piece: Text; order: number }[] {
	const sorted = [...hits].sort((a, b) => a.piece.at[0]! - b.piece.at[0]! || b.piece.at.length - a.piece.at.length);
	let end = -1;
	return sorted.filter(({ piece }) => {
		const last = piece.at[piece.at.length - 1]!;
		if (last <= end) return false;
		end = last;
		return true;
	});
}

export function key(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9äöü/]/g, '');
}

/** After a label: with "Nr." or a colon any number will do, else it needs a slash or hyphen inside. */
function isNumberLike(token: string, numbered: boolean, after: string): boolean {
	if (!/\d/.test(token) || /^\s?(?:\.\d|€|Euro|%|Jahre|Uhr|Mitglieder|Stimmen)/.test(after)) return false;
	if (/^\p{L}+$/u.test(token)) return false;
	if (/\d[/-]\d|\p{L}[/-]?\d{2,}[/-]\d|\d{4}\/|\/\d{2,}/u.test(token)) return true;
	return numbered && /\d{2,}/.test(token) && !/^\d{1,2}\./.test(token);
}

/** Tokens elsewhere that have the very shape of a labelled number ("####/##"). */
function learn(lines: readonly Line[], shapes: Set<string>, add: (piece: Text, order: number) => void): void {
	const useful = [...shapes].filter(
		(s) =>
			/#{2,}.*[/-].*#{2,}|#{3,}[/-]|\p{L}/u.test(s) &&
			s.length >= 6 &&
			!/^#{1,2}[./]#{1,2}/.test(s) &&
			s !== '####/####',
	);
	if (!useful.length) return;
	const pattern = new RegExp(
		`(?<![\\p{L}\\d/.-])(?:${useful.map((s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/#/g, '\\d')).join('|')})(?:\\/\\d{1,2})?(?![\\d/\\p{L}])`,
		'gu',
	);
	for (const line of lines) {
		for (const match of line.text.matchAll(pattern)) {
			if (!notPaper(match[0], line.text.slice(Math.max(0, match.index - 24), match.index)))
				add(slice(line, match.index, match.index + match[0].length), line.index + match.index / 1e4);
		}
	}
}

const REFERENCE = /^(?:\p{Lu}[\p{L}]{0,7}-)(?:[\p{L}\d.]{1,8}-){0,4}[\p{L}\d.]*\d(?:\/\d{1,4})?$/u;

/** File references that stand alone in the lines of an invitation's agenda items. */
function itemReferences(agenda: Agenda): Text[] {
	const out: Text[] = [];
	for (const item of agenda.items) {
		for (const line of item.lines) {
			const words = [...line.text.matchAll(/\S+/g)];
			if (words.length > 3) continue;
			for (const word of words)
				if (REFERENCE.test(word[0]) && /\d/.test(word[0]))
					out.push(slice(line, word.index, word.index + word[0].length));
		}
	}
	return out;
}
