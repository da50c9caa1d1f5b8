import { type Text, slice, split } from './text.ts';
import { ACADEMIC, SALUTATION, isRoleWord } from './words.ts';
import { isFirstName } from './first-names.ts';
import { PARTICLE, NAME_TOKEN, isOrgLike } from './persons/name.ts';
import { type Person, personOf, readRest } from './persons/person.ts';

/** `several`: the label before the piece names a group, so a second name is a person and no descriptor. */
type Options = { lastFirst?: boolean; strict?: boolean; several?: boolean };

/** Reads every person in a piece of a list; descriptors after a comma go to the person before them. */
export function parsePersons(piece: Text, options: Options = {}): Person[] {
	const persons: Person[] = [];
	for (const chunk of split(
		piece,
		/[;\u2028]|\s[/|]\s|(?<=\))\s+(?=(?:Frau|Herr)\b)|\s+(?:und|u\.|sowie|&)\s+(?=(?:Frau|Herr|Dr|Prof|\p{Lu}\p{L}+\s\p{Lu}))/gu,
	)) {
		readChunk(chunk, persons, options);
	}
	return persons;
}

function readChunk(chunk: Text, persons: Person[], options: Options): void {
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
		} else if (person && !(last && isDescriptor(part, person, last, options.several ? 0 : parts.length)))
			persons.push((last = person));
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
