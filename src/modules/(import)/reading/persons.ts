import { type Text, slice, split, strip } from './text.ts';
import { findTimes } from './times.ts';
import { ACADEMIC, PARTY, SALUTATION, isOrgWord, isRoleWord } from './words.ts';
import { isFirstName } from './first-names.ts';
import type { AttendanceStatus } from './types.ts';

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

const PARTICLE =
	/^(?:von|van|de|der|den|dem|zu|zur|vom|el|al|bin|ibn|ben|da|dos|do|das|di|del|della|la|le|lo|du|ten|ter|und zu|y|abu|af|av|ul|ur)$/;
const NAME_TOKEN =
	/^(?:\p{Lu}\.(?:-?\p{Lu}\.)*|(?:(?:d|l|o|al|el|van|von|mc)['’´-])?\p{Lu}(?:[\p{L}\p{M}'’´`]|(?<=\p{Ll})[01](?=\p{Ll}))*(?:-\p{L}[\p{L}\p{M}'’´`]*)*-?)$/u;
const NOT_NAME =
	/^(?:die|der|das|den|dem|ein|eine|und|oder|als|am|an|in|im|zu|zum|zur|es|sie|er|wir|ab|bis|ca|ja|nein|vorname|name|nachname|mitglied(?:er)?|funktion|fraktion|anwesend|abwesend|entschuldigt|unentschuldigt|fehlt|fehlend|gremium|struktur|teilnahme|unterschrift|verspätet|tagesordnung|protokoll|niederschrift|sitzung|beginn|ende|ort|datum|uhrzeit|zeit|seite|anlage|punkt|top|beschluss|abstimmung|weitere|weiterhin|außerdem|sowie|keine?r?|niemand|alle|siehe|laut|nach|vor|mit|ohne|bei|für|von|neue[rs]?|stand|raum|öffentlich(?:er)?|nichtöffentlich|teil|herren|damen|frauen|stimmberechtigte?r?|beratende?s?|stellvertretende?s?|stellvertreter(?:in)?|vertreter(?:in)?|vertretung|vertreten|januar|februar|märz|september|oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|stadt|gemeinde|landkreis|rathaus|verwaltung|presse|gäste|sonstige|zentrale[rs]?|integration|migration|soziales|jugend|gesundheit|bildung|kultur|sport|arbeit|ausbildung|sprache|interkultur|wirtschaft|handlungsfeld|unbesetzt|vakant|nn|n\.n\.|offen|entfällt|fraktionslos|parteilos|liste|ressort|bunte|internationale|ev|ev\.|evangelische|katholische|jüdische|islamische|deutsche[rs]?|kommunales|kreisverband|stadtverband|ortsverein|sachgebiet|referat|vorsitz|gez|gez\.|entsch\.)$/i;
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

/** Reads every person in a piece of a list; descriptors after a comma go to the person before them. */
export function parsePersons(piece: Text, options: { lastFirst?: boolean; strict?: boolean } = {}): Person[] {
	const persons: Person[] = [];
	for (const chunk of split(
		piece,
		/[;\u2028]|\s[/|]\s|(?<=\))\s+(?=(?:Frau|Herr)\b)|\s+(?:und|u\.|sowie|&)\s+(?=(?:Frau|Herr|Dr|Prof|\p{Lu}\p{L}+\s\p{Lu}))/gu,
	)) {
		readChunk(chunk, persons, options);
	}
	return persons;
}

function readChunk(chunk: Text, persons: Person[], options: { lastFirst?: boolean; strict?: boolean }): void {
	const parts = splitOutside(chunk);
	let last: Person | null = null;
	for (let i = 0; i < parts.length; i++) {
		const part = parts[i]!;
		const next = parts[i + 1];
		if (next && isLastFirst(part, next, options.lastFirst ?? false)) {
			const swapped = personOf(swap(part, next), options.strict);
			if (swapped) {
				persons.push((last = swapped));
				i++;
				continue;
			}
		}
		const couples = cutCouples(part);
		const person = couples.length > 1 ? null : personOf(part, options.strict);
		if (couples.length > 1) {
			for (const couple of couples) {
				const one = personOf(couple);
				if (one) persons.push((last = { ...one, doubtful: true }));
			}
		} else if (person && !(last && isDescriptor(part, person, last, parts.length))) persons.push((last = person));
		else if (last) describe(last, part);
	}
}

