import { type Text, fold, slice } from './text.ts';
import type { Line } from './lines.ts';

/** A label with its value, wherever the two stand: same line, next cell, next line, or one block under the other. */
export type Field = {
	label: string;
	value: Text;
	line: Line;
	wholeLabel: Text;
	/** A colon stood behind the label. */ colon: boolean;
};

const INLINE = /^((?:\p{L}|\d+\.\s|0rt)[\p{L}\d\s.,/()&*-]{0,48}?)\s*[:?]\s*(.*)$/su;
const KNOWN = new Set(
	(
		'vorlage nr|vorlagen nr|vorlage|vorlagennummer|vorlagen nummer|drucksache|drucksachen nr|drucksachennummer|drucksache nr|ds nr|drs nr|drucksachen nummer|nummer|antrag nr|antragsnummer|antrags nr|anfrage nr|anfragen nr|stellungnahme nr|information nr|informations nr|beschlussvorlage nr|nr|' +
		'datum|eingang|eingangsdatum|verantwortlich|dienststelle|stadtamt|amt|dezernat|fachbereich|federfuhrend|federfuhrung|federfuhrendes amt|federfuhrende stelle|federfuhrender bereich|organisationseinheit|geschaftsbereich|fachdienst|fachamt|zustandig|zustandiges amt|zustandigkeit|' +
		'bezeichnung|betreff|betr|titel|kurztitel|gegenstand|thema|beratungsgegenstand|bezug|zum zur|zu|' +
		'antragsteller|antragstellerin|antragsteller in|einreicher|einreicherin|einreicher in|einbringer|absender|fraktion|urheber|initiator|eingebracht von|eingereicht von|von|verfasser|verfasserin|verfasser in|vorgelegt von|' +
		'ort|sitzungsort|tagungsort|raum|zeit|uhrzeit|beginn|ende|sitzungstermin|sitzungsdatum|sitzungstag|termin|dauer|vorsitz|leitung|sitzungsleitung|vorsitzender|vorsitzende|protokoll|protokollfuhrung|schriftfuhrung|gremium|unterzeichnet von|art der vorlage|vorlagenart|offentlichkeitsstatus|stellungnahme nr|amt fachbereich|betrifft|beteiligte amter|beteiligte stellen|f d r d p|f d r d a|f d r|fur das protokoll|fur die niederschrift|fur die richtigkeit|anfragesteller in|fragesteller in|federfuhrende dienststelle|beteiligt|gesetzliche mitgliederzahl|stadtteil|stadtteile|ortsteil|ortsteile|stadtbezirk|stadtbezirke|betroffener stadtteil|betroffene stadtteile|betroffener ortsteil|betroffene ortsteile|raumbezug|behandlung|aktenzeichen|az|bearbeiter|bearbeiterin|auskunft|offentlichkeit|wann|wo|sitzung'
	).split('|'),
);

/** "Leitung: Frau A / Protokoll: Herr B" in one line. */
const SECOND = /^(.+?)\s+[/|;]\s+(\p{Lu}[\p{L}-]{2,30}):\s+(\S.*)$/su;

/** "Beginn 17.00 Uhr" without a colon. */
const BARE = /^(Beginn|Ende|Sitzungsbeginn|Sitzungsende|Dauer|Sitzungsdauer)\s+((?:um\s+)?\d.*)$/su;

/** The label's words for comparing: lower case, marks folded ("Vorlage Nr.:" → "vorlage nr"). */
export function labelKey(text: string): string {
	return fold(text).replace(/^0(?=[a-z])/, 'o');
}

export function readFields(lines: readonly Line[]): Field[] {
	const fields: Field[] = [];
	const waiting: { label: string; wholeLabel: Text; line: Line }[] = [];
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i]!;
		if (line.row) {
			if (labelRow(lines, i, fields)) i++;
			else cellPairs(line, fields, waiting);
			continue;
		}
		const match = INLINE.exec(line.text) ?? BARE.exec(line.text);
		const label = match ? labelKey(match[1]!) : '';
		if (match && match[2]) {
			const second = SECOND.exec(match[2]);
			const from = line.text.length - match[2].length;
			if (second)
				fields.push({
					label: labelKey(second[2]!),
					value: slice(line, line.text.length - second[3]!.length),
					line,
					wholeLabel: slice(
						line,
						from + second[0].indexOf(second[2]!, second[1]!.length),
						line.text.length - second[3]!.length,
					),
					colon: true,
				});
			fields.push({
				label,
				value: slice(line, from, second ? from + second[1]!.length : undefined),
				line,
				wholeLabel: slice(line, 0, match[1]!.length),
				colon: true,
			});
			if (waiting.length && !KNOWN.has(label)) waiting.length = 0;
		} else if (
			match
				? KNOWN.has(label) || line.text.length < 40
				: KNOWN.has(labelKey(line.text)) &&
					line.text.length < 40 &&
					!/^(?:Antrag|Anfrage|Vorlage|Amt|Von|Zu|Ort|Thema|Fraktion|Zeit|Ende|Beginn|Protokoll|Information|Drucksache)$/.test(
						line.text,
					)
		) {
			// Labels that wait for their values stand one below the other.
			if (waiting.length && waiting[waiting.length - 1]!.line.index !== i - 1) waiting.length = 0;
			waiting.push({ label: label || labelKey(line.text), wholeLabel: slice(line, 0), line });
		} else if (waiting.length) settle(lines, i, waiting, fields);
	}
	return fields;
}

