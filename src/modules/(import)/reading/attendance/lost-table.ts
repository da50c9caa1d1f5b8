import { type Text, slice } from '../text.ts';
import type { Line } from '../lines.ts';
import { personOf, type Person } from '../persons/person.ts';
import type { AttendanceStatus } from '../types.ts';
import { statusOf } from './table.ts';

export type LostRow = { person: Person; org: Text | null; status: { value: AttendanceStatus; piece: Text } };
export type LostTable = { rows: LostRow[]; last: number };

const LETTERS: Record<string, AttendanceStatus> = {
	A: 'present',
	E: 'excused',
	F: 'absent',
	U: 'absent',
	J: 'present',
	N: 'absent',
};
const TAIL = /\s(\p{L}+\.?|[+✓✔x-])$/u;

/**
 * A table whose columns were lost in the extraction: every line ends with a mark of presence ("A", "E", "ja", "entschuldigt").
 * What two lines have in common before the mark is the organisation; else the name is what reads as one.
 */
export function lostTable(lines: readonly Line[], i: number): LostTable | null {
	const rows: { line: Line; mark: Text; value: AttendanceStatus; rest: Text }[] = [];
	let last = i;
	for (let j = i; j < lines.length && j < i + 60; j++) {
		const line = lines[j]!;
		if (line.row || (rows.length > 0 && line.gap > 0) || line.text.length > 110) break;
		const tail = TAIL.exec(line.text);
		const value = tail && (LETTERS[tail[1]!] ?? (/^(?:a|e|n|v|j)$/.test(tail[1]!) ? null : statusOf(tail[1]!)));
		if (!tail || !value || !/^\p{Lu}/u.test(line.text) || /:/.test(line.text)) {
			if (j === i && /(?:Status|Teilnahme|Anwesenheit|Anwesend)$/i.test(line.text)) continue;
			break;
		}
		rows.push({ line, mark: slice(line, tail.index), value, rest: slice(line, 0, tail.index) });
		last = j;
	}
	const followed = rows.length === 1 && LETTERS[rows[0]!.mark.text] !== undefined;
	if (rows.length < 2 && !followed) return null;
	const shared = sharedTails(rows.map((row) => row.rest.text));
	const out: LostRow[] = [];
	rows.forEach((row, n) => {
		const cut = shared[n]!;
		const person = personOf(slice(row.rest, 0, cut), true);
		if (!person) return;
		const after = slice(row.rest, cut);
		const rest = after.text ? after : null;
		out.push({
			person: shorten(person, row.rest, rest),
			org: rest ?? person.org,
			status: { value: row.value, piece: row.mark },
		});
	});
	return out.length ? { rows: out, last } : null;
}

/** For each line the place where a tail begins that another line shares; its length when there is none. */
function sharedTails(texts: readonly string[]): number[] {
	const count = new Map<string, number>();
	const tails = texts.map((text) => [...text.matchAll(/\s(?=\p{Lu})/gu)].map((match) => match.index).slice(1));
	texts.forEach((text, n) => {
		for (const at of tails[n]!) count.set(text.slice(at), (count.get(text.slice(at)) ?? 0) + 1);
	});
	return texts.map((text, n) => tails[n]!.find((at) => count.get(text.slice(at))! > 1) ?? text.length);
}

/** Without a shared tail a name of three words and more may have swallowed the organisation: two words are the name. */
function shorten(person: Person, rest: Text, org: Text | null): Person {
	const words = person.name.text.split(' ');
	if (org || words.length < 3 || /^(?:Dr|Prof)\.$/.test(words[0]!) || words.some((word) => /^\p{Ll}/u.test(word)))
		return person;
	const name = slice(
		rest,
		rest.text.indexOf(person.name.text),
		rest.text.indexOf(person.name.text) + words.slice(0, 2).join(' ').length,
	);
	return {
		...person,
		name,
		org: slice(rest, rest.text.indexOf(name.text) + name.text.length),
		words: 2,
		doubtful: true,
	};
}
