import { type Text, slice, split, strip } from './text.ts';
import type { Line } from './lines.ts';
import type { Agenda } from './agenda.ts';
import { type Found, derived, printed } from './found.ts';
import { findDates } from './dates.ts';
import { personOf } from './persons.ts';
import { sentences } from './votes.ts';

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

/** Tasks from tables, from labels and from sentences that give a named person or office something to do. */
export function readTasks(lines: readonly Line[], agenda: Agenda, year: number | null): FoundTask[] {
	const tasks: FoundTask[] = [];
	const used = new Set<Line>();
	for (let i = 0; i < lines.length; i++) {
		if (used.has(lines[i]!)) continue;
		const table = taskTable(lines, i, used, year);
		if (table)
			tasks.push(...table.map((task) => ({ ...task, item: task.item ?? agenda.itemAt(lines[i]!)?.number ?? null })));
		else tasks.push(...labelled(lines, i, used, agenda, year));
	}
	for (const line of lines) {
		if (used.has(line) || !agenda.itemAt(line) || line.row) continue;
		const block = paragraph(lines, line);
		if (!block) continue;
		for (const clause of sentences(block).flatMap(clauses)) {
			const task = assigned(clause, year);
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
	if (head.text.length > 120 || !/was|aufgabe|maßnahme|to-?do|auftrag|schritt|vereinbarung/i.test(head.text))
		return null;
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
			if (what)
				tasks.push({
					item: null,
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
function dueOf(piece: Text, year: number | null): Found<string> {
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

const LABEL =
	/^(?:(?:Arbeits)?[Aa]uftr(?:ag|äge)|Aufgaben?|To-?\s?[Dd]os?|TODO|Festlegung(?:en)?|Vereinbarung(?:en)?|Verantwortlich(?:e[rn]?)?|Maßnahmen?|V|→|=>|Nächste(?:r)?\s+Schritte?|Zuständig|Erledigung)\s*(?:\d+\s*)?:\s*(.*)$/u;
const WHO =
	/(?:(?:Verantwortlich(?:e[rn]?|keit)?|Zuständig(?:e[rn]?|keit)?|V\.?|Wer|Verantw\.?)\s*:\s*)([^;,()|:]{2,70}?)(?=\s*(?:[;,()|]|$|\b(?:T|Termin|Frist|bis|Bis)\b))/u;
const DUE =
	/(?:(?:Termin|Frist|T|fällig|Fällig|Erledigung)\s*:?\s*(?:bis\s+(?:zum\s+)?)?|\bbis\s+(?:spätestens\s+)?(?:zum\s+|zur\s+|Ende\s+)?)([^;,()|]{2,40}?)(?=\s*(?:[;,()|.]\s|[.)]?$|[;)]))/u;

/** "Aufgabe: … (Verantwortlich: Frau X, Termin: 30.06.)", also spread over the following lines. */
function labelled(
	lines: readonly Line[],
	i: number,
	used: Set<Line>,
	agenda: Agenda,
	year: number | null,
): FoundTask[] {
	const line = lines[i]!;
	const label = LABEL.exec(line.text);
	const heading =
		!label &&
		/^(?:(?:Arbeits)?Aufträge|Aufgaben(?:liste|verteilung)?|To-?\s?Dos?|Vereinbarungen|Festlegungen|Nächste Schritte|Offene Punkte|Arbeitsaufträge)\s*:?$/i.test(
			line.text,
		);
	const item = agenda.itemAt(line)?.number ?? null;
	const tasks: FoundTask[] = [];
	if (heading || (label && !label[1])) {
		for (let j = i + 1; j < lines.length; j++) {
			const entry = lines[j]!;
			if (
				entry.row ||
				entry.heading ||
				(!entry.bullet && !/^\d{1,2}[.)]\s/.test(entry.text) && entry.gap > 0 && tasks.length > 0) ||
				agenda.itemAt(entry) !== agenda.itemAt(line) ||
				/^[^:]{2,30}:$/.test(entry.text)
			)
				break;
			if (!entry.bullet && !/^\d{1,2}[.)]\s/.test(entry.text) && !/:/.test(entry.text) && !/\bbis\b/.test(entry.text))
				break;
			used.add(entry);
			let whole: Text = entry;
			while (
				lines[j + 1] &&
				lines[j + 1]!.gap === 0 &&
				!lines[j + 1]!.bullet &&
				!/^\d{1,2}[.)]\s/.test(lines[j + 1]!.text) &&
				lines[j + 1]!.indent >= entry.indent &&
				!/^[^:]{2,30}:/.test(lines[j + 1]!.text) &&
				entry.bullet
			) {
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
		if (!before || before.row || (line.gap > 0 && !before.bullet)) return [];
		const task = entryTask(
			{ text: `${before.text} ${line.text}`, at: [...before.at, before.at[before.at.length - 1]!, ...line.at] },
			year,
		);
		if (!task || !task.who) return [];
		used.add(line);
		return [{ ...task, item }];
	}
	if (
		/^(?:Vereinbarung|Festlegung|Maßnahme)/.test(line.text) &&
		!WHO.test(line.text) &&
		!DUE.test(line.text) &&
		!/\bbis\b/.test(line.text)
	)
		return [];
	used.add(line);
	let whole: Text = slice(line, line.text.length - label[1]!.length);
	for (
		let j = i + 1;
		j < lines.length &&
		j < i + 4 &&
		lines[j]!.gap === 0 &&
		!lines[j]!.row &&
		!LABEL.test(lines[j]!.text.replace(/^(?:Verantwortlich|Zuständig|Termin|V|T)\b.*/, ''));
		j++
	) {
		used.add(lines[j]!);
		whole = {
			text: `${whole.text} ${lines[j]!.text}`,
			at: [...whole.at, whole.at[whole.at.length - 1]!, ...lines[j]!.at],
		};
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
		const lead = /^((?:(?:Herr|Frau|Hr\.|Fr\.|Dr\.|Die|Der|Das)\s)?[\p{Lu}][^:,.]{1,50}?)\s*(?::|\s[–-]\s|→)\s+/u.exec(
			piece.text,
		);
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

const ACTOR =
	"((?:(?:Der|Die|Das)\\s+)?(?:(?:Herrn?|Frau|Dr\\.|Prof\\.)\\s+)*\\p{Lu}[\\p{L}.'’-]*(?:[\\s-](?:(?:für|des|der|und)\\s)?(?:\\p{Lu}[\\p{L}.'’-]*)){0,5})";
const DOING =
	'übernimmt|übernehmen|kümmert\\s+sich|kümmern\\s+sich|sagt\\s+zu|sagen\\s+zu|erklärt\\s+sich\\s+bereit|klärt|klären|erstellt|erstellen|verschickt|verschicken|versendet|sendet|schickt|schreibt|schreiben|organisiert|organisieren|koordiniert|koordinieren|formuliert|formulieren|entwirft|erarbeitet|erarbeiten|bereitet|bereiten|holt|holen|recherchiert|sammelt|sammeln|liefert|unterbreitet|unterbreiten|erledigt|besorgt|bestellt|druckt|aktualisiert|ergänzt|überarbeitet|vereinbart|reserviert|bucht|beantragt|verteilt|veröffentlicht';
const DOING_WITH =
	'(?:fragt|fragen)(?=.{0,80}(?:\\snach\\W*$|\\sbei\\s))|(?:spricht|sprechen)(?=.{0,120}\\san\\b)|(?:stimmt|stimmen)(?=.{0,120}\\sab\\b)|(?:reicht|reichen)(?=.{0,120}\\snach\\b)|(?:leitet|leiten)(?=.{0,120}\\sweiter\\b)|(?:nimmt|nehmen)(?=.{0,120}Kontakt)|(?:stellt|stellen)(?=.{0,120}\\s(?:zusammen|bereit)\\b)|(?:bringt|bringen)(?=.{0,120}\\smit\\b)';
const PASSIVE = new RegExp(
	`^${ACTOR}\\s+(?:wird|werden)\\s+(?:\\p{L}+\\s+){0,2}?(?:beauftragt|gebeten|aufgefordert)[,\\s]+(.{8,})$`,
	'su',
);
const ACTIVE = new RegExp(`^${ACTOR}\\s+(?:${DOING}|${DOING_WITH})\\s+(.{6,})$`, 'su');
const DATED = new RegExp(
	`^${ACTOR}\\s+(?:prüft|prüfen|lädt|informiert|berichtet|meldet|plant|führt|gibt|macht|trifft|\\p{Ll}+t)\\s+(?=.{0,60}\\bbis\\s)(.{6,})$`,
	'su',
);
const ORDER =
	/(?:bittet|bitten|beauftragt|fordert)\s+(?:den|die|das|Herrn|Frau)\s+(\p{Lu}[\p{L}-]+(?:\s(?:der|des|für)?\s?\p{Lu}[\p{L}-]+){0,3})(?:\s+auf)?,\s+(.{8,})$/su;
const OFFICES =
	/^(?:Verwaltung|Magistrat|Vorstand|Geschäftsstelle|Kommission|Koordination|Koordinierungsstelle|Oberbürgermeister(?:in)?|Bürgermeister(?:in)?|Landr(?:at|ätin)|Stadtverwaltung|Vorsitzende[r]?|Beirat|Schriftführ|Sozialamt|Ordnungsamt|Büro|Fach|Amt|Dezernat|Stabsstelle|Arbeitsgruppe|AG|Sprecher)/u;
const LIMIT =
	/\b(?:bis|im\s+Laufe)\s+(?:spätestens\s+)?(?:zum\s+|zur\s+|des\s+)?((?:\d{1,2}\.\s?(?:\d{1,2}\.(?:\s?\d{2,4})?|\p{L}+(?:\s\d{4})?))|(?:Ende|Anfang|Mitte)\s\p{L}+(?:\s\d{4})?|nächsten?\s+(?:Sitzung|Treffen|Woche)|(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?:\s\d{4})?)/u;

/** A sentence that gives something to do to somebody named: an order, or a plain statement of who does what. */
function assigned(sentence: Text, year: number | null): (Omit<FoundTask, 'item'> & { item: null }) | null {
	const lead = /^(?:(?:\d{1,2}[.)]|[a-z]\)|[-–>→=]+|Beschluss:|Festlegung:|Ergebnis:)\s*)+/u.exec(sentence.text);
	const piece = lead ? slice(sentence, lead[0].length) : sentence;
	if (piece.text.length > 420 || piece.text.length < 18) return null;
	const limit = LIMIT.exec(piece.text);
	const order = limit ? ORDER.exec(piece.text) : null;
	const passive = PASSIVE.exec(piece.text);
	const match = passive ?? order ?? ACTIVE.exec(piece.text) ?? (limit ? DATED.exec(piece.text) : null);
	if (!match) return null;
	const article = /^(?:Der|Die|Das)\s+/.exec(match[1]!)?.[0].length ?? 0;
	const from = match === order ? order.index + match[0].indexOf(match[1]!) : 0;
	const who = slice(piece, from + article, from + match[1]!.length);
	if (!isActor(who) || /^(?:Es|Er|Sie|Wir|Dies|Das|Man|Beschluss)\b/.test(match[1]!)) return null;
	const what = strip(
		slice(piece, passive || order ? piece.text.length - match[2]!.length : match[1]!.length),
		/[\s.,]/,
	);
	let due: Found<string> | null = null;
	if (limit) {
		const at = limit.index + limit[0].lastIndexOf(limit[1]!);
		due = dueOf(slice(piece, at, at + limit[1]!.length), year);
	}
	return { item: null, who: printed(who), what: printed(what, 'doubtful'), due };
}

/** A person, short signs ("NH") or an office; not "Die Aufgaben". */
function isActor(who: Text): boolean {
	if (/^\p{Lu}{2,3}$/u.test(who.text) || OFFICES.test(who.text)) return true;
	const person = personOf(who);
	return person !== null && (person.titled || person.words > 1);
}

/** "Frau A übernimmt x, Herr B fragt y": one part per person. */
function clauses(sentence: Text): Text[] {
	return split(sentence, /,\s+(?:und\s+)?(?=(?:Herr|Frau)\s\p{Lu})|\s+(?:->|=>|→|–>)\s+|;\s+/gu);
}

function paragraph(lines: readonly Line[], line: Line): Text | null {
	if (line.gap === 0 && !line.bullet && line.index > 0 && !lines[line.index - 1]!.row) return null;
	let last = line.index;
	while (
		lines[last + 1] &&
		lines[last + 1]!.gap === 0 &&
		!lines[last + 1]!.bullet &&
		!lines[last + 1]!.row &&
		last - line.index < 30
	)
		last++;
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
