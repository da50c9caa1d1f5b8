/**
 * Gendered forms (rulebook R8-07): towns write Ausländer*innen, Ausländer:innen, Ausländer_innen, AusländerInnen,
 * Ausländer/-innen, Ausländer(innen) or Ausländerinnen und Ausländer, and readers search with any of them.
 */

/** What may stand between stem and ending; the tokeniser keeps such words in one piece. */
export const GENDER_MARK = String.raw`(?:[*:_·•∗]|\/-?|\(-?)`;

/** Endings after a mark; "innen" may go on into a compound (Ausländer*innenbehörde). */
export const GENDER_ENDING = String.raw`(?:innen\p{L}*|in|r|e|n|er|en|ern|m|s)(?!\p{L})\)?`;

const MARKED = new RegExp(String.raw`^(\p{L}{2,}?)${GENDER_MARK}(innen|in|r|e|n|er|en|ern|m|s)\)?(\p{L}*)$`, 'u');
const INNER_I = /^(\p{L}*\p{Ll})I(nnen|n)(\p{L}*)$/u;

/** Feminine endings after which the masculine form remains; "Berlin" and "Termin" are none. */
const FEMININE =
	/^(\p{L}{2,}(?:er|or|ör|eur|ent|ant|ist|log|at|ärzt|anwält|kolleg|rät|ling|wirt|bot|kund|zeug|genoss))in(nen)?$/iu;
const FEMININE_INSIDE = /^(\p{L}{2,}(?:er|or|ent|ant|ist|kolleg))innen(\p{L}{3,})$/iu;

/**
 * The forms under which a word is found: first itself without marks, then the one without feminine ending.
 * `Ausländer*innenbehörde` → `Ausländerinnenbehörde`, `Ausländerbehörde`.
 */
export function genderForms(word: string): [string, ...string[]] {
	const [, base, ending, rest = ''] = MARKED.exec(word) ?? [];
	if (base !== undefined) return [`${base}${ending}${rest}`, `${base}${rest}`];
	const [, stem, feminine, after = ''] = INNER_I.exec(word) ?? [];
	if (stem !== undefined) return [`${stem}i${feminine}${after}`, `${stem}${after}`];
	const masculine = FEMININE.exec(word)?.[1];
	if (masculine) return [word, masculine];
	const inside = FEMININE_INSIDE.exec(word);
	return inside ? [word, `${inside[1]}${inside[2]}`] : [word];
}
