import { type Text, slice, strip } from './text.ts';
import type { Line } from './lines.ts';
import type { Agenda } from './agenda.ts';
import { type Found, derived, printed } from './found.ts';
import { findDates } from './dates.ts';
import { sentences } from './votes.ts';

export type FoundTask = { item: Found<string> | null; who: Found<string> | null; what: Found<string>; due: Found<string> | null };

type Column = 'what' | 'who' | 'due' | 'item' | 'other';
const COLUMN: readonly (readonly [RegExp, Column])[] = [
	[/^(?:was|aufgaben?|maßnahmen?|to-?\s?dos?|auftrag|arbeitsauftrag|tätigkeit|vereinbarung|inhalt|thema|schritt|nächste schritte|was ist zu tun)\s?\??$/i, 'what'],
	[/^(?:wer|verantwortlich(?:e[rn]?)?|zuständig(?:e[rn]?|keit)?|durch|verantwortung|v|wer macht(?: das)?|person)\.?\s?\??$/i, 'who'],
	[/^(?:(?:bis\s)?wann|termin|frist|fällig|bis|datum|t|zeit|erledigung bis|bis zum|zieltermin)\.?\s?\??$/i, 'due'],
	[/^(?:nr\.?|lfd\.?\s?nr\.?|#|top|pos\.?)$/i, 'item']
];

/** Tasks from tables, from labels and from sentences that give a named person or office something to do. */
export function readTasks(lines: readonly Line[], agenda: Agenda, year: number | null): FoundTask[] {
	const tasks: FoundTask[] = [];
	const used = new Set<Line>();
	for (let i = 0; i < lines.length; i++) {
		if (used.has(lines[i]!)) continue;
		const table = taskTable(lines, i, used, year);
		if (table) tasks.push(...table.map((task) => ({ ...task, item: task.item ?? agenda.itemAt(lines[i]!)?.number ?? null })));
		else tasks.push(...labelled(lines, i, used, agenda, year));
	}
	for (const line of lines) {
		if (used.has(line) || !agenda.itemAt(line) || line.row) continue;
		const block = paragraph(lines, line);
		if (!block) continue;
		for (const sentence of sentences(block)) {
			const task = assigned(sentence, year);
			if (task) tasks.push({ ...task, item: agenda.itemAt(line)?.number ?? null });
		}
	}
	return tasks;
}

function columnsOf(heads: readonly string[]): Column[] | null {
	const kinds = heads.map((head) => COLUMN.find(([pattern]) => pattern.test(head.trim()))?.[1] ?? 'other');
	return kinds.includes('what') && (kinds.includes('who') || kinds.includes('due')) ? kinds : null;
}

function taskTable(lines: readonly Line[], i: number, used: Set<Line>, year: number | null): FoundTask[] | null {
	const head = lines[i]!;
	if (head.text.length > 120 || !/was|aufgabe|maßnahme|to-?do|auftrag|schritt|vereinbarung/i.test(head.text)) return null;
	const kinds = head.row ? columnsOf(head.cells.map((cell) => cell.text)) : null;
	const tasks: FoundTask[] = [];
	if (kinds) {
		for (let j = i + 1; j < lines.length && lines[j]!.row; j++) {
			const cell = (kind: Column) => {
				const at = kinds.indexOf(kind);
				const found = at >= 0 ? lines[j]!.cells[at] : undefined;
				return found?.text ? found : null;
			};
			used.add(lines[j]!);
			const what = cell('what');
			if (what) tasks.push({ item: null, what: printed(what), who: cell('who') ? printed(cell('who')!) : null, due: cell('due') ? dueOf(cell('due')!, year) : null });
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

const DUE_END = /\s((?:(?:bis|ab|seit|Ende|Anfang|Mitte|ca\.)\s(?:zum\s|zur\s)?)?(?:\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?|\d{1,2}\.\s\p{L}+(?:\s\d{4})?|\d{4}|(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?:\s\d{4})?|sofort|dauerhaft|laufend|umgehend|fortlaufend|ständig|offen|regelmäßig|nächste(?:n)?\sSitzung|KW\s?\d+|(?:Q|Quartal\s)\d))$/u;

/** A table whose columns were lost: the date is cut from the end of the line, then the last word names who. */
function readLostColumns(lines: readonly Line[], i: number, used: Set<Line>, tasks: FoundTask[], year: number | null): void {
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
			due: dueOf(slice(line, due.index), year)
		});
	}
}

/** A complete date as ISO; everything else as printed. */
function dueOf(piece: Text, year: number | null): Found<string> {
	void year;
	const [date] = findDates(piece.text);
	const rest = date ? piece.text.slice(0, date.from) + piece.text.slice(date.to) : piece.text;
	const exact = date?.iso && /^[\s:.,(]*(?:bis|zum|bis zum|bis spätestens(?: zum)?|spätestens|am|T:|Termin:?)?[\s.,):]*$/i.test(rest);
	return exact ? derived(date!.iso!, slice(piece, date!.from, date!.to)) : printed(piece);
}

const LABEL = /^(?:(?:Arbeits)?[Aa]uftr(?:ag|äge)|Aufgaben?|To-?\s?[Dd]os?|TODO|Festlegung(?:en)?|Vereinbarung(?:en)?|Verantwortlich(?:e[rn]?)?|Maßnahmen?|V|→|=>|Nächste(?:r)?\s+Schritte?|Zuständig|Erledigung)\s*(?:\d+\s*)?:\s*(.*)$/u;
const WHO = /(?:(?:Verantwortlich(?:e[rn]?|keit)?|Zuständig(?:e[rn]?|keit)?|V\.?|Wer|Verantw\.?)\s*:\s*)([^;,()|:]{2,70}?)(?=\s*(?:[;,()|]|$|\b(?:T|Termin|Frist|bis|Bis)\b))/u;
const DUE = /(?:(?:Termin|Frist|T|fällig|Fällig|Erledigung)\s*:?\s*(?:bis\s+(?:zum\s+)?)?|\bbis\s+(?:spätestens\s+)?(?:zum\s+|zur\s+|Ende\s+)?)([^;,()|]{2,40}?)(?=\s*(?:[;,()|.]\s|[.)]?$|[;)]))/u;

