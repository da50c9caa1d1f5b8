import { type Text, slice } from './text.ts';
import { type Found, derived } from './found.ts';

// Names of bodies and municipalities, as they stand in titles and heads.

const HEADS =
	'(?:beirat|beirates|beirats|integrationsrat|ausländerrat|migrationsrat|stadtrat|gemeinderat|ortschaftsrat|ortsrat|kreisrat|jugendrat|seniorenrat|bezirksrat|verwaltungsrat|aufsichtsrat|stiftungsrat|elternrat|fachrat|rat|rats|rates|ausschuss|ausschuß|ausschusses|kommission|kreistag|kreistags|kreistages|stadtverordnetenversammlung|gemeindevertretung|stadtvertretung|bürgerschaft|bezirksvertretung|bezirksverordnetenversammlung|mitgliederversammlung|delegiertenversammlung|vollversammlung|hauptversammlung|gesamtvorstand|vorstand|vorstands|vorstandes|arbeitskreis|arbeitskreises|arbeitsgruppe|arbeitsgemeinschaft|fachgruppe|steuerungsgruppe|lenkungsgruppe|lenkungskreis|lenkungskreises|steuerungskreis|runde[rn]?\\s+tisch(?:es)?|netzwerk|netzwerks|netzwerkes|netzwerktreffen|forum|forums|plenum|plenums|kuratorium|kuratoriums|magistrat|magistrats|senat|parlament|parlaments|jugendparlament|kreisausschuss|fachausschuss|gremium|gremiums|bündnis|bündnisses|koordinierungskreis|sprecherrat|sprecherrates|landesnetzwerk|verein|vereins|verbund|verbunds|koordinierungsrunde|lenkungsrunde)';
const BODY = new RegExp(
	`(?<![\\p{L}])((?:(?:Runde[rn]?|Fach|Gemeinsame[rn]?|Kommunale[rns]?|Erweiterte[rn]?|Städtische[rn]?|Ständige[rn]?|Interkulturelle[rn]?)\\s+)?(?:\\p{Lu}[\\p{L}-]*[\\p{Ll}-])?${HEADS})(?![\\p{L}-])((?:[ \\u2028](?:für|zur|zum|des|der|„[^“”"]{2,60}[“”"]|"[^"]{2,60}"|gegen|von|am|und|&|in|im|e\\.?\\s?V\\.?|\\p{Lu}[\\p{L}-]*\\*?[\\p{L}-]*,?|öffentliche|kommunale|soziale|allgemeine|bürgerschaftliches|gesellschaftliche|kulturelle))*)`,
	'giu'
);
const STOP = /\s+(?:am|vom|im|in\s+(?:der|den)\s+(?:Sitzung|\p{Lu})|statt|findet|um|von\s+\d|zu\s|und\s*$|(?:am|vom)\s+(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)).*$/su;

/** "des Beirates" → "Beirat": the nominative of a body's head word; the rest stays as printed. */
export function nominative(name: string): string {
	const words = name.split(' ');
	const head = words.findIndex((word) => new RegExp(`${HEADS}$`, 'iu').test(word));
	if (head < 0) return name;
	if (/^(?:Runden)$/i.test(words[0]!)) words[0] = words[0]!.replace(/n$/, 'r');
	words[head] = words[head]!
		.replace(/(rat|tag|kreis|tisch|verbund|vorstand|bund)e?s$/iu, '$1')
		.replace(/(auss?chu(?:ss|ß))es$/iu, '$1')
		.replace(/(bündnis)ses$/iu, '$1')
		.replace(/(netzwerk|verein|magistrat|parlament|plenum|forum|gremium|kuratorium)e?s$/iu, '$1');
	return words.join(' ');
}

/** The first body named in a piece of a title or head. */
export function bodyIn(piece: Text): Found<string> | null {
	for (const match of piece.text.matchAll(BODY)) {
		const head = match[1]!;
		if (/^(?:rat|rats|rates|gremiums?|verein|forum|vorstand|senat|netzwerk)$/i.test(head) && !/^ (?:für|der|des)/.test(match[2] ?? '')) {
			if (!/\b(?:des|der)\s+$/.test(piece.text.slice(0, match.index))) continue;
		}
		const tail = cutTail(match[2] ?? '');
		const found = slice(piece, match.index, match.index + head.length + tail.length);
		const value = nominative(found.text.replace(/\u2028/g, ' '));
		return derived(value, found, 'sure', value === found.text ? undefined : 'nominative');
	}
	return null;
}

function cutTail(tail: string): string {
	const months = /\s(?:\d|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)/u.exec(tail);
	let cut = months ? tail.slice(0, months.index) : tail;
	cut = cut.replace(STOP, '');
	return cut.replace(/(?:\s(?:für|zur|zum|des|der|gegen|von|am|und|&|in|im))+$/u, '').replace(/[,\s]+$/, '');
}

const MUNICIPALITY =
	/(?<![\p{L}-])((?:Landeshauptstadt|Universitäts-?\s?und\s+Hansestadt|Hansestadt|Universitätsstadt|Kreisstadt|Große\s+Kreisstadt|Kreisfreie\s+Stadt|Klingenstadt|Wissenschaftsstadt|Bundesstadt|Lutherstadt|Barlachstadt|Residenzstadt|Stadtgemeinde|Stadt|Marktgemeinde|Markt|Gemeinde|Samtgemeinde|Verbandsgemeinde|Einheitsgemeinde|Landkreis|Kreis|Rhein-Kreis|Bezirk|Region)\s+(?:(?:Bad|Sankt|St\.|Alt|Neu|Groß|Klein|Ober|Unter)\s+)?\p{Lu}\p{L}+(?:[-\/]\p{Lu}\p{L}+)*(?:\s(?:am|an\sder|an\sdem|im|in\sder|bei|ob\sder|vor\sder|unter)\s\p{Lu}\p{L}+)?(?:\s?\((?:[A-ZÄÖÜ]\p{L}*\.?\s?){1,3}\))?)/u;
const NO_PLACE = /\s(?:und|für|der|Amt|Integration|Beirat|Verwaltung|Der|Die|Das|Am|Im|Rathaus|Dezernat|Fachbereich|Sitzung|Protokoll)$/u;

/** "Landeshauptstadt Musterburg", "Landkreis Auental". */
export function municipalityIn(piece: Text): Found<string> | null {
	const match = MUNICIPALITY.exec(piece.text) ?? MUNICIPALITY.exec(titleCase(piece.text));
	if (!match || NO_PLACE.test(match[1]!)) return null;
	const found = slice(piece, match.index, match.index + match[1]!.length);
	return derived(match[1]!, found, 'sure');
}

/** Heads in capitals ("STADT MUSTERBURG") as words with one capital, same length. */
function titleCase(text: string): string {
	if (/\p{Ll}{2}/u.test(text)) return '';
	return text.replace(/\p{L}+/gu, (word) => {
		const lower = word.slice(0, 1) + word.slice(1).toLowerCase();
		return lower.length === word.length && !/^(?:DER|DES|AM|AN|IM|IN|UND|FÜR)$/.test(word) ? lower : word.toLowerCase();
	});
}
