import { type Text, slice, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, derived, printed } from '../found.ts';
import { findDates } from '../dates.ts';

export type FoundConsultation = {
	body: Found<string>;
	date: Found<string> | null;
	public: Found<boolean> | null;
	role: Found<string> | null;
};

const BODY_HEAD =
	/^(?:gremium|gremien|beratungsfolge|verteiler|ausschuss|ausschüsse|sitzungsfolge|beratungsgang|beratung in|gremium\/ausschuss|beratende gremien|organ|gremiumsname|vorberatung|zur beratung|beratung im|beratung\b|vorgesehene beratung)/i;
const DATE_HEAD =
	/^(?:termin|datum|tag|sitzungstermin|sitzungsdatum|sitzungstag|sitzung am|am|sitzung|geplante sitzungstermine|beratungstermin|sitzung am|beratung am)$/i;
const FLAG_HEAD =
	/^(?:ö\s?\/\s?n(?:ö)?|ö|nö|n|öffentlich|nichtöffentlich|status|öffentlichkeit(?:sstatus)?|behandlung|art|öff\.?)$/i;
export const ROLE =
	/(?<!\p{L})(Kenntnisnahme|Entscheidung|Vorberatung|Beratung|Beschluss(?:fassung|empfehlung)?|Behandlung|Anhörung|Empfehlung|Stellungnahme|Genehmigung|Information|vorberatend|beschließend|entscheidend|zur\s+Kenntnis|Mitwirkung|Entscheid)(?!\p{L})/iu;

const HEAD_ONLY =
	/^(?:(?:Sitzung(?:stermin|sdatum)?|Behandlung|Zuständigkeit|Tag|Termin|Datum|TOP|Ergebnis|Ö\s?\/\s?N|ö|nö|Gremium|Art|Status|Beratung|öffentlich|Abstimmung)\s*)+$/i;

/** The consultation chain: rows of body and date under "Gremium … Termin", "Beratungsfolge" or "Verteiler … Tag". */
export function readConsultations(lines: readonly Line[]): { list: FoundConsultation[]; from: number; to: number } {
	for (let i = 0; i < Math.min(lines.length, 120); i++) {
		const head = headOf(lines, i);
		if (!head) continue;
		const rows = rowsAfter(lines, head.next, head.flags);
		if (rows.list.length) return { list: rows.list, from: i, to: rows.next };
	}
	return bareRows(lines);
}

/** Without a heading: two or more lines in the form head that each name a body and a date. */
function bareRows(lines: readonly Line[]): { list: FoundConsultation[]; from: number; to: number } {
	for (let i = 0; i < Math.min(lines.length, 40); i++) {
		let j = i;
		const list: FoundConsultation[] = [];
		while (j < lines.length && lines[j]!.text.length < 120) {
			const line = lines[j]!;
			const [date] = findDates(line.text);
			const named =
				date?.iso &&
				/^(?:\d\.\s)?(?:\p{Lu}[\p{L}-]*(?:rat|ausschuss|beirat|tag|versammlung|vertretung|kommission|vorstand)|Rat|Ausschuss|Beirat|Magistrat|Kommission|Senat)(?![\p{L}])/u.test(
					line.text,
				);
			const row = named ? rowOf(line, date, null, []) : null;
			if (!row || /sitzung/i.test(line.text)) break;
			list.push(row);
			j++;
		}
		if (list.length > 1 || (list.length === 1 && i > 0 && /(?:für|in|im)$/.test(lines[i - 1]!.text)))
			return { list, from: i, to: j };
	}
	return { list: [], from: -1, to: -1 };
}

