import type { Line } from '../lines.ts';
import { type Marker, follows, isPart, markerOf } from '../markers.ts';
import { type Item, wraps, alike, inMinutesTable } from './item.ts';

/** Numbered headings in running minutes; lists inside an item start again at 1 and are passed over. */
export function bodyChain(
	markers: readonly Marker[],
	lines: readonly Line[],
	width: number,
	overview: readonly Item[] | null,
): Marker[] {
	const chains = (['top', 'letter', 'number', 'roman'] as const).map((family) => {
		const own = markers.filter(
			(m) => m.family === family && (family === 'top' || family === 'letter' || isHeading(m, lines, width, overview)),
		);
		return longestChain(own, lines, family === 'top' || family === 'letter');
	});
	const [top, letter, number, roman] = chains as [Marker[], Marker[], Marker[], Marker[]];
	if (top.length && (top.length > 1 || number.length < 3)) return withLevels(top, number);
	if (letter.length > 1) return letter;
	if (number.length >= 2) return number;
	return roman.length > 2 ? roman : [];
}

/** "TOP 3" as main items and "3.1" as bare numbers under them. */
function withLevels(top: Marker[], number: readonly Marker[]): Marker[] {
	const extra = number.filter(
		(m) =>
			m.path.length > 1 &&
			top.some((t) => t.path.length === 1 && t.path[0] === m.path[0] && t.line.index < m.line.index) &&
			!top.some((t) => t.path.join('.') === m.path.join('.')),
	);
	return extra.length ? [...top, ...extra].sort((a, b) => a.line.index - b.line.index) : top;
}

function isHeading(marker: Marker, lines: readonly Line[], width: number, overview: readonly Item[] | null): boolean {
	const { line, rest } = marker;
	if (overview) {
		const listed = overview.find((item) => item.path.join('.') === marker.path.join('.'));
		if (listed) return alike(listed.title.value, rest.text);
	}
	if (!rest.text)
		return !!lines[line.index + 1] && !markerOf(lines[line.index + 1]!) && lines[line.index + 1]!.text.length < 160;
	if (marker.cell && rest.text.length < 400 && inMinutesTable(marker, lines)) return true;
	if (line.bullet || rest.text.length > 320 || !/^[\p{Lu}\d„"»(]/u.test(rest.text)) return false;
	if (line.bold || line.heading) return true;
	if (/[.;!]$/.test(rest.text) && rest.text.length > 40) return false;
	const next = lines[line.index + 1];
	if (next && next.gap === 0 && !markerOf(next) && wraps(line, next, width)) {
		let i = next.index;
		while (lines[i + 1] && lines[i + 1]!.gap === 0 && !markerOf(lines[i + 1]!)) i++;
		return i - line.index <= 4 && !/[.;?!]$/.test(lines[i]!.text);
	}
	return true;
}

/** The run of numbers that starts earliest and goes furthest; `gaps` allows left-out numbers. */
function longestChain(markers: readonly Marker[], lines: readonly Line[], gaps: boolean): Marker[] {
	let best: Marker[] = [];
	let tries = 0;
	for (let start = 0; start < markers.length && tries < 12; start++) {
		const first = markers[start]!;
		if (
			best.includes(first) ||
			(!gaps && first.path[0]! > 1 && (best.length > 1 || markers.some((m) => m.path[0] === 1)))
		)
			continue;
		tries++;
		const chain = chainFrom(markers, lines, start, gaps);
		if (chain.length > best.length) best = chain;
	}
	return best;
}

const counted = new WeakMap<readonly Line[], number[]>();

/** For every line how many headings of a closed part stand before it. */
function closedParts(lines: readonly Line[]): number[] {
	const known = counted.get(lines);
	if (known) return known;
	let count = 0;
	const parts = lines.map((line) => {
		const before = count;
		if (isPart(line) && /nicht/i.test(line.text)) count++;
		return before;
	});
	counted.set(lines, parts);
	return parts;
}

/** Number 1 again after a heading of the closed part. */
export function restarts(lines: readonly Line[], last: Marker, marker: Marker): boolean {
	if (marker.path.length > 1 || marker.path[0] !== 1) return false;
	const parts = closedParts(lines);
	return parts[marker.line.index]! > parts[last.line.index]!;
}

function chainFrom(markers: readonly Marker[], lines: readonly Line[], start: number, gaps: boolean): Marker[] {
	const chain = [markers[start]!];
	const seen = new Set([markers[start]!.path.join('.')]);
	let nested = 0;
	for (let i = start + 1; i < markers.length; i++) {
		const marker = markers[i]!;
		const last = chain[chain.length - 1]!;
		if (!marker.rest.text && gaps && seen.has(marker.path.join('.'))) continue;
		const fits =
			follows(last.path, marker.path, gaps ? 30 : 1) ||
			restarts(lines, last, marker) ||
			(/^N/.test(marker.number.text) && /^Ö/.test(last.number.text));
		if (marker.path.length === 1 && marker.path[0] === 1 && !fits) nested = 1;
		else if (nested && marker.path[0] === nested + 1 && !sameStyle(marker, markers[start]!)) nested++;
		else if (fits && !(gaps && /^\p{Ll}/u.test(marker.rest.text))) {
			if (nested && marker.path[0] === nested + 1 && !sameStyle(marker, markers[start]!)) continue;
			nested = 0;
			chain.push(marker);
			seen.add(marker.path.join('.'));
		}
	}
	return chain;
}

function sameStyle(a: Marker, b: Marker): boolean {
	return (
		a.line.bold === b.line.bold &&
		a.line.heading === b.line.heading &&
		a.line.gap > 0 === b.line.gap > 0 &&
		Math.abs(a.line.indent - b.line.indent) < 3
	);
}
