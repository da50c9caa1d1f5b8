import { type Text, slice, split, strip } from '../text.ts';
import { findTimes } from '../times.ts';
import { ACADEMIC, PARTY, SALUTATION, isRoleWord } from '../words.ts';
import type { AttendanceStatus } from '../types.ts';
import { isNameWord, leadsToName } from './name.ts';

/** One person as printed in a list, cell or signature line. */
export type Person = {
	name: Text;
	role: Text | null;
	org: Text | null;
	substituteFor: Text | null;
	/** "vertreten durch X": the person who came instead. */
	replacedBy: Text | null;
	from: { value: string; piece: Text } | null;
	until: { value: string; piece: Text } | null;
	status: { value: AttendanceStatus; piece: Text } | null;
	/** True when a salutation, title or office stands before the name. */
	titled: boolean;
	/** Number of name words. */
	words: number;
	doubtful: boolean;
};

const SUBSTITUTE =
	/\s*[,(–-]?\s*(?:\b(?:als\s+)?(?:in\s+)?(?:Stell)?[Vv]ertretung\s*(?:für|von|des|der|:)?|\bi\.\s?V\.?(?:\s*(?:für|von|v\.|f\.|des|der))?|\b(?:als\s+)?(?:Stell)?[Vv]ertreter(?:in)?\s+(?:für|von|des|der)|\b(?:Stell)?[Vv]ertr?\.?\s*(?:für|f\.|von|v\.)|\bvertritt|\banstelle\s+(?:von|des|der)?|\b[Ee]rsatz\s+für|\bfür|\bf\.)\s+(?=\p{Lu})/u;

const REPLACED =
	/\s*[,(–:-]?\s*\b(?:wird\s+|wurde\s+)?(?:vertreten\s+(?:durch|von)|[Vv]ertretung\s+durch|[Vv]ertr?\.\s*d(?:urch|\.)|[Vv]ertret(?:ung|er|erin):)\s*(?=\p{Lu})/u;

const FROM =
	/\b(?:ab|seit|kam\s+(?:um|gegen)|kommt\s+(?:um|gegen)|erscheint\s+(?:um|gegen)|ab\s+ca\.|anwesend\s+ab|von)\s+(?:ca\.\s*)?(?=TOP|\d|Punkt)/i;

const UNTIL =
	/\b(?:bis|ging\s+(?:um|gegen)|geht\s+(?:um|gegen)|verlässt\s+die\s+Sitzung\s+um)\s+(?:ca\.\s*|einschl(?:ießlich|\.)\s*|zu\s+)?(?=TOP|\d|Punkt)/i;

const TOP = /^(?:(?:einschl(?:ießlich|\.)\s*)?(?:TOP|Punkt|Tagesordnungspunkt)\s*(?:Ö\s?|N\s?)?\d+(?:\.\d+)*)/i;

const STATUS: readonly (readonly [RegExp, AttendanceStatus])[] = [
	[
		/\b(?:unentschuldigt|nicht\s+entschuldigt|ohne\s+entschuldigung|fehlt(?:e)?|abwesend|nicht\s+anwesend|nicht\s+erschienen|unentsch\.?)(?![\p{L}])/iu,
		'absent',
	],
	[
		/\b(?:entschuldigt|entsch\.?|entschuldigung|verhindert|krank(?:gemeldet)?|abgemeldet|abgesagt|beurlaubt)(?![\p{L}])/iu,
		'excused',
	],
	[/\b(?:anwesend|teilgenommen|online|zugeschaltet|digital|per\s+video)(?![\p{L}])/iu, 'present'],
];

/** Reads one person: salutation, offices, academic titles, name, and what follows. Null when there is no name. */
export function personOf(piece: Text, strict = false): Person | null {
	const words = [...piece.text.matchAll(/\S+/g)].map((m) => ({ word: m[0], from: m.index, to: m.index + m[0].length }));
	let i = 0;
	let titled = false;
	let addressed = false;
	let roleFrom = -1;
	let roleTo = -1;
	while (i < words.length) {
		const word = words[i]!.word;
		if (SALUTATION.test(word)) titled = addressed = true;
		else if (
			isRoleWord(word) ||
			(/^(?:Erste|Zweite|Dritte|Ehren|Stellv|Stellvertretende|Alt|Ltd|Leitende|Beratende|Sachkundige)[rs]?\.?$/i.test(
				word,
			) &&
				words[i + 1] &&
				isRoleWord(words[i + 1]!.word))
		) {
			if (roleFrom < 0) roleFrom = words[i]!.from;
			roleTo = words[i]!.to;
			titled = true;
			if (/[,:]$/.test(word)) roleTo--;
		} else break;
		i++;
	}
	const nameFrom = i;
	let count = 0;
	while (i < words.length) {
		const { word } = words[i]!;
		const bare = word.replace(/[,:;)]+$/, '');
		if (ACADEMIC.test(bare) && /\.|^(?:Dr|Prof|Mag|DI|MBA)$/.test(bare)) {
			titled = addressed = true;
			i++;
			continue;
		}
		const before = i > nameFrom ? words[i - 1]!.word : '';
		if (isNameWord(bare, count, addressed, before)) count++;
		else if (!leadsToName(words, i, titled || count > 0)) break;
		i++;
		if (bare !== word || count >= 6) break;
	}
	if (!count || i === nameFrom) return null;
	let name = slice(piece, words[nameFrom]!.from, words[i - 1]!.to);
	name = strip(name, /[,:;)]/);
	const bareWords = name.text.split(' ').filter((word) => !ACADEMIC.test(word));
	if (!bareWords.length || bareWords.every((word) => /^\p{Lu}\.$/u.test(word))) return null;
	if (!titled && count < 2 && strict) return null;
	if (!titled && count > 5) return null;
	const rest = slice(piece, words[i - 1]!.to);
	if (!addressed && /^(?:\d(?!\d?[.:]\d\d)|GmbH|gGmbH|e\.?\s?V\b|AG\b|[:/])/.test(rest.text)) return null;
	if (
		!titled &&
		/^\p{Ll}/u.test(rest.text) &&
		!/^(?:für|i\.|in\s+Vertr|vertr|ab|bis|von|entsch|unentsch|anwesend|als|kam|ging|seit|verspätet|online|per|f\.)/.test(
			rest.text,
		)
	)
		return null;
	const person: Person = {
		name,
		role: roleFrom >= 0 ? slice(piece, roleFrom, roleTo) : null,
		org: null,
		substituteFor: null,
		replacedBy: null,
		from: null,
		until: null,
		status: null,
		titled,
		words: bareWords.length,
		doubtful: bareWords.length < 2,
	};
	readRest(person, rest);
	return person;
}