/** Commas and wide dashes outside parentheses. */
function splitOutside(piece: Text): Text[] {
	const parts: Text[] = [];
	let depth = 0;
	let from = 0;
	for (let i = 0; i < piece.text.length; i++) {
		const char = piece.text[i];
		if (char === '(' || char === '[') depth++;
		else if (char === ')' || char === ']') depth = Math.max(0, depth - 1);
		else if (char === ',' && depth === 0) {
			parts.push(slice(piece, from, i));
			from = i + 1;
		}
	}
	parts.push(slice(piece, from));
	return parts.filter((part) => part.text !== '');
}

function isLastFirst(part: Text, next: Text, told: boolean): boolean {
	const words = part.text.split(' ');
	if (
		words.length > 3 ||
		!words.every((word) => (NAME_TOKEN.test(word) && !isOrgLike(word)) || PARTICLE.test(word) || ACADEMIC.test(word))
	)
		return false;
	const nextWords = next.text
		.replace(/\s*\(.*$/, '')
		.replace(/\s+[–-]\s.*$/, '')
		.split(' ')
		.filter((w) => !ACADEMIC.test(w));
	if (
		!nextWords.length ||
		nextWords.length > 3 ||
		!NAME_TOKEN.test(nextWords[0]!) ||
		isOrgLike(nextWords[0]!) ||
		isRoleWord(nextWords[0]!)
	)
		return false;
	return told
		? nextWords.length <= 2
		: words.length === 1 &&
				isFirstName(nextWords[0]!) &&
				!isFirstName(words[0]!) &&
				nextWords.slice(1).every((w) => isFirstName(w) || ACADEMIC.test(w));
}

function swap(lastName: Text, firstName: Text): Text {
	const cut = firstName.text.search(/\s*[(–]|\s-\s/);
	const given = cut > 0 ? slice(firstName, 0, cut) : firstName;
	const rest = cut > 0 ? slice(firstName, cut) : null;
	const blank = { text: ' ', at: [given.at[given.at.length - 1]!] };
	const lead = /^(?:(?:Herrn?|Frau|Dr\.|Prof\.|Mag\.|Dipl\.-?\S*)\s+)+/u.exec(lastName.text)?.[0].length ?? 0;
	if (lead)
		return {
			text: `${lastName.text.slice(0, lead)}${given.text} ${lastName.text.slice(lead)}${rest ? ` ${rest.text}` : ''}`,
			at: [
				...lastName.at.slice(0, lead),
				...given.at,
				...blank.at,
				...lastName.at.slice(lead),
				...(rest ? [...blank.at, ...rest.at] : []),
			],
		};
	const parts = [given, blank, lastName, ...(rest ? [blank, rest] : [])];
	return { text: parts.map((p) => p.text).join(''), at: parts.flatMap((p) => [...p.at]) };
}

/** "Anna Berg Paul Tal" in one cell: cut before each first name, when every second word is one. */
function cutCouples(part: Text): Text[] {
	const words = [...part.text.matchAll(/\S+/g)];
	if (words.length < 4 || words.length % 2 || words.length > 12) return [part];
	if (words.some((word) => SALUTATION.test(word[0]) || !NAME_TOKEN.test(word[0]) || isOrgLike(word[0]))) return [part];
	const heads = words.filter((_, i) => i % 2 === 0);
	if (!heads.slice(1).some((word) => isFirstName(word[0])) || !isFirstName(heads[0]![0])) return [part];
	return heads.map((word, i) => slice(part, word.index, heads[i + 1]?.index ?? part.text.length));
}

function isOrgLike(word: string): boolean {
	if (isFirstName(word)) return false;
	return PARTY.test(word) || isOrgWord(word) || isCapitals(word) || NOT_NAME.test(word);
}

function isCapitals(word: string): boolean {
	return /^\p{Lu}[\p{Lu}/-]+(?:\p{Ll}\p{Lu}*)?$/u.test(word);
}

/** A lone word after a full name is an organisation; after a lone surname it is the next of a list of surnames. */
function isDescriptor(part: Text, person: Person, before: Person, parts: number): boolean {
	if (
		parts === 2 &&
		!person.titled &&
		person.words === 2 &&
		before.words > 1 &&
		isFirstName(before.name.text.replace(/^(?:(?:Dr|Prof)\.\s)+/, '').split(' ', 1)[0]!) &&
		!isFirstName(person.name.text.split(' ', 1)[0]!) &&
		!/^\p{Lu}\./u.test(person.name.text)
	)
		return true;
	if (before.words < 2 && !before.titled && !before.org) return false;
	if (person.titled || /^(?:vertreten|Vertretung|i\.\s?V)/.test(part.text)) return false;
	return person.words < 2 && !isFirstName(person.name.text);
}

function describe(person: Person, part: Text): void {
	readRest(person, part);
}

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

function isNameWord(word: string, count: number, addressed: boolean, before: string): boolean {
	if (!NAME_TOKEN.test(word) || (count > 0 && isRoleWord(word))) return false;
	if (!isOrgLike(word)) return true;
	if (PARTY.test(word) || NOT_NAME.test(word)) return false;
	return (addressed && count === 0) || (isCapitals(word) && isFirstName(before));
}

/** "von der" in front of a capitalised word belongs to the name. */
function leadsToName(words: readonly { word: string }[], from: number, inName: boolean): boolean {
	let i = from;
	while (i < words.length && PARTICLE.test(words[i]!.word)) i++;
	if (i === from || i - from > 2 || i >= words.length) return false;
	const next = words[i]!.word.replace(/[,:;)]+$/, '');
	return NAME_TOKEN.test(next) && !isOrgLike(next) && (inName || /^(?:von|van|el|al|de)$/.test(words[from]!.word));
}

/** What stands after a name: substitution, times, status, organisation or office. */
function readRest(person: Person, rest: Text): void {
	let piece = rest;
	const replaced = REPLACED.exec(piece.text);
	if (replaced) {
		person.replacedBy = personOf(slice(piece, replaced.index + replaced[0].length))?.name ?? null;
		piece = slice(piece, 0, replaced.index);
	}
	const substitute = SUBSTITUTE.exec(piece.text);
	if (substitute) {
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

function momentAfter(piece: Text, pattern: RegExp): { value: string; piece: Text } | null {
	const match = pattern.exec(piece.text);
	if (!match) return null;
	const after = slice(piece, match.index + match[0].length);
	const top = TOP.exec(after.text);
	if (top) return { value: top[0].replace(/^einschl\S*\s*/i, ''), piece: slice(after, 0, top[0].length) };
	const time = findTimes(after.text.replace(/^(\d{1,2})[.:](\d\d)(?!\s?Uhr)(?![\d.])/, '$1:$2'))[0];
	return time && time.from < 3 ? { value: time.time, piece: slice(after, time.from, time.to) } : null;
}

function cut(piece: Text, from: number, length: number): Text {
	return {
		text: piece.text.slice(0, from) + piece.text.slice(from + length),
		at: [...piece.at.slice(0, from), ...piece.at.slice(from + length)],
	};
}

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
			/^(?:ab|bis|von|seit|kam|ging|verspätet|ca|uhr|teilweise|zeitweise|und|per|als|zu\s+TOP|zu\s+Ö|traktandum|für\s+TOP|krank)\b/i.test(
				part.text,
			) ||
			/^\(?(?:ab|bis)\s|^\d/.test(part.text) ||
			/^TOP\b/.test(part.text)
		)
			continue;
		const first = part.text.split(' ', 1)[0]!;
		if (
			!person.role &&
			(isRoleWord(first) || (/\s/.test(part.text) && isRoleWord(part.text.split(' ')[1]!) && !PARTY.test(first)))
		) {
			const roles = part.text.match(/^\S+(?:\s+(?:des|der|für|und)\s.*)?/)![0];
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
