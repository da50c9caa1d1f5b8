import { type Text, fold, slice, strip } from './text.ts';
import type { Line } from './lines.ts';
import { type Found, printed } from './found.ts';
import { entryOf, underLabel } from './documentation/entries.ts';
import { APPROACHES, CARDS, CHECK, FIELD, GUIDELINES, OTHER } from './documentation/words.ts';

export type FoundField = {
	number: Found<string> | null;
	title: Found<string>;
	guidelines: Found<string>[];
	approaches: Found<string>[];
	cards: Found<string>[];
};

/** Fields of action with their guidelines, approaches and moderation cards. */
export function readDocumentation(lines: readonly Line[]): FoundField[] {
	const fields = new Map<string, FoundField & { source: string }>();
	let current: FoundField | null = null;
	let section: 'guidelines' | 'approaches' | 'cards' | null = null;
	let annex = false;
	let word = '';
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i]!;
		if (inContents(line)) continue;
		const head = !line.bullet || line.bold || line.heading ? FIELD.exec(line.text) : null;
		if (head && isFieldHead(line, head)) {
			const kind = head[1]!.toLowerCase();
			const title = titleAfter(lines, i, head[3]!);
			const number = head[2]!;
			const known = fields.get(number);
			if (known && !alike(known.title.value, title.text) && kind !== word) {
				current = null;
				section = null;
				continue;
			}
			if (!known && title.text) {
				if (word && kind !== word && fields.size > 1) {
					current = null;
					section = null;
					continue;
				}
				word ||= kind;
				const at = line.text.indexOf(number, head[1]!.length);
				fields.set(number, {
					number: printed(slice(line, at, at + number.length)),
					title: printed(title),
					guidelines: [],
					approaches: [],
					cards: [],
					source: kind,
				});
			}
			current = fields.get(number) ?? null;
			// Cards stand in an annex under "Zum Handlungsfeld N"; group reports use other words for the same numbers.
			section =
				known && /^Zum?\b/.test(line.text) ? 'cards' : known && kind !== known.source ? null : known ? 'cards' : null;
			if (known && kind !== known.source) current = null;
			continue;
		}
		if (!line.bullet && line.text.length < 140) {
			const label = line.text.replace(/^\d+[.)]\s*/, '');
			if (isHeadingLine(lines, i) || /:$/.test(line.text)) {
				if (APPROACHES.test(label)) section = 'approaches';
				else if (GUIDELINES.test(label)) section = 'guidelines';
				else if (CARDS.test(label)) section = annex && !current ? null : 'cards';
				else if (OTHER.test(label)) {
					if (/^anlage/i.test(label)) {
						annex = true;
						current = null;
					}
					section = null;
				} else if (line.heading && line.heading <= 2) {
					current = null;
					section = null;
				} else if (section !== 'cards' || line.heading) section = null;
				continue;
			}
		}
		if (!current || !section) continue;
		const entry = entryOf(lines, i) ?? (section === 'guidelines' ? underLabel(lines, i) : null);
		if (!entry) continue;
		current[section].push(printed(entry.piece));
		i = entry.last;
	}
	return [...fields.values()]
		.map(({ source, ...field }) => (void source, field))
		.filter((field) => fields.size > 1 || field.guidelines.length + field.approaches.length + field.cards.length > 0);
}

function inContents(line: Line): boolean {
	return (
		/\.{3,}\s*\d+\s*$|…+\s*\d+\s*$/.test(line.text) ||
		(line.row && /^\d{1,3}$/.test(line.cells[line.cells.length - 1]!.text) && /\.{2,}/.test(line.text))
	);
}

function isFieldHead(line: Line, head: RegExpExecArray): boolean {
	if (line.text.length > 160 || line.row) return false;
	if (
		/^(?:AG|HF|Thema|Gruppe|Runde|Feld|Ziele)$/i.test(head[1]!) &&
		!line.heading &&
		!line.bold &&
		!/^[:–-]/.test(line.text.slice(head[1]!.length + 1 + head[2]!.length).trim())
	)
		return false;
	if (/^[\p{Ll},]/u.test(head[3]!)) return false;
	return line.heading > 0 || line.bold || line.gap > 0;
}

/** The title behind the number, or in the next heading line. */
function titleAfter(lines: readonly Line[], i: number, rest: string): Text {
	const line = lines[i]!;
	const paren = rest.replace(/\s*\((?:keine|ohne|\d+)\s[^)]*\)\s*$/i, '');
	if (paren)
		return strip(
			slice(line, line.text.length - rest.length, line.text.length - rest.length + paren.length),
			/[\s„“"”:]/,
		);
	const next = lines[i + 1];
	return next && !next.bullet && next.text.length < 160 && !GUIDELINES.test(next.text)
		? strip(slice(next, 0), /[\s:]/)
		: { text: '', at: [] };
}

function alike(a: string, b: string): boolean {
	if (!b) return true;
	const x = new Set(fold(a).split(' '));
	return fold(b)
		.split(' ')
		.some((w) => w.length > 3 && x.has(w));
}

function isHeadingLine(lines: readonly Line[], i: number): boolean {
	const line = lines[i]!;
	if (line.heading || line.bold) return true;
	if (/^\d+[.)]/.test(line.text) && line.text.length > 60) return false;
	return (
		line.gap > 0 &&
		!/[.!?,;]$/.test(line.text) &&
		line.text.length < 100 &&
		!CHECK.test(line.bullet || 'x') &&
		(!lines[i + 1] || lines[i + 1]!.gap > 0 || lines[i + 1]!.bullet !== '')
	);
}
