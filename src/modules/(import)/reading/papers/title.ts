import { type Text, joinLines, slice, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, printed } from '../found.ts';
import { type Field, fieldOf } from '../labels.ts';
import { findDates } from '../dates.ts';
import { personOf } from '../persons/person.ts';
import { PARTY } from '../words.ts';
import { municipalityIn } from '../bodies.ts';
import { TYPE, type Type } from './type.ts';

export const END_OF_FORM =
	/^(?:Beschluss(?:antrag|vorschlag|text|empfehlung|entwurf)?\b|Beratungsfolge|Begründung|Kurzfassung|Sachverhalt|Sachdarstellung|Antragstext|Antrag\s*:\s*$|Der\s.{3,60}(?:möge|wolle|beschließt|beauftragt)|Die\s.{3,60}(?:möge|wolle|beschließt)|Finanzielle|Zusammenfassung|Gremi(?:um|en)\b|Verteiler\b|\d{1,2}[.)]\s|Wir\s+(?:bitten|fragen|beantragen)|Sehr\s+geehrte|Fragen?\s*:|Erläuterung|Hinzugefügt|Stellungnahme\s*:)/iu;

const BOILERPLATE =
	/^(?:gedruckt\s+auf|seite\s|tel\b|telefon|e-mail|www\.|fax|stand:|status:|öffentlich$|nichtöffentlich$|az\b|aktenzeichen|bearbeiter|ansprechpartner|auskunft|zu\s+top\b|anlage\b|der\s+oberbürgermeister$|die\s+oberbürgermeisterin$|der\s+bürgermeister$|die\s+bürgermeisterin$|rathaus|postfach)/i;

type Known = {
	type: Type | null;
	number: Found<string> | null;
	originator: Found<string> | null;
	chainFrom: number;
	chainTo: number;
};

export function readTitle(
	lines: readonly Line[],
	head: readonly Line[],
	fields: readonly Field[],
	known: Known,
): Found<string> | null {
	const label = fieldOf(
		fields,
		/^(?:bezeichnung|betreff|betr|hier|titel|kurztitel|gegenstand|thema|beratungsgegenstand|bezeichnung der vorlage|gegenstand der vorlage|betrifft|bezeichnung des antrags|uberschrift|gegenstand des antrags|antragsgegenstand|kurzbezeichnung|betreff der vorlage|titel des antrags|titel der vorlage|kurztext|gegenstand der anfrage)$/,
	);
	if (label && label.value.text.length > 3) return printed(strip(wrapped(lines, label), /[\s]/));
	const taken = takenLines(head, fields, known);
	const limit = known.chainFrom > 0 ? Math.max(known.chainFrom, 0) : head.length;
	let blocks = blocksOf(
		head.filter((line) => line.index < limit),
		taken,
	);
	if (!blocks.length)
		blocks = blocksOf(
			lines.slice(0, 40).filter((line) => line.index < 40 && !END_OF_FORM.test(line.text)),
			taken,
		);
	const below = belowChain(lines, known);
	if (below) blocks.push(below);
	if (known.type && known.type.line.text.length > known.type.found.piece.text.length + 15 && !known.type.line.row)
		blocks.push([known.type.line]);
	const best = blocks.map((block) => ({ block, score: rateTitle(block, known) })).sort((a, b) => b.score - a.score)[0];
	if (!best) return null;
	return printed(strip(joinLines(best.block.map((line) => slice(line, 0))), /[\s]/), 'doubtful', 'position');
}

/** The subject as a block of its own between the consultation chain and the text. */
function belowChain(lines: readonly Line[], known: Known): Line[] | null {
	if (known.chainTo <= 0) return null;
	let end = known.chainTo;
	while (lines[end] && end - known.chainTo < 4 && (end === known.chainTo || lines[end]!.gap === 0)) end++;
	const block = lines.slice(known.chainTo, end);
	const next = lines[end];
	const plain = block.every(
		(line) => !line.row && line.text.length < 140 && !/:$|[.;]$/.test(line.text) && !END_OF_FORM.test(line.text),
	);
	return plain && block.length && next && next.gap > 0 && END_OF_FORM.test(next.text) ? block : null;
}

/** A labelled title that goes on in the next lines or cells. */
function wrapped(lines: readonly Line[], field: Field): Text {
	if (field.line.row) return field.value;
	const parts: Text[] = [field.value];
	for (let i = field.line.index + 1; i < lines.length && parts.length < 5; i++) {
		const line = lines[i]!;
		if (
			line.gap > 0 ||
			line.row ||
			/^(?!hier:)[^:]{2,40}:(?:\s|$)/.test(line.text) ||
			END_OF_FORM.test(line.text) ||
			TYPE.test(line.text)
		)
			break;
		if (
			/[.!?]$/.test(parts[parts.length - 1]!.text) &&
			!/\b(?:z\.B|e\.V|u\.a|bzw)\.$/.test(parts[parts.length - 1]!.text)
		)
			break;
		parts.push(slice(line, 0));
	}
	return joinLines(parts);
}

