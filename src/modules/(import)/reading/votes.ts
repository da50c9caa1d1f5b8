import { type Text, joinLines, slice } from './text.ts';
import type { Line } from './lines.ts';
import type { Agenda } from './agenda.ts';
import type { Item } from './agenda/item.ts';
import { type Found, derived, printed } from './found.ts';
import { markerOf } from './markers.ts';
import {
	type FoundVote,
	type Figures,
	CELL,
	CELL_NO,
	CELL_ABS,
	UNANIMOUS,
	MAJORITY,
	DECIDED,
	hasFigures,
	voteIn,
} from './votes/figures.ts';
import { sentences } from './votes/sentences.ts';

const LABEL =
	/(?:^|\s)(?:Abstimmungs?(?:ergebnis(?:se)?|verhalten)?|Ergebnis(?:\s+der\s+Abstimmung)?|Beschlussergebnis|Beschlussfassung|Votum|Stimmergebnis|Stimmverhältnis|Stimmen|Abst\.?(?:-?\s?Erg(?:ebnis|\.)?)?|Beratungsergebnis|Wahlergebnis|Empfehlungsergebnis)\s*:/i;

/** Every vote or election with a printed result, in order, with the agenda item it belongs to. */
export function readVotes(lines: readonly Line[], agenda: Agenda): FoundVote[] {
	const votes: FoundVote[] = [];
	const used = new Set<Line>();
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i]!;
		if (used.has(line)) continue;
		if (!mayTell(line)) continue;
		const item = agenda.itemAt(line);
		const found = tableVote(lines, i, used) ?? labelledVote(lines, i, used);
		if (found) for (const vote of found) votes.push({ ...vote, item: itemOf(vote, item, agenda) });
		else for (const vote of sentenceVotes(lines, i, used)) votes.push({ ...vote, item: item?.number ?? null });
	}
	return tidy(votes, agenda);
}

function mayTell(line: Line): boolean {
	return /einstimmig|einmütig|mehrheit|stimm|enth\.|enthalt|dafür|dagegen|\d\s?[:/]\s?\d|ergebnis|\bja\b|votum|gewählt|abst/i.test(
		line.text,
	);
}

/** "16.1: Einstimmige Zustimmung" names its item itself. */
function itemOf(vote: FoundVote, item: Item | null, agenda: Agenda): Found<string> | null {
	const own = /^(?:TOP\s*|Zu\s+(?:TOP\s*)?)?(\d{1,2}(?:\.\d{1,2})*[a-z]?)\s*[:.)]\s/i.exec(vote.text.value);
	const named = own && agenda.items.find((other) => other.number?.value === own[1]);
	return (named ?? item)?.number ?? null;
}

/** A label, then the result in the same line or in the lines below, one vote per line that has a result. */
function labelledVote(lines: readonly Line[], i: number, used: Set<Line>): FoundVote[] | null {
	const line = lines[i]!;
	const label =
		LABEL.exec(line.text) ??
		(/^(?:Abstimmungsergebnis|Abstimmung|Beratungsergebnis|Wahlergebnis|Stimmergebnis)$/i.test(line.text)
			? { 0: line.text, index: 0 }
			: null);
	if (!label) return null;
	const rest = slice(line, label.index + label[0].length);
	if (rest.text) {
		const parts: Line[] = [line];
		const pieces: Text[] = [rest];
		for (let j = i + 1; j < lines.length && j < i + 4; j++) {
			const next = lines[j]!;
			if (next.gap > 0 || LABEL.test(next.text) || !isFigureLine(next)) break;
			pieces.push(slice(next, 0));
			parts.push(next);
		}
		const vote = voteIn(joinLines(pieces), true);
		if (!vote) return null;
		parts.forEach((part) => used.add(part));
		return [vote];
	}
	const votes: FoundVote[] = [];
	const block: Line[] = [];
	for (let j = i + 1; j < lines.length && j <= i + 8; j++) {
		const next = lines[j]!;
		if (j > i + 1 && next.gap > (block.length && isFigureLine(block[0]!) ? 1 : 0)) break;
		if (j > i + 1 && next.gap > 0 && !isFigureLine(next)) break;
		block.push(next);
	}
	if (block.length && block.every((next) => isFigureLine(next))) {
		const vote = voteIn(joinLines(block.map((next) => slice(next, 0))), true);
		if (vote) {
			block.forEach((next) => used.add(next));
			return [vote];
		}
	}
	for (const next of block) {
		const vote = next.text.length < 260 ? voteIn(slice(next, 0), true) : null;
		if (!vote) break;
		used.add(next);
		votes.push(vote);
	}
	return votes.length ? votes : null;
}

/** "Ja: 9", "Nein-Stimmen 0", "2 Enthaltungen": a line with nothing but one figure and its label. */
function isFigureLine(line: Line): boolean {
	return (
		line.text.length < 60 &&
		new RegExp(
			`^(?:[•-]\\s*)?(?:(?:${CELL}|${CELL_NO}|${CELL_ABS}|Anwesend|Stimmberechtigte?|Ungültig|Befangen|Mitglieder)\\s*[:=]?\\s*(?:\\d{1,3}|keine|[-–])|(?:\\d{1,3}|keine)\\s+(?:${CELL}|${CELL_NO}|${CELL_ABS}))(?![\\p{L}\\d])`,
			'iu',
		).test(line.text)
	);
}

