import { PARTY, isOrgWord, isRoleWord } from '../words.ts';
import { isFirstName } from '../first-names.ts';

export const PARTICLE =
	/^(?:von|van|de|der|den|dem|zu|zur|vom|el|al|bin|ibn|ben|da|dos|do|das|di|del|della|la|le|lo|du|ten|ter|und zu|y|abu|af|av|ul|ur)$/;

export const NAME_TOKEN =
	/^(?:\p{Lu}\.(?:-?\p{Lu}\.)*|(?:(?:d|l|o|al|el|van|von|mc)['’´-])?\p{Lu}(?:[\p{L}\p{M}'’´`]|(?<=\p{Ll})[01](?=\p{Ll}))*(?:-\p{L}[\p{L}\p{M}'’´`]*)*-?)$/u;

const NOT_NAME =
	/^(?:familie|die|der|das|den|dem|ein|eine|und|oder|als|am|an|in|im|zu|zum|zur|es|sie|er|wir|ab|bis|ca|ja|nein|vorname|name|nachname|mitglied(?:er)?|funktion|fraktion|anwesend|abwesend|entschuldigt|unentschuldigt|fehlt|fehlend|gremium|struktur|teilnahme|unterschrift|verspätet|tagesordnung|protokoll|niederschrift|sitzung|beginn|ende|ort|datum|uhrzeit|zeit|seite|anlage|punkt|top|beschluss|abstimmung|weitere|weiterhin|außerdem|sowie|keine?r?|niemand|alle|siehe|laut|nach|vor|mit|ohne|bei|für|von|neue[rs]?|stand|raum|öffentlich(?:er)?|nichtöffentlich|teil|herren|damen|frauen|stimmberechtigte?r?|beratende?s?|stellvertretende?s?|stellvertreter(?:in)?|vertreter(?:in)?|vertretung|vertreten|januar|februar|märz|september|oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|stadt|gemeinde|landkreis|rathaus|verwaltung|presse|gäste|sonstige|zentrale[rs]?|integration|migration|soziales|jugend|gesundheit|bildung|kultur|sport|arbeit|ausbildung|sprache|interkultur|wirtschaft|handlungsfeld|unbesetzt|vakant|nn|n\.n\.|offen|entfällt|fraktionslos|parteilos|liste|ressort|bunte|internationale|ev|ev\.|evangelische|katholische|jüdische|islamische|deutsche[rs]?|kommunales|kreisverband|stadtverband|ortsverein|sachgebiet|referat|vorsitz|gez|gez\.|entsch\.)$/i;

export function isOrgLike(word: string): boolean {
	if (isFirstName(word)) return false;
	return PARTY.test(word) || isOrgWord(word) || isCapitals(word) || NOT_NAME.test(word);
}

function isCapitals(word: string): boolean {
	return /^\p{Lu}[\p{Lu}/-]+(?:\p{Ll}\p{Lu}*)?$/u.test(word);
}

export function isNameWord(word: string, count: number, addressed: boolean, before: string): boolean {
	if (!NAME_TOKEN.test(word) || (count > 0 && isRoleWord(word))) return false;
	if (!isOrgLike(word)) return true;
	if (PARTY.test(word) || NOT_NAME.test(word)) return false;
	return (addressed && count === 0) || (isCapitals(word) && isFirstName(before));
}

/** "von der" in front of a capitalised word belongs to the name. */
export function leadsToName(words: readonly { word: string }[], from: number, inName: boolean): boolean {
	let i = from;
	while (i < words.length && PARTICLE.test(words[i]!.word)) i++;
	if (i === from || i - from > 2 || i >= words.length) return false;
	const next = words[i]!.word.replace(/[,:;)]+$/, '');
	return NAME_TOKEN.test(next) && !isOrgLike(next) && (inName || /^(?:von|van|el|al|de)$/.test(words[from]!.word));
}
