import { type Text, joinLines, slice } from '../text.ts';
import type { Line } from '../lines.ts';
import { FIELD, GUIDELINES } from './words.ts';

/** One list entry with its wrapped lines; nested bullets belong to the entry above them. */
export function entryOf(lines: readonly Line[], i: number): { piece: Text; last: number } | null {
	const line = lines[i]!;
	const numbered = /^(?:\(?\d{1,2}[.)]|[a-z]\)|[✓✔☑])\s+/.exec(line.text);
	if (!line.bullet && !numbered) return null;
	if (isNested(lines, i)) return null;
	const check = /^[✓✔☑☒]\s+/.exec(line.text);
	let piece = slice(line, numbered ? numbered[0].length : check ? check[0].length : 0);
	let last = i;
	while (
		lines[last + 1] &&
		lines[last + 1]!.gap === 0 &&
		!lines[last + 1]!.bullet &&
		!/^(?:\(?\d{1,2}[.)])\s/.test(lines[last + 1]!.text) &&
		!lines[last + 1]!.heading &&
		!FIELD.test(lines[last + 1]!.text)
	) {
		piece = joinLines([piece, slice(lines[++last]!, 0)]);
	}
	return piece.text ? { piece, last } : null;
}

/** A single guideline as a plain paragraph right under "Leitlinie:". */
export function underLabel(lines: readonly Line[], i: number): { piece: Text; last: number } | null {
	const label = lines[i - 1];
	if (!label || lines[i]!.gap > 0 || label.text.length > 60 || !GUIDELINES.test(label.text)) return null;
	let last = i;
	while (lines[last + 1] && lines[last + 1]!.gap === 0 && !lines[last + 1]!.bullet && !/:$/.test(lines[last + 1]!.text))
		last++;
	return { piece: joinLines(lines.slice(i, last + 1).map((line) => slice(line, 0))), last };
}

/** A bullet that is indented deeper than the first bullet of its list. */
function isNested(lines: readonly Line[], i: number): boolean {
	let first = i;
	while (
		first > 0 &&
		(lines[first]!.gap === 0 || lines[first - 1]!.bullet !== '') &&
		(lines[first - 1]!.bullet !== '' || lines[first - 1]!.gap === 0) &&
		!lines[first - 1]!.heading &&
		i - first < 60
	)
		first--;
	for (let j = first; j < i; j++) if (lines[j]!.bullet) return lines[i]!.indent > lines[j]!.indent + 1;
	return false;
}
