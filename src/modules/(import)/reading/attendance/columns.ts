import type { Text } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Heading, headingOf, isStop } from './headings.ts';

type Side = { heading: Heading; names: Text[] };

/**
 * Two lists side by side under two headings in one line ("Anwesend:      Es fehlten:"): what stands in the column of a
 * heading belongs to it. Null when the line holds fewer than two headings that tell presence.
 */
export function sideBySide(lines: readonly Line[], i: number): { sides: Side[]; last: number } | null {
	const head = lines[i]!;
	if (!head.row) return null;
	const filled = head.cells.filter((cell) => cell.text);
	if (filled.length < 2 || filled.length > 4 || filled.some((cell) => cell.text.length > 50)) return null;
	const sides = filled.map((cell) => ({ cell, heading: headingOf(asLine(head, cell)), names: [] as Text[] }));
	const told = sides.filter(({ heading }) => heading?.opens && !heading.rest.text);
	if (told.length < 2 || sides.some((side) => !told.includes(side) && !REMARK.test(side.cell.text))) return null;
	let last = i;
	for (let j = i + 1; j < lines.length; j++) {
		const line = lines[j]!;
		const cells = (line.row ? line.cells : [line as Text]).filter((cell) => cell.text);
		if (line.gap > 0 && j > i + 1) break;
		if (isStop(line) || cells.some((cell) => /[.:]$/.test(cell.text) || cell.text.length > 60)) break;
		for (const cell of cells) {
			const place = columnOf(line, cell);
			const nearest = sides.reduce((best, side) =>
				Math.abs(columnOf(head, side.cell) - place) < Math.abs(columnOf(head, best.cell) - place) ? side : best,
			);
			nearest.names.push(cell);
		}
		last = j;
	}
	return last > i ? { sides: told.map(({ heading, names }) => ({ heading: heading!, names })), last } : null;
}

/** A third column that tells why. */
const REMARK = /^(?:(?:Abwesenheits|Entschuldigungs)?[Gg]rund|Bemerkung(?:en)?|Anmerkung(?:en)?|Hinweis(?:e)?)\s*:?$/u;

/** A cell read as a line of its own. */
const asLine = (line: Line, cell: Text): Line => ({ ...line, ...cell, cells: [cell], row: false });

/** Distance of the cell from the left edge, in characters of the original. */
const columnOf = (line: Line, cell: Text): number => cell.at[0]! - line.at[0]! + line.indent;