function takenLines(head: readonly Line[], fields: readonly Field[], known: Known): Set<Line> {
	const taken = new Set<Line>();
	for (const field of fields) {
		if (field.line.index >= (known.chainFrom > 0 ? known.chainFrom : Infinity)) continue;
		if (field.value.text.length < 120 || /^(?:datum|eingang)/.test(field.label)) taken.add(field.line);
	}
	if (known.type) taken.add(known.type.line);
	const offsets = new Set<number>();
	for (const found of [known.number, known.originator]) for (const at of found?.piece.at ?? []) offsets.add(at);
	for (const line of head) {
		if (line.at.some((at) => offsets.has(at))) taken.add(line);
		if (
			BOILERPLATE.test(line.text) ||
			(TYPE.test(line.text) && line.text.split(' ').length < 5) ||
			/^[^:]{2,40}:$/.test(line.text) ||
			/^[\d\s.,/x|-]+$/i.test(line.text)
		)
			taken.add(line);
		if (
			/sitzung\b.*\d{4}|^(?:stadt|landeshauptstadt|landkreis|gemeinde|hansestadt|universitätsstadt|markt|kreisstadt)\s+\p{L}+(?:\s\p{L}+)?$/iu.test(
				line.text,
			) ||
			(PARTY.test(line.text) && line.text.length < 40) ||
			/^\S*fraktion\S*$/i.test(line.text)
		)
			taken.add(line);
		if (line.row && line.cells.filter((cell) => cell.text).length > 1) taken.add(line);
		if (/^doppelhaushalt\b|^haushalt(?:splan)?\s+\d{4}/i.test(line.text)) taken.add(line);
	}
	return taken;
}

function blocksOf(lines: readonly Line[], taken: ReadonlySet<Line>): Line[][] {
	const blocks: Line[][] = [];
	let block: Line[] = [];
	for (const line of lines) {
		if (taken.has(line) || line.text.length > 260) {
			if (block.length) blocks.push(block);
			block = [];
			continue;
		}
		if (block.length && (line.gap > 0 || line.index !== block[block.length - 1]!.index + 1)) {
			blocks.push(block);
			block = [];
		}
		block.push(line);
	}
	if (block.length) blocks.push(block);
	return blocks.map(titleOfBlock).filter((b) => b.length > 0 && b.length <= 6);
}

/** A short first line above prose without a blank line between is a heading of its own. */
function titleOfBlock(block: Line[]): Line[] {
	if (block.length < 4) return block;
	const width = Math.max(...block.map((line) => line.text.length));
	const [first, second] = block as [Line, Line];
	const alone =
		first.text.length < width * 0.8 &&
		!/[.,;:-]$/.test(first.text) &&
		/^\p{Lu}/u.test(second.text) &&
		second.text.length > width * 0.8;
	return alone && first.text.length > 12 && /[.!?]$/m.test(block.map((line) => line.text).join('\n')) ? [first] : block;
}

function rateTitle(block: readonly Line[], known: Known): number {
	const text = block.map((line) => line.text).join(' ');
	let score = Math.min(text.length, 120) / 40;
	if (block[0]!.bold || block[0]!.heading) score += 1.5;
	if (known.type && block[0]!.index > known.type.line.index) score += 1;
	if (known.chainFrom > 0 && block[block.length - 1]!.index === known.chainFrom - 1) score += 1.5;
	if (known.chainTo > 0 && block[0]!.index === known.chainTo) score += 2.5;
	if (
		/^(?:Bezirksamt|Bezirksversammlung|Landratsamt|Kreisverwaltung|Stadtverwaltung|Magistrat|Rathaus|Geschäftsstelle)\b/.test(
			text,
		)
	)
		score -= 3;
	if (/^\p{Lu}[\p{L} .-]{2,40},\s*(?:den\s+|der\s+)?\d/u.test(text) && findDates(text).length) score -= 4;
	if (/^(?:der|des|von|zum|zur|über|am)\s/.test(text)) score -= 1;
	if (/[.;]$/.test(text) && !/\b(?:e\.\s?V|u\.\s?a|etc)\.$/.test(text)) score -= 3;
	if (/[.!?]\s+\p{Lu}\p{Ll}+\s/u.test(text)) score -= 1;
	score -= block[0]!.index * 0.02;
	if (findDates(text).length && text.length < 50) score -= 2;
	if (personOf(block[0]!, true) && text.split(' ').length < 6) score -= 2;
	if (/ \| |^An\s(?:den|die|das|Herrn|Frau)\b/.test(text)) score -= 3;
	if (/@|Telefon|Straße \d|\d{5}\s\p{Lu}/u.test(text)) score -= 3;
	if (municipalityIn(block[0]!) && text.split(' ').length < 5) score -= 2;
	return score;
}
