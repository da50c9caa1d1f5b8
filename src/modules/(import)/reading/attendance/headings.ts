import { type Text, slice } from '../text.ts';
import type { Line } from '../lines.ts';
import type { AttendanceStatus } from '../types.ts';
import { PARTY } from '../words.ts';

/** What a heading or label inside an attendance list says about the persons after it. */
export type Heading = {
	/** null = keep what was said before. */
	status: AttendanceStatus | null;
	group: string | null;
	voting: boolean | null;
	/** A function named by the label ("Protokoll", "Moderation"). */
	role: string | null;
	org: Text | null;
	/** Names in the same line. */
	rest: Text;
	/** Guests and note-takers are listed because they came. */
	guests: boolean;
	/** True for headings that open an attendance list by themselves. */
	opens: boolean;
	/** A body's officers and numbers without names: nothing to read. */
	label: Text;
};

const EXCUSED = /(?<!un|nicht )entschuldigt|\bentsch\.|verhindert|abgemeldet|entschuldigung/i;
const ABSENT =
	/unentschuldigt|^nicht da|^gefehlt|nicht entschuldigt|abwesend|nicht anwesend|es fehl|fehlend|fehlt(?:e|en)?\b|nicht erschienen|unentsch/i;
const PRESENT =
	/^TN\b|^da waren|^(?:mit )?dabei|(?<!nicht |un)anwesen|teilnehm|teilgenommen|erschienen|teilnahme|präsenz/i;
const VOTING =
	/stimmberechtigt|(?<!ohne )mit stimmrecht|ordentliche mitglieder|gewählte mitglieder|mitglieder aus|mitglieder der|mitglieder des|mitglieder(?!.*(?:beratend|ohne|stellv))|fraktion|ratsmitglieder|delegierte|sachkundige/i;
const NOT_VOTING =
	/nicht stimmberechtigt|ohne stimmrecht|beratend|gäste|\bgast\b|verwaltung|nachrücker|presse|zuhörer|öffentlichkeit|protokoll|schriftführ|referent|sachverständig|extern|weitere (?:teilnehm|anwesend|person)|geschäftsstelle|geschäftsführung|stellvertretende mitglieder ohne/i;
const LABEL_WORDS =
	'(?:TN(?:\\*innen)?|da\\s+waren|(?:mit\\s+)?dabei(?:\\s+waren)?|nicht\\s+da(?:bei)?(?:\\s+waren)?|gefehlt\\s+ha(?:t|ben)|anwesend\\p{L}*|anwesenheit\\p{L}*|teilnehm\\p{L}*(?:[/*:-]+-?\\p{L}+)?|teilnahme|teilgenommen|entschuldigt\\p{L}*|entsch\\.|unentschuldigt\\p{L}*|abwesend\\p{L}*|es\\s+fehl\\p{L}*|fehlend\\p{L}*|nicht\\s+(?:anwesend|erschienen|entschuldigt)\\p{L}*|verhindert|abgemeldet|\\p{L}*mitglieder|mitglieder|stimmberechtigt\\p{L}*|beratend\\p{L}*|gäste?|als\\s+gäste|verwaltung|für\\s+die\\s+verwaltung|von\\s+der\\s+verwaltung|seitens\\s+der\\s+verwaltung|vertreter(?:innen)?(?:\\s+und\\s+vertreter(?:innen)?)?\\s+der|stellvertret\\p{L}*|nachrücker\\p{L}*|sachkundige\\p{L}*|presse|zuhörer\\p{L}*|moderation|vorsitz\\p{L}*|vorstand|leitung|sitzungsleitung|protokoll\\p{L}*|schriftführ\\p{L}*|fraktion\\p{L}*|ratsmitglieder|delegierte|weitere|sonstige|externe|referent\\p{L}*|online|digital|präsenz|(?:direkt\\s+)?gewählte\\s+\\p{L}+|vom\\s|von\\s+der\\s|aus\\s+der\\s+verwaltung|erschienen|außerdem|ferner|geschäftsstelle|geschäftsführung|dolmetsch\\p{L}*|ratsfraktionen|mitgliedsorganisationen|organisationen|einzelpersonen|koordination\\p{L}*|gastgeber\\p{L}*)';
