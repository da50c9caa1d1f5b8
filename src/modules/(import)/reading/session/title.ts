import { type Text, joinLines, slice, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, printed } from '../found.ts';
import { bodyIn } from '../bodies.ts';
import { findDates } from '../dates.ts';
import { findSpan, findTimes } from '../times.ts';
import { PLACE, SESSION_WORD, TITLE_WORD } from './words.ts';

type Title = { title: Found<string>; whole: Text };

export function readTitle(head: readonly Line[]): Title | null {
	const marked = (line: Line) =>
		TITLE_WORD.test(line.text) &&
		line.text.length < 260 &&
		!/^\d+[.)](?!.{0,16}\b[Ee]inladung)|^TOP|:\s*(?:Herr|Frau|\p{Lu}\p{L}+ \p{Lu})/u.test(line.text) &&
		!/(?:genehmigung|bestätigung|protokollführ|protokollant)/i.test(line.text) &&
		!/^Protokoll\s*:/i.test(line.text);
	let at = head.findIndex(
		(line) =>
			marked(line) &&
			(SESSION_WORD.test(line.text) ||
				/^\W*\p{L}*(?:protokoll|niederschrift|einladung|bekanntmachung|auszug)/iu.test(line.text)),
	);
	if (at >= 0 && head[at]!.header) {
		const other = head.findIndex((line, i) => i > at && !line.header && marked(line));
		if (other >= 0) at = other;
	}
	if (at < 0) at = head.findIndex(marked);
	if (at < 0)
		at = head.findIndex(
			(line) =>
				/\d{1,3}\.\s.{0,60}(?:sitzung|treffen)|^(?:öffentliche\s)?sitzung\s+de[rs]\s/iu.test(line.text) &&
				line.text.length < 200,
		);
	if (at < 0) return null;
	const startLine = head[at]!;
	const startCell = startLine.row
		? (startLine.cells.find((cell) => TITLE_WORD.test(cell.text)) ?? startLine)
		: startLine;
	const parts: Text[] = [startCell === startLine ? slice(startLine, 0) : startCell];
	if (/^\W*(?:öffentliche\s+)?(?:einladung|bekanntmachung)\W*$/i.test(startCell.text)) {
		const session = head
			.slice(at + 1)
			.find(
				(line) =>
					/\d{1,3}\.\s.{0,60}(?:sitzung|treffen|versammlung)|(?:sitzung|treffen|versammlung)\s+de[rs]\s/iu.test(
						line.text,
					) && line.text.length < 200,
			);
		if (session) parts.push(trimSession(session));
	} else {
		for (let i = at + 1; i < head.length && parts.length < 5; i++)
			if (!continuesTitle(head[i - 1]!, head[i]!, parts)) break;
			else parts.push(slice(head[i]!, 0));
	}
	const whole = joinLines(parts);
	return { title: printed(strip(cutTitle(whole), /[\s,:;–-]/)), whole };
}

function continuesTitle(before: Line, line: Line, parts: readonly Text[]): boolean {
	if (
		line.row ||
		line.gap > 2 ||
		line.text.length > 180 ||
		/^[^:]{2,30}:(?:\s|$)/.test(line.text) ||
		/^(?:öffentlich|nichtöffentlich|nicht öffentlich|Seite)\b/i.test(line.text)
	)
		return false;
	if ((findDates(line.text)[0]?.from ?? 99) < 3 || /^(?:um|von)\s+\d/.test(line.text)) return false;
	const short = parts.length === 1 && parts[0]!.text.length < 28 && !SESSION_WORD.test(parts[0]!.text);
	if (short && !bodyIn(parts[0]!) && (SESSION_WORD.test(line.text) || bodyIn(line))) return true;
	if (/^[„"»]/.test(line.text)) return line.gap === 0;
	if (/^\((?:nicht[\s-]?)?öffentlich\)$/i.test(line.text)) return line.gap <= 2;
	if (/^(?:über|der|des|zur|zum|von|vom|am|für|zu|im\s+Rahmen|und|mit|aus)\s/.test(line.text)) return line.gap <= 2;
	return (
		line.gap === 0 &&
		(/(?:(?<!\p{L})(?:und|der|die|des|für|zur|zum|von|über|am|dem|den)|[,–-])$/u.test(before.text) ||
			(parts.length > 1 &&
				before.text.length > 45 &&
				line.text.length < before.text.length &&
				!PLACE.test(line.text) &&
				!findTimes(line.text).length))
	);
}

/** A title ends with its date; times and places after it belong to other fields. */
function cutTitle(whole: Text): Text {
	const span = findSpan(whole.text);
	const [date] = findDates(whole.text);
	const cut =
		span && date && span.from > date.to
			? whole.text.slice(0, span.from).search(/[\s,–-]*(?:von|um|ab|,|–|-|\()?[\s,–-]*$/u)
			: -1;
	const shorter = cut > 10 ? slice(whole, 0, cut) : whole;
	// A weekday shows that the date is the line of the session's date rather than part of the title.
	if (date?.weekday && date.from > 45)
		return slice(shorter, 0, shorter.text.slice(0, date.from).replace(/[\s,–-]*(?:am|vom)?[\s,]*$/u, '').length);
	const tail = date ? shorter.text.slice(date.to) : '';
	if (date && date.from > 10 && /^\s*[,;|]/.test(tail)) return slice(shorter, 0, date.to);
	const place = /,?\s+(?:im|in\s+der|in\s+den)\s+\p{L}*(?:saal|rathaus|raum|haus|zentrum|halle)\b.*$/iu.exec(
		shorter.text,
	);
	return place && place.index > 25 ? slice(shorter, 0, place.index) : shorter;
}

function trimSession(line: Line): Text {
	const lead = /^(?:.{0,180}?\b(?:zur|zum|zu der|der|die)\s+)(?=\d|\p{Ll}*\s?\p{Lu}?\p{L}*sitzung)/u.exec(line.text);
	const rest = slice(line, lead ? (/(?:zur|zum)\s+$/.test(lead[0]) ? lead[0].search(/\S+\s*$/) : lead[0].length) : 0);
	const cut = /[,\s]+(?:am|um|statt|findet|,|ein)\.?(?:\s.*)?$/u.exec(rest.text);
	return slice(rest, 0, cut && cut.index > 10 ? cut.index : rest.text.length);
}
