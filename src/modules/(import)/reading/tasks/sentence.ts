import { type Text, slice, split, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, printed } from '../found.ts';
import { cut, personOf } from '../persons/person.ts';
import { markerOf } from '../markers.ts';
import { type FoundTask, dueOf } from './table.ts';

const ACTOR =
	"((?:(?:Der|Die|Das)\\s+)?(?:(?:Herrn?|Frau|Dr\\.|Prof\\.)\\s+)*\\p{Lu}[\\p{L}.'’-]*(?:[\\s-](?:(?:für|des|der|und)\\s)?(?:\\p{Lu}[\\p{L}.'’-]*)){0,5})";

const DOING =
	'übernimmt|übernehmen|kümmert\\s+sich|kümmern\\s+sich|sagte?n?\\s+zu|sagen\\s+zu|übernahm(?:en)?|erklärt\\s+sich\\s+bereit|klärt|klären|erstellt|erstellen|verschickt|verschicken|versendet|sendet|schickt|schreibt|schreiben|organisiert|organisieren|koordiniert|koordinieren|formuliert|formulieren|entwirft|erarbeitet|erarbeiten|bereitet|bereiten|holt|holen|recherchiert|sammelt|sammeln|liefert|unterbreitet|unterbreiten|erledigt|besorgt|bestellt|druckt|aktualisiert|ergänzt|überarbeitet|vereinbart|reserviert|bucht|beantragt|verteilt|veröffentlicht|prüft|prüfen|meldet(?=\\s(?:den|die|das)\\s)|nimmt\\s+es|regelt|beschafft';

const DOING_WITH =
	'(?:fragt|fragen)(?=.{0,80}(?:\\snach\\W*$|\\sbei\\s))|(?:spricht|sprechen)(?=.{0,120}\\san\\b)|(?:stimmt|stimmen)(?=.{0,120}\\sab\\b)|(?:reicht|reichen)(?=.{0,120}\\snach\\b)|(?:leitet|leiten)(?=.{0,120}\\sweiter\\b)|(?:nimmt|nehmen)(?=.{0,120}Kontakt)|(?:stellt|stellen)(?=.{0,120}\\s(?:zusammen|bereit)\\b)|(?:bringt|bringen)(?=.{0,120}\\smit\\b)';

const PASSIVE = new RegExp(
	`^${ACTOR}\\s+(?:wird|werden)\\s+(?:\\p{L}+\\s+){0,2}?(?:beauftragt|gebeten|aufgefordert)[,\\s]+(.{8,})$`,
	'su',
);

const ACTIVE = new RegExp(`^${ACTOR}\\s+(?:${DOING}|${DOING_WITH}),?\\s+(.{6,})$`, 'su');

const DATED = new RegExp(
	`^${ACTOR}\\s+(?:prüft|prüfen|lädt|informiert|berichtet|meldet|plant|führt|gibt|macht|trifft|\\p{Ll}+t)\\s+(?=.{0,60}\\bbis\\s)(.{6,})$`,
	'su',
);

const ORDER =
	/(?:bittet|bitten|beauftragt|fordert)\s+(?:den|die|das|Herrn|Frau)\s+(\p{Lu}[\p{L}-]+(?:\s(?:der|des|für)?\s?\p{Lu}[\p{L}-]+){0,3})(?:\s+auf)?,\s+(.{8,})$/su;

const OFFICES =
	/^(?:Verwaltung|Magistrat|Vorstand|Geschäftsstelle|Kommission|Koordination|Koordinierungsstelle|Oberbürgermeister(?:in)?|Bürgermeister(?:in)?|Landr(?:at|ätin)|Stadtverwaltung|Vorsitzende[r]?|Beirat|Schriftführ|Sozialamt|Ordnungsamt|Büro|Fach|Amt|Dezernat|Stabsstelle|Arbeitsgruppe|AG|Sprecher|\p{Lu}\p{Ll}+(?:amt|stelle|büro|referat|dezernat|zentrum|abteilung|verwaltung|vorstand)(?![\p{L}]))/u;

const LIMIT =
	/\b(?:bis|im\s+Laufe)\s+(?:spätestens\s+)?(?:zum\s+|zur\s+|des\s+)?((?:\d{1,2}\.\s?(?:\d{1,2}\.(?:\s?\d{2,4})?|\p{L}+(?:\s\d{4})?))|(?:Ende|Anfang|Mitte)\s\p{L}+(?:\s\d{4})?|nächsten?\s+(?:Sitzung|Treffen|Woche)|\p{Lu}\p{L}{2,}(?:sitzung|ferien|pause|treffen)|KW\s?\d{1,2}|(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?:\s\d{4})?|Ostern|Pfingsten|Weihnachten|Jahresende|Jahreswechsel)/u;