const LABEL = new RegExp(`^(?:(?:a|b|c|d|e|\\d|[IVX]+)[.)]\\s*)?${LABEL_WORDS}(?![\\p{L}])`, 'iu');
const SENTENCE =
	/^((?:Anwesend|Entschuldigt|Unentschuldigt|Abwesend|Teilgenommen|Es\s+fehl(?:en|t|te|ten)|Ferner|Außerdem|Nicht\s+anwesend)(?:\s+(?:sind|waren|war|ist|haben|hat|fehlen|fehlt|fehlten|fehlte|nehmen|nahmen|anwesend|teil|teilgenommen|sich|entschuldigt|unentschuldigt|als\s+Gäste?|noch|von|die\s+Mitglieder|das\s+Mitglied|folgende\s+Mitglieder)){0,5})\s*:?\s+(?=\p{Lu}|Dr)/u;
const STOP =
	/^(?:tagesordnung|traktand|beginn\b|ende\b|sitzungsbeginn|sitzungsende|ort\b|datum|zeit\b|uhrzeit|termin|top\s?\d|punkt\s+\d|verteiler|nächste|anlagen?\b|beschluss|eröffnung|begrüßung|unterschrift\w*$|ergebnis|ablauf|inhalt|themen)/i;

/** Reads a line as heading or label of an attendance list; null when it is neither. */
export function headingOf(line: Line): Heading | null {
	const whole = line.row ? firstFilled(line) : line;
	if (!whole.text) return null;
	const text = whole.text;
	const colon = text.indexOf(':');
	const sentence = SENTENCE.exec(text);
	if (sentence) return make(slice(whole, 0, sentence[1]!.length), slice(whole, sentence[0].length), true);
	const label = colon > 0 && colon < 90 ? slice(whole, 0, colon) : slice(whole, 0);
	let rest = colon > 0 && colon < 90 ? slice(whole, colon + 1) : slice(whole, text.length);
	// "14 Personen, u. a. Frau A, Herr B"
	const counted =
		/^\d{1,3}\s+\p{L}+,?\s*(?:u\.\s?a\.|unter\s+anderem|darunter|nämlich|und\s+zwar|:|\()\s*(?=\p{Lu})/u.exec(
			rest.text,
		);
	if (counted) rest = slice(rest, counted[0].length);
	const named = LABEL.test(label.text);
	if (/^\(?\d{1,3}\)?(?:$|\s+(?:von|stimm|Mitglied|Person|Teilnehm|Gäste|Besucher|Zuhörer))/i.test(rest.text))
		return null;
	const party = PARTY.test(label.text.replace(/\s*\(\d+\)$/, ''));
	if (!named && !party) return null;
	if (line.row && !(colon > 0) && line.cells.filter((cell) => cell.text).length > 1) return null;
	if (!named && party)
		return { ...make(label, rest, false), status: null, group: null, voting: true, role: null, org: label };
	if (!rest.text && (label.text.length > 110 || (/[.!?]$/.test(label.text) && label.text.length > 40 && colon < 0)))
		return null;
	if (colon < 0 && /\s(?:werden|wird|hat|haben|sich|bittet|berichtet|stellt|ist|sind|nehmen|nimmt)\s/.test(label.text))
		return null;
	if (
		colon < 0 &&
		/^(?:vom|von der|weitere|sonstige|vorsitz|vorstand|protokoll|leitung|online|digital|presse)/i.test(label.text) &&
		(label.text.split(' ').length > 3 || /^(?:protokoll|vom|von(?! der Verwaltung$))/i.test(label.text))
	)
		return null;
	return make(label, rest, PRESENT.test(label.text) || ABSENT.test(label.text) || EXCUSED.test(label.text));
}

/** The label in the first cell of a two-column list ("Anwesend | Frau A"), read without the other cells. */
export function rowHeading(line: Line): Heading | null {
	const [first, second] = line.cells;
	if (!line.row || !first?.text || !second?.text || first.text.length > 40 || !/^[\p{L}][^,\d]*$/u.test(first.text))
		return null;
	if (!LABEL.test(first.text) || /^\(?\d{1,3}\)?$/.test(second.text)) return null;
	const clean = {
		...line,
		...slice(first, 0, /:$/.test(first.text) ? first.text.length - 1 : first.text.length),
		row: false,
		cells: [first],
	};
	const heading = headingOf(clean);
	return heading && !heading.rest.text
		? { ...heading, rest: second }
		: make(slice(first, 0), second, PRESENT.test(first.text) || EXCUSED.test(first.text) || ABSENT.test(first.text));
}

/** Any other label with a colon in the first cell of an open list names a group. */
export function groupRow(line: Line): Heading | null {
	const [first, second] = line.cells;
	if (!line.row || line.cells.length > 2 || !first?.text.endsWith(':') || !second?.text || first.text.length > 40)
		return null;
	const label = slice(first, 0, first.text.length - 1);
	return { ...make(label, second, false), role: null, group: label.text };
}

/** Whether those under a heading vote: null when it does not say. */
export function votingOf(text: string): boolean | null {
	if (NOT_VOTING.test(text) || /magistrat|stadtverordnet|kreisausschuss|gemeindevertret|kreistag/i.test(text))
		return false;
	return VOTING.test(text) || /beirat|integrationsrat|migrationsrat/i.test(text) ? true : null;
}

/** "vom Magistrat" → "Magistrat". */
export function ownerOf(label: Text): Text {
	return slice(
		label,
		/^(?:vom|von\s+der|von\s+dem|aus\s+de[rm]|für\s+(?:den|die|das)|seitens\s+de[rs])\s+/i.exec(label.text)?.[0]
			.length ?? 0,
	);
}

export function isStop(line: Line): boolean {
	if (/^TOP\b/.test(line.text)) return true;
	return STOP.test(line.text) && !/anwesen|teilnehm/i.test(line.text.slice(0, 40));
}

function make(label: Text, rest: Text, opens: boolean): Heading {
	const text = label.text.replace(/\([^)]*=[^)]*\)/g, '');
	const status =
		ABSENT.test(text) && !EXCUSED.test(text)
			? 'absent'
			: EXCUSED.test(text)
				? 'excused'
				: PRESENT.test(text)
					? 'present'
					: null;
	const voting = NOT_VOTING.test(text) ? false : VOTING.test(text) ? true : null;
	const officer =
		/^(?:vorsitz|leitung|sitzungsleitung|protokoll|schriftführ|moderation|dolmetsch|stellv\p{L}*\s+vorsitz|koordination)/iu.exec(
			text,
		);
	return {
		status,
		voting,
		group: officer ? null : groupName(text),
		guests:
			/^(?:(?:ferner|außerdem|weitere|sonstige)\b|(?:als\s+)?g(?:ä|a)st|protokoll|schriftführ|moderation|zuhörer|presse|referent|dolmetsch)/iu.test(
				text,
			),
		role: officer ? text.replace(/\s*\(.*$/, '') : null,
		org: null,
		rest,
		opens,
		label,
	};
}

