import { slice } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, printed } from '../found.ts';
import { type Field, fieldOf } from '../labels.ts';

const GENERIC = /^(?:drucksache|vorlage)$/i;

export const TYPE =
	/^((?:(?:interfraktioneller?|gemeinsamer?|dringlicher?|schriftliche|kleine|große|mündliche|öffentliche[rs]?)\s+)?(?:\p{L}*antrag|\p{L}*anfrage|\p{L}*vorlage|drucksache|\p{L}*stellungnahme|information(?:en)?|mitteilung|bekanntgabe|beantwortung|antwort|bericht|positionspapier|resolution|empfehlung|offener\s+brief|beschlussvorschlag|kenntnisgabe|tischvorlage|anregung)(?:\s+(?:der|des|einer|eines|zum|zur|zu|für|an|auf|aus|im|über|nach|gemäß|gem\.)\s+.{2,60})?)$/iu;

const TYPE_IN_LINE =
	/(?<![\p{L}])((?:\p{L}*(?:änderungs|ergänzungs|prüf|dringlichkeits|eil|initiativ|haushalts)antrag|antrag|\p{L}*anfrage|\p{L}*(?:beschluss|informations|mitteilungs|berichts|verwaltungs|sitzungs)vorlage|\p{L}*stellungnahme(?:\s+(?:der\s+Verwaltung|zu(?:m|r)?\s+\p{Lu}\p{L}+))?|information(?!svorlage)|mitteilung|drucksache|vorlage))(?![\p{L}-])/iu;

const ABOUT =
	/\s+(?:zu[mr]?|auf|der|des)\s+(?:(?:der|dem|den)\s+)?(?:\p{L}*antrags?|\p{L}*anfrage|drucksache|\p{L}*vorlage|DS|Drs\.?)\s*(?:Nr\.?)?\s*(?=[\p{L}/-]*\d)/iu;

export type Type = { found: Found<string>; line: Line };

export function readType(head: readonly Line[], fields: readonly Field[]): Type | null {
	const label = fieldOf(
		fields,
		/^(?:art|art der vorlage|vorlagenart|vorlagentyp|drucksachenart|typ|dokumentart|papierart|art der drucksache|drucksache art|drucksachen art|art)$/,
	);
	if (label) return { found: printed(label.value), line: label.line };
	let generic: Type | null = null;
	for (const line of head) {
		for (const cell of line.cells) {
			const text = cell.text.replace(/[\s:]+$/, '').replace(/(?<=\p{L})\s+Nr\.?\s*\S*\d\S*$/iu, '');
			if (text.length > 90 || /^(?:Antrag|Anfrage|Information|Drucksache|Vorlage)\s*:/i.test(cell.text)) continue;
			const match = TYPE.exec(text.replace(/\s+(?:nicht\s?)?öffentlich$/i, ''));
			if (match && GENERIC.test(match[1]!))
				generic ??= { found: printed(slice(cell, 0, match[1]!.length), 'doubtful'), line };
			else if (match && !/\bNr\b/i.test(match[1]!)) {
				const legal = match[1]!.search(/\s+(?:gemäß|gem\.|nach\s+§)/iu);
				if (legal > 0) return { found: printed(slice(cell, 0, legal)), line };
				// "Änderungsantrag zur Drucksache 12/2020 „…“": the amended paper is no part of the type.
				const amended = ABOUT.exec(match[1]!);
				if (amended) return { found: printed(slice(cell, 0, amended.index)), line };
				const long =
					/^(.{4,80}?)\s+(?:der|des)\s+(?:Stadtr|Fraktion|CDU|SPD|FDP|Grün|GRÜN|Die\s|Linke|Abgeord|Herrn|Frau|Beirat|Ausschuss|Stadtverordnet|Ratsfraktion|Gemeinderats|Gruppe|\p{L}*[fF]raktion)/u.exec(
						match[1]!,
					);
				return { found: printed(slice(cell, 0, long ? long[1]!.length : match[1]!.length)), line };
			}
			const zu = /^(\p{L}*stellungnahme\s+zu(?:m|r)?\s+(?:\p{L}*antrag|\p{L}*anfrage))(?:\s|$)/iu.exec(text);
			if (zu) return { found: printed(slice(cell, 0, zu[1]!.length)), line };
		}
	}
	for (const line of head) {
		if (line.text.length > 150) continue;
		const match = TYPE_IN_LINE.exec(line.text);
		if (match && !/^(?:vorlage|drucksache)$/i.test(match[1]!))
			return { found: printed(slice(line, match.index, match.index + match[1]!.length)), line };
	}
	if (generic) return generic;
	for (const line of head) {
		const match = TYPE_IN_LINE.exec(line.text);
		if (match) return { found: printed(slice(line, match.index, match.index + match[1]!.length), 'doubtful'), line };
	}
	return null;
}