/** A sentence that gives something to do to somebody named: an order, or a plain statement of who does what. */
export function assigned(sentence: Text, year: number | null): (Omit<FoundTask, 'item'> & { item: null }) | null {
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
	if (!isActor(who) || /^(?:Es|Er|Sie|Wir|Dies|Das|Man|Beschluss)\b/.test(who.text)) return null;
	const what = strip(
		slice(piece, passive || order ? piece.text.length - match[2]!.length : match[1]!.length),
		/[\s.,]/,
	);
	// Who writes these very minutes or leads the meeting has no task.
	if (
		/^(?:schreibt|führt|übernimmt|übernahm)\s+(?:heute\s+)?(?:das\s+Protokoll|die\s+(?:Protokoll|Schrift|Sitzungs|Versammlungs)\p{L}+|die\s+(?:Moderation|Leitung))\W*$/iu.test(
			what.text,
		)
	)
		return null;
	let due: Found<string> | null = null;
	let told = what;
	const noted = /\((?:Frist|Termin|T|bis)\s*:?\s*(?:bis\s+)?(?:zum\s+)?([^()]{3,40})\)/u.exec(piece.text);
	if (!limit && noted) {
		const at = noted.index + noted[0].lastIndexOf(noted[1]!);
		due = dueOf(slice(piece, at, at + noted[1]!.length), year);
	}
	if (limit) {
		const at = limit.index + limit[0].lastIndexOf(limit[1]!);
		due = dueOf(slice(piece, at, at + limit[1]!.length), year);
		told = /^\d{4}-/.test(due.value) ? without(what, limit[0]) : what;
	}
	return { item: null, who: printed(who), what: printed(told, 'doubtful'), due };
}

/** A date that is told as the due date need not stand in the task as well. */
function without(what: Text, phrase: string): Text {
	const at = what.text.indexOf(phrase);
	if (at < 0 || what.text.length - phrase.length < 12) return what;
	return slice(cut(what, at, phrase.length + (what.text[at + phrase.length] === ' ' ? 1 : 0)), 0);
}

const POINTED = /^(.{8,300}?)[.,;:]?\s*(?:→|⇒|->|=>|–>)\s*([^→]{3,60})$/su;
const BRACKETED = /^(.{6,200}\p{Ll}n)\s*\(([^()]{4,60})\)\.?$/su;

/** "… → Frau A, bis 3.5." and "Plakat entwerfen (Frau A, bis 3.5.)": what is to be done, then who and until when. */
export function pointedAt(piece: Text, year: number | null): (Omit<FoundTask, 'item'> & { item: null }) | null {
	const match = POINTED.exec(piece.text) ?? BRACKETED.exec(piece.text);
	if (!match) return null;
	const from = piece.text.lastIndexOf(match[2]!);
	const tail = slice(piece, from, from + match[2]!.length);
	const [name, ...rest] = split(tail, /,\s+|\s+(?=bis\s)/g);
	if (!name || rest.length > 1 || name.text.split(' ').length > 4 || !isActor(name)) return null;
	const person = personOf(name);
	if (person && person.name.text.length < name.text.length - 14) return null;
	const limit = rest[0] && slice(rest[0], /^(?:bis|Termin|Frist|T)?\s*:?\s*(?:zum\s+)?/u.exec(rest[0].text)![0].length);
	return {
		item: null,
		who: printed(name, 'sure'),
		what: printed(strip(slice(piece, 0, match[1]!.length), /[\s.,;]/), 'doubtful'),
		due: limit?.text ? dueOf(limit, year) : null,
	};
}

/** A person, short signs ("NH") or an office; not "Die Aufgaben". */
function isActor(who: Text): boolean {
	if (/^\p{Lu}{2,3}$/u.test(who.text) || OFFICES.test(who.text)) return true;
	const person = personOf(who);
	return person !== null && (person.titled || person.words > 1);
}

/** "Frau A übernimmt x, Herr B fragt y": one part per person. */
export function clauses(sentence: Text): Text[] {
	return split(sentence, /,\s+(?:und\s+)?(?=(?:Herr|Frau)\s\p{Lu})|\s+(?:->|=>|→|–>)\s+|;\s+/gu);
}

/** "Zu TOP 2:" or a short title right above the text of its item. */
function isTitle(lines: readonly Line[], line: Line | undefined): boolean {
	const marker = line && markerOf(line);
	const next = line && lines[line.index + 1];
	if (!marker || !next || next.gap > 0 || next.bullet || next.row) return false;
	if (!marker.rest.text) return true;
	return line.text.length < 60 && !/[.!?,;-]$/.test(line.text) && /^\p{Lu}/u.test(next.text);
}

export function paragraph(lines: readonly Line[], line: Line): Text | null {
	if (isTitle(lines, line)) return null;
	const above = isTitle(lines, lines[line.index - 1]);
	if (line.gap === 0 && !above && !line.bullet && line.index > 0 && !lines[line.index - 1]!.row && !markerOf(line))
		return null;
	let last = line.index;
	while (
		lines[last + 1] &&
		lines[last + 1]!.gap === 0 &&
		!lines[last + 1]!.bullet &&
		!lines[last + 1]!.row &&
		!markerOf(lines[last + 1]!) &&
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