/** Gives the waiting labels the lines that follow, one each, in order. */
function settle(
	lines: readonly Line[],
	from: number,
	waiting: { label: string; wholeLabel: Text; line: Line }[],
	fields: Field[],
): void {
	let i = from;
	for (const label of waiting) {
		const value = lines[i];
		if (!value || value.row) break;
		if (waiting.length === 1 && value.gap > 2) break;
		fields.push({
			label: label.label,
			value: slice(value, 0),
			line: value,
			wholeLabel: label.wholeLabel,
			colon: label.wholeLabel.text.endsWith(':'),
		});
		i++;
	}
	waiting.length = 0;
}

/** A row of labels over a row of values ("Stadtamt | Stellungnahme-Nr. | Datum"). */
function labelRow(lines: readonly Line[], i: number, fields: Field[]): boolean {
	const line = lines[i]!;
	const next = lines[i + 1];
	const filled = line.cells.filter((cell) => cell.text);
	const sure = filled.filter((cell) => isLabel(cell.text)).length;
	const plain = filled.every((cell) => cell.text.length < 32 && !/[\d:]/.test(cell.text));
	if (
		!next ||
		!filled.length ||
		!sure ||
		(sure < filled.length && !(plain && next.row && next.cells.length === line.cells.length))
	)
		return false;
	if (sure === 1 && filled.length > 2) return false;
	const values = next.cells;
	// Labels one below the other in the first column: pairs, no header over values.
	if (line.cells.length === 2 && SIDE_LABEL.test(values[0]?.text ?? '') && sure < 2) return false;
	if (filled.length > 1 && values.length < 2) return false;
	if (values.filter((cell) => cell.text && isLabel(cell.text)).length === values.length) return false;
	line.cells.forEach((cell, column) => {
		const value = values[column] ?? (filled.length === 1 ? values[0] : undefined);
		if (cell.text && value?.text && isLabel(cell.text))
			fields.push({ label: labelKey(cell.text), value: slice(value, 0), line: next, wholeLabel: cell, colon: false });
	});
	return true;
}

const SIDE_LABEL =
	/^(?:Ort|Raum|Zeit|Datum|Uhrzeit|Beginn|Ende|Moderation|Leitung|Vorsitz\p{L}*|Protokoll\p{L}*|Schriftführ\p{L}*|Teilnehm\p{L}*|Anwesen\p{L}*|Entschuldigt\p{L}*|Gäste?|Abwesend\p{L}*|Verteiler)(?:\s*[/:].*)?$/iu;

function isLabel(text: string): boolean {
	return KNOWN.has(labelKey(text)) && text.length < 40;
}

/** "Datum: | 3.4.2024 | Amt: | 51": a label cell and the value cell beside it, or both in one cell. */
function cellPairs(line: Line, fields: Field[], waiting: { label: string; wholeLabel: Text; line: Line }[]): void {
	for (let c = 0; c < line.cells.length; c++) {
		const cell = line.cells[c]!;
		const match = INLINE.exec(cell.text);
		if (match && match[2]) {
			fields.push({
				label: labelKey(match[1]!),
				value: slice(cell, cell.text.length - match[2].length),
				line,
				wholeLabel: slice(cell, 0, match[1]!.length),
				colon: true,
			});
		} else if (match || isLabel(cell.text)) {
			const value = line.cells.slice(c + 1).find((other) => other.text);
			const label = match ? labelKey(match[1]!) : labelKey(cell.text);
			if (value && !/:$/.test(value.text)) fields.push({ label, value, line, wholeLabel: cell, colon: !!match });
			else if (!value && line.cells.length === 2) waiting.push({ label, wholeLabel: cell, line });
		}
	}
}

/** The first field whose label is one of `keys` (or matches), with a value. */
export function fieldOf(fields: readonly Field[], keys: RegExp): Field | null {
	return fields.find((field) => keys.test(field.label) && field.value.text !== '') ?? null;
}
