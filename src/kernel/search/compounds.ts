import { SEED } from './seed.ts';

/**
 * German compounds: "Behörde" finds "Ausländerbehörde", "Rat" finds "Integrationsrat" but not "Heirat". The town's own
 * vocabulary says which words contain the part; this file decides which of them are made of it. Words are folded.
 *
 * A word counts as a compound when what stands before and after the part is a word itself (of the town's vocabulary or
 * of the short list in seed.ts), joined by a linking element. Where the rest is unknown, a long part is believed.
 */
const LINKS = ['', 's', 'es', 'n', 'en', 'er', 'e', 'ens', 'ns'];
const INFLECTIONS = ['', 'e', 'en', 'n', 's', 'es', 'er', 'ern', 'in', 'innen'];

/** Not the first part of a compound: prepositions, prefixes, articles. */
const NO_PART = new Set(
	'ab an auf aus be bei das dem den der des die durch ein er ent fur ge gegen her hin im in mit nach ob ohne um un unter ver vom von vor wie zer zu zum zur uber wider'.split(
		' ',
	),
);

/** Latin endings run through unrelated words: "Ration" is no part of "Integration", "Nation" none of "Kombination". */
const LATIN = /(?:tion|sion|tat|ment|enz|anz|ismus|ist|ik|ur|al|iv)$/;
const DERIVED = /^(?:ung|heit|keit|lich|isch|schaft|bar|los|haft|chen|lein)/;

const SHORTEST = 3;
/** From here on a part is believed although what stands beside it is in no vocabulary. */
const BELIEVED = 5;

interface Rest {
	before: string;
	after: string;
}

/** What stands before and after the stem in a word, each with its link or inflection taken off, in every way. */
function rests(stem: string, word: string): Rest[] {
	const found: Rest[] = [];
	for (let at = word.indexOf(stem); at >= 0; at = word.indexOf(stem, at + 1)) {
		const befores = at === 0 ? [''] : stripEnd(word.slice(0, at));
		const afters = stripStart(word.slice(at + stem.length));
		for (const before of befores) for (const after of afters) found.push({ before, after });
	}
	return found;
}

function stripEnd(text: string): string[] {
	return LINKS.filter((link) => text.endsWith(link) && text.length - link.length >= SHORTEST).map((link) =>
		text.slice(0, text.length - link.length),
	);
}

function stripStart(text: string): string[] {
	const endings = [...new Set([...INFLECTIONS, ...LINKS])].filter((ending) => text.startsWith(ending));
	return endings.map((ending) => text.slice(ending.length)).filter((rest) => rest === '' || rest.length >= SHORTEST);
}

/** A word that is looked for inside others: as typed, and its stem. */
export interface Part {
	word: string;
	stem: string;
}

/** Tells which words there are. */
export interface Known {
	has(word: string): boolean;
}

/**
 * @param candidates words with the stem in them
 * @param known the town's vocabulary
 */
export function compoundsOf(part: Part, candidates: readonly string[], known: Known): string[] {
	const isWord = (word: string) => !NO_PART.has(word) && (known.has(word) || SEED.has(word));
	return candidates.filter((candidate) => rests(part.stem, candidate).some((rest) => isMade(part, rest, isWord)));
}

function isMade({ word, stem }: Part, { before, after }: Rest, isWord: (word: string) => boolean): boolean {
	// A stemmer that cut off more than an ending took a piece of the word along.
	const believed = stem.length >= BELIEVED && word.length - stem.length <= 2;
	const front =
		before === '' ||
		isWord(before) ||
		inTwo(before, isWord) ||
		(believed && !LATIN.test(stem) && before.length > SHORTEST && !NO_PART.has(before));
	const back =
		after === '' ||
		isWord(after) ||
		inTwo(after, isWord) ||
		(believed && after.length > SHORTEST && !DERIVED.test(after));
	return front && back;
}

function inTwo(part: string, isWord: (word: string) => boolean): boolean {
	for (let cut = SHORTEST; cut <= part.length - SHORTEST; cut++) {
		if (isWord(part.slice(cut)) && stripEnd(part.slice(0, cut)).some(isWord)) return true;
	}
	return false;
}