/** "Aufgabe: … (Verantwortlich: Frau X, Termin: 30.06.)", also spread over the following lines. */
function labelled(lines: readonly Line[], i: number, used: Set<Line>, agenda: Agenda, year: number | null): FoundTask[] {
	const line = lines[i]!;
	const label = LABEL.exec(line.text);
	const heading = !label && /^(?:(?:Arbeits)?Aufträge|Aufgaben(?:liste|verteilung)?|To-?\s?Dos?|Vereinbarungen|Festlegungen|Nächste Schritte|Offene Punkte|Arbeitsaufträge)\s*:?$/i.test(line.text);
	const item = agenda.itemAt(line)?.number ?? null;
	const tasks: FoundTask[] = [];
	if (heading || (label && !label[1])) {
		for (let j = i + 1; j < lines.length; j++) {
			const entry = lines[j]!;
			if (entry.row || entry.heading || (!entry.bullet && !/^\d{1,2}[.)]\s/.test(entry.text) && entry.gap > 0 && tasks.length > 0) || agenda.itemAt(entry) !== agenda.itemAt(line) || /^[^:]{2,30}:$/.test(entry.text)) break;
			if (!entry.bullet && !/^\d{1,2}[.)]\s/.test(entry.text) && !/:/.test(entry.text) && !/\bbis\b/.test(entry.text)) break;
			used.add(entry);
			let whole: Text = entry;
			while (lines[j + 1] && lines[j + 1]!.gap === 0 && !lines[j + 1]!.bullet && !/^\d{1,2}[.)]\s/.test(lines[j + 1]!.text) && lines[j + 1]!.indent >= entry.indent && !/^[^:]{2,30}:/.test(lines[j + 1]!.text) && entry.bullet) {
				const more = lines[++j]!;
				used.add(more);
				whole = { text: `${whole.text} ${more.text}`, at: [...whole.at, whole.at[whole.at.length - 1]!, ...more.at] };
			}
			const number = /^\d{1,2}[.)]\s+/.exec(whole.text);
			const task = entryTask(slice(whole, number ? number[0].length : 0), year);
			if (task) tasks.push({ ...task, item });
		}
		if (tasks.length) used.add(line);
		return tasks;
	}
	if (!label) return [];
	const who = /^(?:Verantwortlich|Zuständig|V\s*:)/.test(line.text);
	if (who) {
		const before = lines[i - 1];
		if (!before || before.row || line.gap > 0 && !before.bullet) return [];
		const task = entryTask({ text: `${before.text} ${line.text}`, at: [...before.at, before.at[before.at.length - 1]!, ...line.at] }, year);
		if (!task || !task.who) return [];
		used.add(line);
		return [{ ...task, item }];
	}
	if (/^(?:Vereinbarung|Festlegung|Maßnahme)/.test(line.text) && !WHO.test(line.text) && !DUE.test(line.text) && !/\bbis\b/.test(line.text)) return [];
	used.add(line);
	let whole: Text = slice(line, line.text.length - label[1]!.length);
	for (let j = i + 1; j < lines.length && j < i + 4 && lines[j]!.gap === 0 && !lines[j]!.row && !LABEL.test(lines[j]!.text.replace(/^(?:Verantwortlich|Zuständig|Termin|V|T)\b.*/, '')); j++) {
		used.add(lines[j]!);
		whole = { text: `${whole.text} ${lines[j]!.text}`, at: [...whole.at, whole.at[whole.at.length - 1]!, ...lines[j]!.at] };
	}
	const task = entryTask(whole, year);
	return task ? [{ ...task, item }] : [];
}