/** What stands after a name: substitution, times, status, organisation or office. */
export function readRest(person: Person, rest: Text): void {
	let piece = rest;
	const replaced = REPLACED.exec(piece.text);
	if (replaced) {
		person.replacedBy = personOf(slice(piece, replaced.index + replaced[0].length))?.name ?? null;
		piece = slice(piece, 0, replaced.index);
	}
	const substitute = SUBSTITUTE.exec(piece.text);
	if (substitute && !insideName(piece.text, substitute.index)) {
		const target = slice(piece, substitute.index + substitute[0].length);
		const other = personOf(target);
		if (other) {
			person.substituteFor = other.name;
			const tail = slice(target, target.text.indexOf(other.name.text) + other.name.text.length);
			piece = {
				text: piece.text.slice(0, substitute.index) + ' ' + tail.text,
				at: [...piece.at.slice(0, substitute.index), piece.at[substitute.index] ?? 0, ...tail.at],
			};
		}
	}
	const span = /(?:^|[\s(,])(\d{1,2}[.:]\d\d)\s?(?:Uhr)?\s?(?:-|–|bis)\s?(\d{1,2}[.:]\d\d)\s?(?:Uhr|h\b)/.exec(
		piece.text,
	);
	if (span) {
		const [start, end] = [span[1]!, span[2]!].map((time) => {
			const at = span.index + span[0].indexOf(time);
			return { value: time.replace('.', ':').padStart(5, '0'), piece: slice(piece, at, at + time.length) };
		});
		person.from ??= start!;
		person.until ??= end!;
		piece = cut(piece, span.index, span[0].length);
	}
	person.from ??= momentAfter(piece, FROM);
	person.until ??= momentAfter(piece, UNTIL);
	for (const [pattern, value] of STATUS) {
		const match = pattern.exec(piece.text);
		if (match && !person.status) {
			person.status = { value, piece: slice(piece, match.index, match.index + match[0].length) };
			piece = cut(piece, match.index, match[0].length);
		}
	}
	readDescriptor(person, piece);
}

/** "(Bunt für Neustadt)": words stand between the parenthesis and "für". */
function insideName(text: string, at: number): boolean {
	const open = text.lastIndexOf('(', at);
	return open >= 0 && text.indexOf(')', open) > at && /\p{L}/u.test(text.slice(open + 1, at));
}

function momentAfter(piece: Text, pattern: RegExp): { value: string; piece: Text } | null {
	const match = pattern.exec(piece.text);
	if (!match) return null;
	const after = slice(piece, match.index + match[0].length);
	const top = TOP.exec(after.text);
	if (top) return { value: top[0].replace(/^einschl\S*\s*/i, ''), piece: slice(after, 0, top[0].length) };
	const time = findTimes(after.text.replace(/^(\d{1,2})[.:](\d\d)(?!\s?Uhr)(?![\d.])/, '$1:$2'))[0];
	return time && time.from < 3 ? { value: time.time, piece: slice(after, time.from, time.to) } : null;
}

export function cut(piece: Text, from: number, length: number): Text {
	return {
		text: piece.text.slice(0, from) + piece.text.slice(from + length),
		at: [...piece.at.slice(0, from), ...piece.at.slice(from + length)],
	};
}

/** What somebody does in this meeting. */
const DUTY =
	/^(?:(?:als|für\s+(?:das|die)|zugleich|auch|stellv\p{L}*\.?)\s+)?(?:Protokoll(?:führung|führer(?:in)?|ant(?:in)?)?|Schriftführ(?:ung|er|erin)|Niederschrift|Vorsitz(?:ende[rn]?)?|Sitzungsleitung|Leitung|Moderation)$/iu;

function readDescriptor(person: Person, piece: Text): void {
	for (let part of split(piece, /[()[\]]|\s[–—-]\s|,|\s\/\s/g)) {
		part = strip(
			part,
			/[\s:;.,–—-]/.test(part.text.slice(-1)) && !/(?:e\.\s?V|\p{L}\.)\.?$/u.test(part.text)
				? /[\s:;,.–—-]/
				: /[\s:;,–—-]/,
		);
		if (
			!/\p{L}{2}/u.test(part.text) ||
			(/^(?:ab|bis|von|seit|kam|ging|verspätet|ca|uhr|teilweise|zeitweise|und|per|als|zu\s+TOP|zu\s+Ö|traktandum|für\s+TOP|krank)\b/i.test(
				part.text,
			) &&
				!DUTY.test(part.text)) ||
			/^\(?(?:ab|bis)\s|^\d/.test(part.text) ||
			/^TOP\b/.test(part.text)
		)
			continue;
		if (!person.role && DUTY.test(part.text)) {
			person.role = slice(part, /^als\s+/i.exec(part.text)?.[0].length ?? 0);
			continue;
		}
		const first = part.text.split(' ', 1)[0]!;
		if (
			!person.role &&
			(isRoleWord(first) || (/\s/.test(part.text) && isRoleWord(part.text.split(' ')[1]!) && !PARTY.test(first)))
		) {
			const roles = part.text.match(/^(?:(?:stellv\S*|stv\.?|1\.|2\.)\s+)?\S+(?:\s+(?:des|der|für|und)\s.*)?/i)![0];
			person.role = slice(
				part,
				0,
				roles.length < 3 ? part.text.length : isRoleWord(first) ? roles.length : part.text.length,
			);
			const org = isRoleWord(first) ? slice(part, roles.length) : null;
			if (org && org.text && !person.org) person.org = org;
		} else if (!person.org) person.org = part;
	}
}
