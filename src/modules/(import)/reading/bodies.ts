import { type Text, slice } from './text.ts';
import { type Found, derived } from './found.ts';

// Names of bodies and municipalities, as they stand in titles and heads.

const HEAD_WORDS =
	'beirates beirats beirat integrationsrat ausländerrat migrationsrat stadtrat gemeinderat ortschaftsrat ortsrat kreisrat jugendrat seniorenrat bezirksrat verwaltungsrat aufsichtsrat stiftungsrat elternrat sprecherrat rates rats rat ausschusses ausschuss ausschuß kommission kreistages kreistags kreistag stadtverordnetenversammlung gemeindevertretung stadtvertretung bürgerschaft bezirksvertretung bezirksverordnetenversammlung mitgliederversammlung delegiertenversammlung vollversammlung hauptversammlung vorstandes vorstands vorstand arbeitskreises arbeitskreis arbeitsgruppe arbeitsgemeinschaft fachgruppe steuerungsgruppe lenkungsgruppe lenkungskreises lenkungskreis steuerungskreis netzwerkes netzwerks netzwerk forums forum plenums plenum kuratoriums kuratorium magistrats magistrat senat parlaments parlament gremiums gremium bündnisses bündnis koordinierungskreis koordinierungsrunde lenkungsrunde fachrunde integrationsrunde stadtteilrunde netzwerkrunde integrationskonferenz stadtteilkonferenz sozialraumkonferenz bildungskonferenz regionalkonferenz verbunds verbund vereins verein einwohnerrat'.split(
		' ',
	);
const HEADS = `(?:${HEAD_WORDS.map((word) => `[${word[0]!.toUpperCase()}${word[0]}]${word.slice(1)}`).join('|')}|AG|AK|[Rr]unde[rn]?\\s+[Tt]isch(?:e?s)?)`;
const BODY = new RegExp(
	`(?<![\\p{L}-])((?:(?:Fach|Gemeinsame|Kommunale|Erweiterte|Städtische|Ständige|Interkulturelle|Beratende|Örtliche)[rns]*\\s+)?(?:(?:\\p{Lu}\\p{L}+-,?\\s){1,3}(?:und|oder|&|sowie)\\s)?(?:\\p{Lu}[\\p{L}01-]*?)?${HEADS})(?![\\p{L}-])((?:[ \\u2028](?:für|zur|zum|des|der|„[^“”"]{2,60}[“”"]|"[^"]{2,60}"|gegen|von|und|&|in|im|am|an|e\\.\\s?V\\.|\\p{Lu}[\\p{L}*:-]*,?|öffentliche[nrs]?|kommunale[nrs]?|soziale[nrs]?|allgemeine[nrs]?|gesellschaftliche[nrs]?|kulturelle[nrs]?|ausländische[nrs]?|interkulturelle[nrs]?))*)`,
	'gu',
);
const STOP = /\s+(?:Der|Die|Das|Geschäftsstelle|am|vom|im|in(?:\s+(?:der|den))?|an|statt|findet|um)(?:\s.*)?$/su;

/** "des Beirates" → "Beirat": the nominative of a body's head word; the rest stays as printed. */
export function nominative(name: string): string {
	const words = name.split(' ');
	const head = words.findIndex((word) => new RegExp(`(?:^|\\p{L})${HEADS}$`, 'u').test(word) || /^Tisch/.test(word));
	if (head < 0) return name;
	if (/^(?:Runden)$/i.test(words[0]!)) words[0] = words[0]!.replace(/n$/, 'r');
	words[head] = words[head]!.replace(/(rat|tag|kreis|tisch|verbund|vorstand|bund)e?s$/iu, '$1')
		.replace(/(auss?chu(?:ss|ß))es$/iu, '$1')
		.replace(/(bündnis)ses$/iu, '$1')
		.replace(/(netzwerk|verein|magistrat|parlament|plenum|forum|gremium|kuratorium)e?s$/iu, '$1');
	return words.join(' ');
}