/** A table with Ja | Nein | Enthaltung over figures, or the same without visible columns. */
function tableVote(lines: readonly Line[], i: number, used: Set<Line>): FoundVote[] | null {
	const line = lines[i]!;
	const next = lines[i + 1];
	const heads = line.row ? line.cells.map((cell) => cell.text) : line.text.split(/\s+/);
	const kind = heads.map((head) =>
		new RegExp(`^(?:${CELL})\\.?:?$`, 'iu').test(head)
			? 'yes'
			: new RegExp(`^(?:${CELL_NO})\\.?:?$`, 'iu').test(head)
				? 'no'
				: new RegExp(`^(?:${CELL_ABS})\\.?:?$`, 'iu').test(head)
					? 'abstain'
					: null,
	);
	if (!next || !kind.includes('yes') || !kind.includes('no')) return null;
	const votes: FoundVote[] = [];
	for (let j = i + 1; j < lines.length && j < i + 30; j++) {
		const row = lines[j]!;
		const cells = row.row
			? row.cells
			: [...row.text.matchAll(/\S+/g)].map((m) => slice(row, m.index, m.index + m[0].length));
		const figures: Figures = { yes: null, no: null, abstain: null };
		if (cells.length !== heads.length) break;
		kind.forEach((name, c) => {
			const value =
				name && /^\d{1,3}$/.test(cells[c]!.text)
					? Number(cells[c]!.text)
					: name && /^[-–]$/.test(cells[c]!.text)
						? 0
						: null;
			if (name && value !== null) figures[name] = derived(value, cells[c]!);
		});
		if (!figures.yes || !figures.no || (!row.row && row.gap > 0)) break;
		used.add(row);
		const unanimous = UNANIMOUS.exec(row.text);
		votes.push({
			item: null,
			text: printed(slice(row, 0)),
			...figures,
			unanimous: derived(!!unanimous, row),
			labelled: true,
			majority: false,
		});
		if (!row.row) break;
	}
	if (votes.length) used.add(line);
	return votes.length ? votes : null;
}

/** Results inside running text: "… wird mit 9 Ja-Stimmen bei einer Enthaltung beschlossen." */
function sentenceVotes(lines: readonly Line[], i: number, used: Set<Line>): FoundVote[] {
	let first = i;
	while (
		first > 0 &&
		lines[first]!.gap === 0 &&
		!lines[first]!.bullet &&
		!markerOf(lines[first - 1]!) &&
		!lines[first - 1]!.row &&
		i - first < 6 &&
		!used.has(lines[first - 1]!)
	)
		first--;
	let last = i;
	while (
		lines[last + 1] &&
		lines[last + 1]!.gap === 0 &&
		!lines[last + 1]!.bullet &&
		!lines[last + 1]!.row &&
		last - i < 6 &&
		!LABEL.test(lines[last + 1]!.text)
	)
		last++;
	const block = lines.slice(first, last + 1);
	const own = block.filter((line) => hasFigures(line.text)).length > 1;
	const pieces = own ? block.map((line) => slice(line, 0)) : sentences(joinLines(block.map((line) => slice(line, 0))));
	const out: FoundVote[] = [];
	for (const sentence of pieces) {
		const text = sentence.text;
		if (!UNANIMOUS.test(text) && !MAJORITY.test(text) && !hasFigures(text)) continue;
		if (
			!DECIDED.test(text) &&
			!/Das\s+ist|Zustimmung|Gegenstimme|Enthaltung|begrüßt|unterstützt|befürwortet|lehnt|erledigt|bittet|wählt/i.test(
				text,
			) &&
			text.length > 24
		)
			continue;
		if (
			/(?:könnte|sollte|würde|wenn|falls|müsste|kann nur|bedarf|erforderlich|notwendig|für Integration|Zweidrittelmehrheit\s+(?:erforderlich|nötig)|die\s+Mehrheit\s+der\s+(?:\p{L}+))/iu.test(
				text,
			) &&
			!hasFigures(text) &&
			!UNANIMOUS.test(text)
		)
			continue;
		const vote = voteIn(sentence, false);
		if (vote) out.push(vote);
	}
	for (const line of block) if (line.index >= i) used.add(line);
	return out;
}

/** Where an item has a labelled result, the spoken repetition ("Das ist einstimmig.") is not a second vote. */
function tidy(votes: readonly FoundVote[], agenda: Agenda): FoundVote[] {
	const key = (vote: FoundVote) => vote.item?.value ?? '';
	const labelled = new Set(votes.filter((vote) => vote.labelled).map(key));
	const parents = new Set([...labelled].map((number) => number.replace(/\.\d+$/, '')));
	void agenda;
	const out: FoundVote[] = [];
	for (const vote of votes) {
		if (!vote.labelled && (labelled.has(key(vote)) || (parents.has(key(vote)) && key(vote) !== ''))) continue;
		const last = out[out.length - 1];
		const bare = !vote.yes && !vote.no && !vote.abstain;
		if (
			last &&
			key(last) === key(vote) &&
			bare &&
			!vote.labelled &&
			last.unanimous.value === vote.unanimous.value &&
			/^(?:Das|Dies|Damit|Somit|Auch)\b/.test(vote.text.value)
		)
			continue;
		out.push(vote);
	}
	return out;
}