/** One entry of a list: "Frau X: Einladung schreiben bis 30.06." or "Einladung schreiben (Frau X, bis 30.06.)". */
function entryTask(piece: Text, year: number | null): FoundTask | null {
	if (piece.text.length < 6) return null;
	let who: Found<string> | null = null;
	let due: Found<string> | null = null;
	const ranges: [number, number][] = [];
	const owner = WHO.exec(piece.text);
	if (owner) {
		const at = owner.index + owner[0].lastIndexOf(owner[1]!);
		who = printed(slice(piece, at, at + owner[1]!.length));
		ranges.push([owner.index, owner.index + owner[0].length]);
	}
	const limit = DUE.exec(piece.text);
	if (limit) {
		const at = limit.index + limit[0].lastIndexOf(limit[1]!);
		due = dueOf(slice(piece, at, at + limit[1]!.length), year);
		ranges.push([limit.index, limit.index + limit[0].length]);
	}
	if (!who) {
		const lead = /^((?:(?:Herr|Frau|Hr\.|Fr\.|Dr\.|Die|Der|Das)\s)?[\p{Lu}][^:,.]{1,50}?)\s*(?::|\s[–-]\s|→)\s+/u.exec(piece.text);
		const tail = /[(–-]\s*((?:Herr|Frau|Hr\.|Fr\.|Dr\.)?\s?\p{Lu}[^(),;]{1,50}?)(?=\s*(?:[,;)]|$))/u.exec(piece.text);
		if (lead) {
			who = printed(slice(piece, 0, lead[1]!.length));
			ranges.push([0, lead[0].length]);
		} else if (tail && (due || /\)$/.test(piece.text.trim().replace(/\.$/, '')))) {
			const at = tail.index + tail[0].indexOf(tail[1]!);
			who = printed(slice(piece, at, at + tail[1]!.length), 'doubtful', 'position');
			ranges.push([tail.index, tail.index + tail[0].length]);
		}
		if (!who) {
			const actor = assigned(piece, year);
			if (actor) return { ...actor, due: actor.due ?? due };
		}
	}
	const from = ranges.filter(([a]) => a === 0).reduce((n, [, b]) => Math.max(n, b), 0);
	const to = ranges.filter(([a]) => a > from).reduce((n, [a]) => Math.min(n, a), piece.text.length);
	const what = strip(slice(piece, from, to), /[\s,;:()–|-]/);
	return what.text.length > 4 ? { item: null, who, what: printed(what), due } : null;
}

