import { type Text, slice, strip } from './text.ts';
import type { Line } from './lines.ts';
import type { Agenda } from './agenda.ts';
import { type Found, printed } from './found.ts';
import { sentences } from './votes/sentences.ts';
import { type FoundTask, taskTable, dueOf } from './tasks/table.ts';
import { assigned, clauses, paragraph, pointedAt } from './tasks/sentence.ts';

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
		const pointed = pointedAt(block, year);
		if (pointed) {
			tasks.push({ ...pointed, item: agenda.itemAt(line)?.number ?? null });
			continue;
		}
		for (const clause of sentences(block).flatMap(clauses)) {
			const task = assigned(clause, year);
			if (task) tasks.push({ ...task, item: agenda.itemAt(line)?.number ?? null });
		}
	}
	return tasks;
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
