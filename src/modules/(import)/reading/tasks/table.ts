import { type Text, slice, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, derived, printed } from '../found.ts';
import { findDates } from '../dates.ts';

export type FoundTask = {
	item: Found<string> | null;
	who: Found<string> | null;
	what: Found<string>;
	due: Found<string> | null;
};

type Column = 'what' | 'who' | 'due' | 'item' | 'other';

const COLUMN: readonly (readonly [RegExp, Column])[] = [
	[
		/^(?:was|aufgaben?|maßnahmen?|to-?\s?dos?|auftrag|arbeitsauftrag|tätigkeit|vereinbarung|inhalt|thema|schritt|nächste schritte|was ist zu tun)\s?\??$/i,
		'what',
	],
	[
		/^(?:wer|verantwortlich(?:e[rn]?)?|zuständig(?:e[rn]?|keit)?|durch|verantwortung|v|wer macht(?: das)?|person)\.?\s?\??$/i,
		'who',
	],
	[/^(?:(?:bis\s)?wann|termin|frist|fällig|bis|datum|t|zeit|erledigung bis|bis zum|zieltermin)\.?\s?\??$/i, 'due'],
	[/^(?:nr\.?|lfd\.?\s?nr\.?|#|top|pos\.?)$/i, 'item'],
];

function columnsOf(heads: readonly string[]): Column[] | null {
	const kinds = heads.map((head) => COLUMN.find(([pattern]) => pattern.test(head.trim()))?.[1] ?? 'other');
	return kinds.includes('what') && (kinds.includes('who') || kinds.includes('due')) ? kinds : null;
}

export function taskTable(lines: readonly Line[], i: number, used: Set<Line>, year: number | null): FoundTask[] | null {
	const head = lines[i]!;
	if (
		head.text.length > 120 ||
		!/was|aufgabe|maßnahme|to-?do|auftrag|schritt|vereinbarung|(?<!\p{L})wer(?!\p{L})|verantwortlich|zuständig/iu.test(
			head.text,
		)
	)
		return null;
	const kinds = head.row ? columnsOf(head.cells.map((cell) => cell.text)) : null;
	const tasks: FoundTask[] = [];
	if (kinds) {
		// Minutes that are one table: only the rows with somebody in charge are tasks, and the number goes on below.
		const minutes = kinds.includes('item') && kinds.includes('who');
		let item: Text | null = null;
		for (let j = i + 1; j < lines.length && lines[j]!.row; j++) {
			const cell = (kind: Column) => {
				const at = kinds.indexOf(kind);
				const found = at >= 0 ? lines[j]!.cells[at] : undefined;
				return found?.text ? found : null;
			};
			const number = minutes ? cell('item') : null;
			if (number) item = strip(number, /[\s.):]/);
			const what = cell('what');
			if (minutes && !cell('who')) continue;
			used.add(lines[j]!);
			if (what)
				tasks.push({
					item: item ? printed(item) : null,
					what: printed(what),
					who: cell('who') ? printed(cell('who')!) : null,
					due: cell('due') ? dueOf(cell('due')!, year) : null,
				});
		}
	} else {
		const heads = head.text.split(/\s+(?=\p{Lu})/u);
		const lost = columnsOf(heads);
		if (!lost || lost.filter((kind) => kind !== 'other').length < 3 || heads.length > 4) return null;
		readLostColumns(lines, i, used, tasks, year);
	}
	if (tasks.length) used.add(head);
	return tasks.length ? tasks : null;
}

const DUE_END =
	/\s((?:(?:bis|ab|seit|Ende|Anfang|Mitte|ca\.)\s(?:zum\s|zur\s)?)?(?:\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?|\d{1,2}\.\s\p{L}+(?:\s\d{4})?|\d{4}|(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?:\s\d{4})?|sofort|dauerhaft|laufend|umgehend|fortlaufend|ständig|offen|regelmäßig|nächste(?:n)?\sSitzung|KW\s?\d+|(?:Q|Quartal\s)\d))$/u;

/** A table whose columns were lost: the date is cut from the end of the line, then the last word names who. */
function readLostColumns(
	lines: readonly Line[],
	i: number,
	used: Set<Line>,
	tasks: FoundTask[],
	year: number | null,
): void {
	for (let j = i + 1; j < lines.length; j++) {
		const line = lines[j]!;
		const number = /^\d{1,2}[.)]?\s/.exec(line.text);
		const due = DUE_END.exec(line.text);
		if (!due || line.gap > 1) break;
		const before = slice(line, number ? number[0].length : 0, due.index);
		const who = /\s((?:(?:Herr|Frau|Hr\.|Fr\.|Dr\.)\s)?[^\s]+)$/u.exec(before.text);
		used.add(line);
		const what = strip(slice(before, 0, who ? who.index : before.text.length), /\s/);
		tasks.push({
			item: null,
			what: printed(what),
			who: who ? printed(slice(before, who.index), 'doubtful', 'position') : null,
			due: dueOf(slice(line, due.index), year),
		});
	}
}

/** A complete date as ISO; everything else as printed. */
export function dueOf(piece: Text, year: number | null): Found<string> {
	const [date] = findDates(piece.text, year);
	const rest = date ? piece.text.slice(0, date.from) + piece.text.slice(date.to) : piece.text;
	const exact =
		date?.iso &&
		/^[\s:.,(]*(?:bis|zum|bis zum|bis spätestens(?: zum)?|spätestens|am|T:|Termin:?)?[\s.,):]*$/i.test(rest);
	return exact
		? derived(
				date!.iso!,
				slice(piece, date!.from, date!.to),
				date!.year ? 'sure' : 'doubtful',
				date!.year ? undefined : 'year-supplied',
			)
		: printed(piece);
}