function headOf(lines: readonly Line[], i: number): { next: number; flags: string[] } | null {
	const line = lines[i]!;
	if (line.text.length > 140 || findDates(line.text).length) return null;
	const cells = line.row ? line.cells.map((cell) => cell.text) : line.text.split(/\s+(?=\S)/);
	const words = line.row ? cells.filter(Boolean) : cells;
	const body = words.some((word) => BODY_HEAD.test(word)) || /^(?:Beratungsfolge|Verteiler)\b/i.test(line.text);
	if (!body) return null;
	const date =
		words.some((word) => DATE_HEAD.test(word)) ||
		(line.row && words.some((word) => /kenntnisnahme|entscheidung|zuständigkeit/i.test(word)));
	const flags = words.filter((word) => FLAG_HEAD.test(word));
	if (date || flags.length) return { next: i + 1, flags };
	if (/^(?:Beratungsfolge|Verteiler|Gremien|Sitzungsfolge|Beratungsgang)\b.{0,40}$/i.test(line.text)) {
		const next = lines[i + 1];
		const more = next && headOf(lines, i + 1);
		return more ?? { next: i + 1, flags: [] };
	}
	return null;
}

function rowsAfter(
	lines: readonly Line[],
	from: number,
	flags: readonly string[],
): { list: FoundConsultation[]; next: number } {
	const list: FoundConsultation[] = [];
	let pending: Text | null = null;
	let i = from;
	for (; i < lines.length; i++) {
		const line = lines[i]!;
		if (!list.length && i < from + 3 && HEAD_ONLY.test(line.text)) continue;
		const [date] = findDates(line.text);
		const open = list[list.length - 1];
		if (date?.iso && open && !open.date && !line.row && line.text.length - (date.to - date.from) < 3) {
			open.date = derived(date.iso, slice(line, date.from, date.to));
			continue;
		}
		if (/^\d{1,3}\.\s.{0,30}Sitzung\b/i.test(line.text) && list.length) continue;
		if (!date?.iso) {
			const cells = line.row ? line.cells.filter((cell) => cell.text) : [line];
			const named =
				/(?:rat|ausschuss|beirat|versammlung|vertretung|kommission|bürgermeister(?:in)?|tag|vorstand|magistrat)(?:\s|$|es\b)/iu.test(
					line.text,
				) && line.text.length < 120;
			if (line.row && named && list.length + (pending ? 0 : 1) > 0 && !/[.:]$/.test(line.text)) {
				list.push({
					body: printed(cells[0]!),
					date: null,
					public: flagIn(line.text, flags, line),
					role: roleIn(line, 0),
				});
				continue;
			}
			const next = lines[i + 1];
			if (
				!line.row &&
				line.gap <= 1 &&
				named &&
				next &&
				findDates(next.text)[0]?.iso &&
				next.gap <= 1 &&
				line.text.length < 90 &&
				!/[.:]$/.test(line.text)
			) {
				pending = pending
					? {
							text: `${pending.text} ${line.text}`,
							at: [...pending.at, pending.at[pending.at.length - 1]!, ...line.at],
						}
					: slice(line, 0);
				continue;
			}
			break;
		}
		// The step's result in a row of its own: "16.03.2017 | 6. Sitzung des … | überwiesen".
		if (open && line.row && date.from < 2 && /sitzung\b/i.test(line.text)) {
			const held = derived(date.iso, slice(line, date.from, date.to));
			if (open.date) list.push({ ...open, date: held });
			else open.date = held;
			continue;
		}
		if (/[.]\s\p{Lu}/u.test(line.text) && line.text.length > 160) break;
		if (!line.row && list.length && line.gap > 1) break;
		const found = rowOf(line, date, pending, flags);
		pending = null;
		if (!found) break;
		list.push(found);
	}
	return { list, next: i };
}