/** The first body named in a piece of a title or head. */
export function bodyIn(piece: Text): Found<string> | null {
	const capitals = !/\p{Ll}{2}/u.test(piece.text);
	const text = capitals ? titleCase(piece.text) : piece.text;
	for (const match of text.matchAll(BODY)) {
		const head = match[1]!;
		const tail = cutTail(match[2] ?? '');
		const vague =
			/^(?:rat|rats|rates|gremiums?|vereins?|forums?|vorstand(?:e?s)?|senat|netzwerk(?:e?s)?|parlament|verbunds?|ag|ak|bündnis|kommission|magistrat)$/i.test(
				head,
			);
		if (!/^\p{Lu}/u.test(head)) continue;
		if (vague && !/^ (?:für|der|des|\p{Lu}|„)/u.test(tail) && !/\b(?:des|der)\s+$/i.test(text.slice(0, match.index)))
			continue;
		const found = slice(piece, match.index, match.index + head.length + tail.length);
		const printedName = (
			capitals ? text.slice(match.index, match.index + head.length + tail.length) : found.text
		).replace(/\u2028/g, ' ');
		const value = nominative(printedName);
		return derived(value, found, 'sure', value === found.text ? undefined : 'nominative');
	}
	return null;
}

function cutTail(tail: string): string {
	const months = /\s(?:\d|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)/u.exec(tail);
	const cut = (months ? tail.slice(0, months.index) : tail)
		.replace(STOP, '')
		.replace(/\s(?:Sitzung|Protokoll|Niederschrift|Beginn|Ort|Datum|Einladung|Tagesordnung)(?:\s.*)?$/su, '');
	return cut.replace(/(?:\s(?:für|zur|zum|des|der|gegen|von|am|und|&|in|im|an))+$/u, '').replace(/[,\s]+$/, '');
}

const MUNICIPALITY =
	/(?<![\p{L}-])((?:Landeshauptstadt|Universitäts-?\s?und\s+Hansestadt|Hansestadt|Universitätsstadt|Kreisstadt|Große\s+Kreisstadt|Kreisfreie\s+Stadt|Klingenstadt|Wissenschaftsstadt|Bundesstadt|Lutherstadt|Barlachstadt|Residenzstadt|Stadtgemeinde|Stadt|Marktgemeinde|Markt|Gemeinde|Samtgemeinde|Verbandsgemeinde|Einheitsgemeinde|Landkreis(?:es)?|Kreis(?:es)?|Rhein-Kreis|Bezirk|Region)\s+(?:(?:Bad|Sankt|St\.|Alt|Neu|Groß|Klein|Ober|Unter)\s+)?\p{Lu}\p{L}+(?:[-/]\p{Lu}\p{L}+)*(?:\s(?:am|an\sder|an\sdem|im|in\sder|bei|ob\sder|vor\sder|unter)\s\p{Lu}\p{L}+)?(?:\s?\((?:[A-ZÄÖÜ]\p{L}*\.?\s?){1,3}\))?)/u;
const NO_PLACE =
	/\s(?:und|für|der|Amt|Integration|Beirat|Verwaltung|Der|Die|Das|Am|Im|Rathaus|Dezernat|Fachbereich|Sitzung|Protokoll)$/u;

/** "STADT MUSTERBURG" in front of something else in the same line. */
const CAPITALS = /(?<![\p{L}-])\p{Lu}{5,}(?:\s(?:AM|AN|IM|IN|DER|BAD|SANKT|\p{Lu}{3,}(?:-\p{Lu}+)*)){1,4}(?![\p{L}-])/u;

/** "Landeshauptstadt Musterburg", "Landkreis Auental". */
export function municipalityIn(piece: Text): Found<string> | null {
	const capitals = CAPITALS.exec(piece.text);
	const match =
		MUNICIPALITY.exec(piece.text) ??
		MUNICIPALITY.exec(titleCase(piece.text)) ??
		(capitals && MUNICIPALITY.exec(' '.repeat(capitals.index) + titleCase(capitals[0])));
	if (!match || NO_PLACE.test(match[1]!)) return null;
	const found = slice(piece, match.index, match.index + match[1]!.length);
	const name = match[1]!.replace(/^(Landkreis|Kreis)es(?=\s)/, '$1');
	return derived(name, found, 'sure', name === match[1] ? undefined : 'nominative');
}

/** Heads in capitals ("STADT MUSTERBURG") as words with one capital, same length. */
function titleCase(text: string): string {
	if (/\p{Ll}{2}/u.test(text)) return '';
	return text.replace(/\p{L}+/gu, (word) => {
		const lower = word.slice(0, 1) + word.slice(1).toLowerCase();
		return lower.length === word.length && !/^(?:DER|DES|AM|AN|IM|IN|UND|FÜR)$/.test(word) ? lower : word.toLowerCase();
	});
}