const ACTOR = '((?:(?:Der|Die|Das)\\s+)?(?:(?:Herrn?|Frau|Dr\\.|Prof\\.)\\s+)*\\p{Lu}[\\p{L}.\'’-]*(?:[\\s-](?:(?:für|des|der|und)\\s)?(?:\\p{Lu}[\\p{L}.\'’-]*)){0,5})';
const PASSIVE = new RegExp(`^${ACTOR}\\s+(?:wird|werden)\\s+(?:\\p{L}+\\s+){0,2}?(?:beauftragt|gebeten|aufgefordert)[,\\s]+(.{8,})$`, 'su');
const ACTIVE = new RegExp(`^${ACTOR}\\s+(?:übernimmt|übernehmen|kümmert\\s+sich|kümmern\\s+sich|sagt\\s+zu|sagen\\s+zu|erklärt\\s+sich\\s+bereit|klärt|erstellt|verschickt|versendet|organisiert|lädt|bereitet|prüft|fragt|nimmt\\s+Kontakt|stellt\\s+(?!.{0,30}(?:fest|vor\\b))|reicht|liefert|recherchiert|schickt|leitet|entwirft|formuliert|erarbeitet|sammelt|informiert\\s+bis|legt)\\s+(.{8,})$`, 'su');

/** A sentence that gives something to do to somebody named, with a date or a plain order. */
function assigned(sentence: Text, year: number | null): Omit<FoundTask, 'item'> & { item: null } | null {
	if (sentence.text.length > 420 || sentence.text.length < 25) return null;
	const passive = PASSIVE.exec(sentence.text);
	const active = passive ? null : ACTIVE.exec(sentence.text);
	const match = passive ?? active;
	if (!match) return null;
	const limit = /\bbis\s+(?:spätestens\s+)?(?:zum\s+|zur\s+)?((?:\d{1,2}\.\s?(?:\d{1,2}\.(?:\s?\d{2,4})?|\p{L}+(?:\s\d{4})?))|(?:Ende|Anfang|Mitte)\s\p{L}+(?:\s\d{4})?|nächsten?\s+(?:Sitzung|Treffen|Woche)|(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?:\s\d{4})?)/u.exec(sentence.text);
	if (active && !limit && !/(?:übernimmt|übernehmen|kümmer|sagt\s+zu|sagen\s+zu|bereit)/.test(sentence.text)) return null;
	if (/^(?:Es|Er|Sie|Wir|Dies|Das|Man|Beschluss)\s/.test(match[1]!)) return null;
	const who = slice(sentence, /^(?:Der|Die|Das)\s+/.exec(match[1]!)?.[0].length ?? 0, match[1]!.length);
	const what = strip(slice(sentence, sentence.text.length - match[2]!.length), /[\s.,]/);
	let due: Found<string> | null = null;
	if (limit) {
		const at = limit.index + limit[0].lastIndexOf(limit[1]!);
		due = dueOf(slice(sentence, at, at + limit[1]!.length), year);
	}
	return { item: null, who: printed(who), what: printed(what, 'doubtful'), due };
}

function paragraph(lines: readonly Line[], line: Line): Text | null {
	if (line.gap === 0 && !line.bullet && line.index > 0 && !lines[line.index - 1]!.row) return null;
	let last = line.index;
	while (lines[last + 1] && lines[last + 1]!.gap === 0 && !lines[last + 1]!.bullet && !lines[last + 1]!.row && last - line.index < 30) last++;
	const parts = lines.slice(line.index, last + 1);
	let text = '';
	const at: number[] = [];
	for (const part of parts) {
		if (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(part.text)) {
			text = text.slice(0, -1);
			at.pop();
		} else if (text) {
			text += ' ';
			at.push(at[at.length - 1]!);
		}
		text += part.text;
		for (const offset of part.at) at.push(offset);
	}
	return { text, at };
}

