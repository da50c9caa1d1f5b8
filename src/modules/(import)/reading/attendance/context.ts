import type { Text } from '../text.ts';
import type { Line } from '../lines.ts';
import type { Agenda } from '../agenda.ts';
import { parsePersons } from '../persons.ts';
import { type Heading, headingOf, isStop } from './headings.ts';
import { type Columns, columnsOf } from './table.ts';
import type { State } from './state.ts';

/** Most cells of the name column read "Surname, First name". */
export function lastFirstRows(lines: readonly Line[], i: number, columns: Columns): boolean {
	const at = columns.kinds.indexOf('name');
	if (at < 0) return false;
	let hits = 0;
	let total = 0;
	for (let j = i + 1; j < lines.length && lines[j]!.row; j++) {
		const text = lines[j]!.cells[at]?.text ?? '';
		if (!text) continue;
		total++;
		if (/^(?:(?:Herr|Frau|Dr\.|Prof\.)\s)*\p{Lu}[\p{L}'’ -]*,\s(?:(?:Dr|Prof)\.\s)*\p{Lu}[\p{L}'’. -]*$/u.test(text))
			hits++;
	}
	return hits > 0 && hits * 2 > total;
}

/** The first line of the minutes' body: attendance headings after it are running text. */
export function firstBodyLine(lines: readonly Line[], agenda: Agenda): number {
	let first = Infinity;
	for (const item of agenda.items)
		if (item.text && item.text.value.length > 120 && item.lines[0]) first = Math.min(first, item.lines[0].index);
	return first;
}

/** "Mitglieder:" or a party alone opens a list only when persons follow. */
export function opensByNext(lines: readonly Line[], i: number, heading: Heading): boolean {
	if (heading.role) return false;
	if (heading.rest.text) return !heading.org && parsePersons(heading.rest, { strict: true }).length > 1;
	const next = lines[i + 1];
	if (!next) return false;
	return (
		columnsOf(next) !== null ||
		(next.text.length < 90 &&
			parsePersons(next.row ? (next.cells.find((c) => c.text) ?? next) : next, { strict: true }).length > 0)
	);
}

export function isProse(line: Line): boolean {
	const small =
		line.text.match(
			/(?<![\p{L}-])(?!(?:und|für|der|die|des|von|dem|den|im|in|am|ab|bis|zu|zur|als|mit|aus|e|sowie|al|el|da|van|de|uhr|ca)(?![\p{L}]))\p{Ll}{2,}/gu,
		)?.length ?? 0;
	if (small >= 4 || (small >= 2 && /[.!?]$/.test(line.text) && line.text.length > 40)) return true;
	return (
		line.text.length > 60 &&
		/ (?:wird|werden|ist|sind|hat|haben|eröffnet|begrüßt|stellt|fest|wurde|wurden|nicht|dass|berichtet,?|erklärt,?|informiert|fragt,?|dankt|möchte) /.test(
			line.text,
		) &&
		!/^(?:Herr|Frau|Dr\.)\s.{3,50}\((?:ab|bis)/.test(line.text)
	);
}

/** Single surnames are believed in a list under a heading that tells presence. */
export function listy(piece: Text, state: State): boolean {
	return (
		state.status !== null &&
		(/^[^,]+,[^,]+,/.test(piece.text) || state.org !== null || /^(?:Herr|Frau)/.test(piece.text))
	);
}

export function goesOn(line: Line, next: Line): boolean {
	if (next.gap > 0 || next.row || line.row || next.bullet || headingOf(next) || isStop(next)) return false;
	return (
		/[,;]$|(?<!\p{L})(?:und|sowie|für|von|Dr\.|Prof\.|Frau|Herr|Herrn)$/u.test(line.text) ||
		(line.text.length > 66 && (line.text.match(/[,;]/g)?.length ?? 0) >= 2 && !/^(?:Herr|Frau)\s/.test(next.text))
	);
}

/** "Müller, Anna" in most lines of the block: surname first. */
export function lastFirstLines(lines: readonly Line[], i: number): boolean {
	const near = lines.slice(Math.max(0, i - 6), i + 7);
	return lastFirstCells(near.map((line) => (line.row ? line.cells.find((cell) => cell.text)! : line)));
}

/** At least three of the pieces, and half of those that could be, read "Surname, First name". */
export function lastFirstCells(pieces: readonly Text[]): boolean {
	let hits = 0;
	let total = 0;
	for (const piece of pieces) {
		const text = piece.text.replace(/\s*\(.*$/, '');
		if (text.length > 50 || !text.includes(',')) continue;
		total++;
		if (
			/^(?:(?:Herr|Frau|Dr\.|Prof\.)\s)*\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+)?,\s(?:Dr\.\s)?\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'.-]+)?$/u.test(
				text,
			)
		)
			hits++;
	}
	return hits >= 3 && hits * 2 >= total;
}