function rowOf(
	line: Line,
	date: { from: number; to: number; iso: string | null },
	pending: Text | null,
	flags: readonly string[],
): FoundConsultation | null {
	let body = strip(slice(line, 0, date.from), /[\s:,;.|–-]/);
	const am = /\s+(?:am|WV)$/.exec(body.text);
	if (am) body = slice(body, 0, am.index);
	const number = /^\d{1,2}\s*[.)]?\s+(?=\p{Lu})/u.exec(body.text);
	if (number) body = slice(body, number[0].length);
	const flag = /^(Ö|N|NÖ|nö)\s+(?=\p{Lu}\p{L})/u.exec(body.text);
	if (flag) body = slice(body, flag[0].length);
	let after = slice(line, date.to);
	if (!/\p{L}{2}/u.test(body.text) && pending) body = pending;
	else if (pending && body.text)
		body = {
			text: `${pending.text} ${body.text}`,
			at: [...pending.at, pending.at[pending.at.length - 1]!, ...body.at],
		};
	if (!/\p{L}{2}/u.test(body.text)) {
		// Date first, body behind it.
		const behind = line.row ? line.cells.find((cell) => /\p{L}{3}/u.test(cell.text)) : null;
		body = behind ?? strip(slice(after, 0, after.text.search(/\s(?:ö|n|x|nö|Ö|N)\b|$/u)), /[\s:,;–-]/);
		after = slice(line, line.text.indexOf(body.text) + body.text.length);
	}
	const lead = line.row
		? line.cells.find((cell) => cell.text && cell.at[0]! <= body.at[0]! && /\p{L}{2}/u.test(cell.text))
		: null;
	if (lead && lead.text.length < body.text.length && body !== pending) body = lead;
	if (!/\p{L}{2}/u.test(body.text) || body.text.length > 140) return null;
	let role = roleIn(line, body.text.length);
	const trailing = /^(.{4,}?)\s+(?:Vorberatung|Entscheidung|Kenntnisnahme|Beschlussfassung|Anhörung|Beratung)$/u.exec(
		body.text,
	);
	if (trailing && role === null) {
		const word = slice(body, trailing[1]!.length);
		role = printed(word);
		body = slice(body, 0, trailing[1]!.length);
	}
	const rest =
		/^(.*?)\s*[-–(,]\s*(?:zur\s+)?(?:Vorberatung|Beratung|Entscheidung|Kenntnisnahme|Beschluss\p{L}*|Anhörung)\)?$/iu.exec(
			body.text,
		);
	if (rest && rest[1]!.length > 3) {
		const word = ROLE.exec(body.text.slice(rest[1]!.length));
		if (word && !role)
			role = printed(slice(body, rest[1]!.length + word.index, rest[1]!.length + word.index + word[0].length));
		body = slice(body, 0, rest[1]!.length);
	}
	return {
		body: printed(body),
		date: derived(date.iso!, slice(line, date.from, date.to)),
		public: flag ? derived(flag[1] === 'Ö', line) : flagIn(line.row ? beside(line, body) : after.text, flags, line),
		role,
	};
}

/** The other cells of the row. */
const beside = (line: Line, body: Text): string =>
	line.cells
		.filter((cell) => cell.text && cell.at[0] !== body.at[0])
		.map((cell) => cell.text)
		.join(' ');

function roleIn(line: Line, from: number): Found<string> | null {
	const match = ROLE.exec(line.text.slice(from));
	return match ? printed(slice(line, from + match.index, from + match.index + match[0].length)) : null;
}

/** "Ö"/"N" in the row, or an "x" under the first of two flag columns. */
function flagIn(text: string, flags: readonly string[], line: Line): Found<boolean> | null {
	if (/nicht\s?öffentlich|(?<![\p{L}])n(?:ö)?(?![\p{L}.])/iu.test(text)) return derived(false, line);
	if (/öffentlich|(?<![\p{L}])ö(?![\p{L}])/iu.test(text)) return derived(true, line);
	if (flags.length >= 2 && /(?<![\p{L}])x(?![\p{L}])/iu.test(text)) {
		const cells = line.cells;
		if (cells.length > 3) {
			const at = cells.findIndex((cell) => /^x$/i.test(cell.text));
			const first = cells.slice(0, at).filter((cell) => /\d|\p{L}/u.test(cell.text)).length;
			return derived(at === first || cells[at + 1]?.text === '', line, 'doubtful', 'position');
		}
		return derived(true, line, 'doubtful', 'position');
	}
	return null;
}
