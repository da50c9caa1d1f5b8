import { type Text, fold, joinLines, slice, strip } from './text.ts';
import type { Line } from './lines.ts';
import { type Found, derived, printed } from './found.ts';
import { findDates } from './dates.ts';
import { findSpan } from './times.ts';
import { readFields, fieldOf } from './labels.ts';
import { municipalityIn } from './bodies.ts';
import { placeIn } from './session/where.ts';

export type FoundField = {
	number: Found<string> | null;
	title: Found<string>;
	guidelines: Found<string>[];
	approaches: Found<string>[];
	cards: Found<string>[];
};

const WORD =
	'(?:Handlungsfelde?(?:er)?|Handlungs-\\s?feld|Themenfeld|Themeninsel|Thementisch|Thema|Tisch|Arbeitsgruppe|AG|Workshop|Station|Forum|Block|Schwerpunkt|Leitthema|HF|Gruppe|Runde|Stellwand|Feld|Baustein)';
const FIELD = new RegExp(
	`^(?:Zu[mr]?\\s+)?(${WORD})\\s*(?:Nr\\.\\s*)?(\\d{1,2}|[A-H]|[IVX]{1,4})(?![\\p{L}\\d])\\s*[:.)–—-]*\\s*(.*)$`,
	'iu',
);
const GUIDELINES =
	/^(?:\p{L}+\s)?(?:leitlinien?|leitsatz|leitsätze|grundsätze|leitziele?|ziele|zielsetzung(?:en)?|leitgedanken)(?![\p{L}])/iu;
const APPROACHES =
	/^(?:\p{L}+\s)?(?:handlungsansätze|ansätze|maßnahmen(?:ideen|vorschläge)?|handlungsempfehlungen|umsetzungsideen|ansatzpunkte|lösungsansätze|nächste schritte|vorhaben)(?![\p{L}])/iu;
const CARDS =
	/moderationskarten|^(?:karten|kärtchen|stellwand|pinnwand|ideen(?:sammlung)?|anregungen|hinweise|rückmeldungen|beiträge|stichpunkte|wortmeldungen|notizen|metaplan|ergebnisse der diskussion|auf den karten)(?![\p{L}])/iu;
const OTHER =
	/^(?:diskussionsschwerpunkte|diskussion|zusammenfassung|anlage|fazit|ausblick|einleitung|ablauf|inhalt|begrüßung|präambel|zu dieser dokumentation|teilnehm|impressum|zur\s+präambel|vorwort|kontakt|presse|schlusswort)/i;
const CHECK = /[✓✔☑•▪■●*–-]/;

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
		const entry = entryOf(lines, i, section) ?? (section === 'guidelines' ? underLabel(lines, i) : null);
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

/** One list entry with its wrapped lines; nested bullets belong to the entry above them. */
function entryOf(
	lines: readonly Line[],
	i: number,
	section: 'guidelines' | 'approaches' | 'cards',
): { piece: Text; last: number } | null {
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
	void section;
	return piece.text ? { piece, last } : null;
}

/** A single guideline as a plain paragraph right under "Leitlinie:". */
function underLabel(lines: readonly Line[], i: number): { piece: Text; last: number } | null {
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

/** The first line of an information sheet that is neither a letterhead nor a mark of an annex. */
function sheetTitle(head: readonly Line[]): Line | null {
	const plain = head
		.slice(0, 10)
		.filter(
			(line) =>
				line.text.length > 12 &&
				line.text.length < 140 &&
				line.text.includes(' ') &&
				!/^(?:Anlage|Stand|Seite|Amt|Büro|Dezernat|Inhalt)\b|:\s|\bAnlage\s+\d/i.test(line.text) &&
				!/[.;,]$/.test(line.text) &&
				municipalityIn(line)?.value !== line.text,
		);
	return plain.find((line) => line.bold || line.heading) ?? plain[0] ?? null;
}

export type EventHead = {
	municipality: Found<string> | null;
	title: Found<string> | null;
	date: Found<string> | null;
	start: Found<string> | null;
	end: Found<string> | null;
	location: Found<string> | null;
};

/** Title, date and place of the documented event. */
export function readEvent(lines: readonly Line[], cue: Line | null, documented = true): EventHead {
	const head = lines.slice(0, 120);
	const title = cue ?? head.find((line) => line.heading === 1) ?? (documented ? null : sheetTitle(head));
	const parts: Text[] = title ? [slice(title, 0)] : [];
	if (title) {
		for (let i = title.index + 1; i < lines.length && parts.length < 4; i++) {
			const line = lines[i]!;
			const open = parts.length === 1 && parts[0]!.text.length < 22 && line.gap <= 2;
			const goesOn =
				line.gap === 0 &&
				line.bold === title.bold &&
				(/^(?:zu[mr]?|der|des|am|„|im|vom|und|über)\b|^[„"]/u.test(line.text) || title.bold);
			if (
				!(open || goesOn) ||
				/^[^:]{2,20}:\s/.test(line.text) ||
				/^\d+[.)]\s/.test(line.text) ||
				line.text.length > 200
			)
				break;
			parts.push(slice(line, 0));
		}
	}
	const whole = parts.length ? joinLines(parts) : null;
	const fields = readFields(head);
	const term = fieldOf(
		fields,
		/^(?:termin|datum|wann|zeit|datum uhrzeit|veranstaltungstermin|datum und zeit|zeit und ort|datum zeit)$/,
	);
	const place = fieldOf(fields, /^(?:ort|veranstaltungsort|wo|tagungsort|raum)$/);
	const pieces = [...(term ? [term.value] : []), ...(whole ? [whole] : []), ...head.map((line) => line as Text)];
	let date: Found<string> | null = null;
	for (const piece of documented ? pieces : pieces.slice(0, (term ? 1 : 0) + (whole ? 1 : 0))) {
		const [found] = findDates(piece.text);
		if (found?.iso) {
			date = derived(found.iso, slice(piece, found.from, found.to));
			break;
		}
	}
	const clock = fieldOf(fields, /^(?:uhrzeit|zeit|beginn|dauer|termin|wann)$/);
	const spanOf = (piece: Text | undefined) => {
		const span = piece ? findSpan(piece.text) : null;
		return span
			? {
					start: span.start ? derived(span.start, slice(piece!, span.from, span.to)) : null,
					end: span.end ? derived(span.end, slice(piece!, span.from, span.to)) : null,
				}
			: null;
	};
	const times = spanOf(term?.value) ?? spanOf(clock?.value) ?? { start: null, end: null };
	return {
		municipality: head.map((line) => municipalityIn(line)).find((found) => found !== null) ?? null,
		title: whole ? printed(strip(whole, /[\s]/)) : null,
		date,
		...times,
		location: place
			? printed(place.value)
			: ([
					...(whole && documented ? [whole] : []),
					...(documented ? lines.slice(0, 8).filter((l) => l.text.length < 120) : []),
				]
					.map(placeIn)
					.find((found) => found !== null) ?? null),
	};
}