/** The heading's words without those that only tell presence. */
function groupName(text: string): string | null {
	const rest = text
		.replace(/^(?:\p{L}|\d|[IVX]+)[.)]\s*/u, '')
		.replace(
			/\b(?:un)?entschuldigt\w*\b|\babwesende?r?\b|\banwesende?r?\b|\banwesend\b|\bnicht\b|\bes fehl\w*\b|\bfehl\w+\b|\bwaren\b|\bsind\b|\bhaben\b|\bsich\b|\bteilnehmende?r?\b(?=\s)|\bals\b/gi,
			'',
		)
		.replace(/\s*\(\s*\d*\s*\)\s*/g, ' ')
		.replace(/^[\s,:–-]+|[\s,:–-]+$/g, '')
		.replace(/\s{2,}/g, ' ');
	return rest.length > 2 &&
		!/^(?:Anwesenheit|TN|Ferner|Außerdem|Teilnehmer\/?-?\w*|Teilnehmer\*innen|Teilnehmende|Anwesenheitsliste|Teilnahme|Teilnehmerliste|Teilnehmerinnen und Teilnehmer)$/i.test(
			rest,
		)
		? rest
		: null;
}

function firstFilled(line: Line): Text {
	const filled = line.cells.filter((cell) => cell.text);
	if (filled.length === 1) return filled[0]!;
	return filled[0] && /:$/.test(filled[0].text) ? line : filled.length ? line : { text: '', at: [] };
}
