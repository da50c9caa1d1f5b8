import { type Text, join, joinLines, slice, split, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, derived, printed } from '../found.ts';
import { type Field, fieldOf } from '../labels.ts';
import { findDates } from '../dates.ts';
import { personOf } from '../persons.ts';
import { PARTY } from '../words.ts';
import { municipalityIn, bodyIn } from '../bodies.ts';
import { key, notPaper } from '../numbers.ts';
import { type FoundConsultation, readConsultations } from './consultations.ts';

export type FoundPaper = {
	municipality: Found<string> | null;
	body: Found<string> | null;
	title: Found<string> | null;
	number: Found<string> | null;
	paperType: Found<string> | null;
	date: Found<string> | null;
	department: Found<string> | null;
	originator: Found<string> | null;
	refersTo: Found<string>[];
	signatory: Found<string> | null;
	public: Found<boolean> | null;
	consultations: FoundConsultation[];
	/** When the head names the session the paper was written for. */
	sessionNumber: Found<number> | null;
};

const GENERIC = /^(?:drucksache|vorlage)$/i;
const TYPE = /^((?:(?:interfraktioneller?|gemeinsamer?|dringlicher?|schriftliche|kleine|große|mündliche|öffentliche[rs]?)\s+)?(?:\p{L}*antrag|\p{L}*anfrage|\p{L}*vorlage|drucksache|\p{L}*stellungnahme|information(?:en)?|mitteilung|bekanntgabe|beantwortung|antwort|bericht|positionspapier|resolution|empfehlung|offener\s+brief|beschlussvorschlag|kenntnisgabe|tischvorlage|anregung)(?:\s+(?:der|des|zum|zur|zu|für|an|auf|aus|im|über|nach|gemäß|gem\.)\s+.{2,60})?)$/iu;
const TYPE_IN_LINE = /(?<![\p{L}])((?:\p{L}*(?:änderungs|ergänzungs|prüf|dringlichkeits|eil|initiativ|haushalts)antrag|antrag|\p{L}*anfrage|\p{L}*(?:beschluss|informations|mitteilungs|berichts|verwaltungs|sitzungs)vorlage|\p{L}*stellungnahme(?:\s+(?:der\s+Verwaltung|zu(?:m|r)?\s+\p{Lu}\p{L}+))?|information(?!svorlage)|mitteilung|drucksache|vorlage))(?![\p{L}-])/iu;
const END_OF_FORM = /^(?:Beschluss(?:antrag|vorschlag|text|empfehlung|entwurf)?\b|Beratungsfolge|Begründung|Kurzfassung|Sachverhalt|Sachdarstellung|Antragstext|Antrag\s*:\s*$|Der\s.{3,60}(?:möge|wolle|beschließt|beauftragt)|Die\s.{3,60}(?:möge|wolle|beschließt)|Finanzielle|Zusammenfassung|Gremi(?:um|en)\b|Verteiler\b|\d{1,2}[.)]\s|Wir\s+(?:bitten|fragen|beantragen)|Sehr\s+geehrte|Fragen?\s*:|Erläuterung|Hinzugefügt|Stellungnahme\s*:)/iu;
const BOILERPLATE = /^(?:gedruckt\s+auf|seite\s|tel\b|telefon|e-mail|www\.|fax|stand:|status:|öffentlich$|nichtöffentlich$|az\b|aktenzeichen|bearbeiter|ansprechpartner|auskunft|zu\s+top\b|anlage\b|der\s+oberbürgermeister$|die\s+oberbürgermeisterin$|der\s+bürgermeister$|die\s+bürgermeisterin$|rathaus|postfach)/i;
const NUMBER_LABEL = /^(?:vorlage|vorlagen|vorlage nr|vorlagen nr|vorlagennummer|vorlagen nummer|drucksache|drucksache nr|drucksachen nr|drucksachennummer|drucksachen nummer|ds nr|drs nr|drs|nummer|nr|antrag nr|antrags nr|antragsnummer|anfrage nr|anfragen nr|anfragennummer|stellungnahme nr|information nr|informations nr|beschlussvorlage nr|bv nr|mitteilung nr|anderungsantrag nr|informationsvorlage nr|antragsnr|registriernummer|kennung|vorlagen id|beschlussvorlage|drucksachen)$/;
const NUMBER = /((?:(?!Nr)[\p{L}]{1,5}[-/ ]?)?(?:\p{L}{1,3}-)?\d[\p{L}\d]*(?:\s?[-/.](?=[\p{L}\d])[\p{L}\d]+){0,5})/u;

/** Reads the form head of a council paper. */
export function readPaper(lines: readonly Line[], fields: readonly Field[]): FoundPaper {
	const chain = readConsultations(lines);
	const formEnd = endOfForm(lines, chain.from);
	const head = lines.slice(0, formEnd);
	const formFields = fields.filter((field) => field.line.index < Math.max(formEnd + 12, 40));
	const type = readType(head, formFields);
	const number = readNumber(head, formFields, type);
	const refersTo = readRefersTo(lines, head, fields, number, type);
	const date = readDate(head, lines, formFields);
	const originator = readOriginator(head, formFields, lines, type);
	const consultations = chain.list.length ? chain.list : sessionInHead(head);
	const numbered = head.slice(0, 20).find((line) => /^\d{1,3}\.\s.{0,60}sitzung/i.test(line.text) && findDates(line.text).length > 0);
	return {
		municipality: first(head, municipalityIn) ?? first(lines.slice(0, 60), municipalityIn),
		body: null,
		title: readTitle(lines, head, formFields, { type, number, originator, chainFrom: chain.from, chainTo: chain.to }),
		number,
		paperType: type ? type.found : null,
		date,
		department: readDepartment(formFields, head),
		originator,
		refersTo,
		signatory: readSignatory(lines, fields),
		public: readPublic(head) ?? publicOf(consultations),
		consultations,
		sessionNumber: numbered ? derived(Number(/^\d+/.exec(numbered.text)![0]), slice(numbered, 0, /^\d+/.exec(numbered.text)![0].length)) : null
	};
}

function first<T>(lines: readonly Line[], read: (piece: Text) => T | null): T | null {
	for (const line of lines) {
		const found = read(line);
		if (found) return found;
	}
	return null;
}

function endOfForm(lines: readonly Line[], chainFrom: number): number {
	const most = Math.min(lines.length, 60);
	for (let i = 1; i < most; i++) {
		const line = lines[i]!;
		if (i === chainFrom && i > 2) return i;
		if (END_OF_FORM.test(line.text) && i > 2 && !TYPE.test(line.text)) return i;
		if (line.text.length > 240) return i;
	}
	return Math.min(lines.length, 30);
}

type Type = { found: Found<string>; line: Line };

function readType(head: readonly Line[], fields: readonly Field[]): Type | null {
	const label = fieldOf(fields, /^(?:art|art der vorlage|vorlagenart|vorlagentyp|drucksachenart|typ|dokumentart|papierart|art der drucksache|drucksache art|drucksachen art|art)$/);
	if (label) return { found: printed(label.value), line: label.line };
	let generic: Type | null = null;
	for (const line of head) {
		for (const cell of line.cells) {
			const text = cell.text.replace(/[\s:]+$/, '').replace(/(?<=\p{L})\s+Nr\.?\s*\S*\d\S*$/iu, '');
			if (text.length > 90 || /^(?:Antrag|Anfrage|Information|Drucksache|Vorlage)\s*:/i.test(cell.text)) continue;
			const match = TYPE.exec(text.replace(/\s+(?:nicht\s?)?öffentlich$/i, ''));
			if (match && GENERIC.test(match[1]!)) generic ??= { found: printed(slice(cell, 0, match[1]!.length), 'doubtful'), line };
			else if (match && !/\bNr\b/i.test(match[1]!)) {
				const legal = match[1]!.search(/\s+(?:gemäß|gem\.|nach\s+§)/iu);
				if (legal > 0) return { found: printed(slice(cell, 0, legal)), line };
				const long = /^(.{4,80}?)\s+(?:der|des)\s+(?:Stadtr|Fraktion|CDU|SPD|FDP|Grün|GRÜN|Die\s|Linke|Abgeord|Herrn|Frau|Beirat|Ausschuss|Stadtverordnet|Ratsfraktion|Gemeinderats|Gruppe|\p{L}*[fF]raktion)/u.exec(match[1]!);
				return { found: printed(slice(cell, 0, long ? long[1]!.length : match[1]!.length)), line };
			}
			const zu = /^(\p{L}*stellungnahme\s+zu(?:m|r)?\s+(?:\p{L}*antrag|\p{L}*anfrage))(?:\s|$)/iu.exec(text);
			if (zu) return { found: printed(slice(cell, 0, zu[1]!.length)), line };
		}
	}
	for (const line of head) {
		if (line.text.length > 150) continue;
		const match = TYPE_IN_LINE.exec(line.text);
		if (match && !/^(?:vorlage|drucksache)$/i.test(match[1]!)) return { found: printed(slice(line, match.index, match.index + match[1]!.length)), line };
	}
	if (generic) return generic;
	for (const line of head) {
		const match = TYPE_IN_LINE.exec(line.text);
		if (match) return { found: printed(slice(line, match.index, match.index + match[1]!.length), 'doubtful'), line };
	}
	return null;
}

function readNumber(head: readonly Line[], fields: readonly Field[], type: Type | null): Found<string> | null {
	for (const field of fields) {
		const label = field.label.replace(/^(?:die|der)\s/, '');
		if (!NUMBER_LABEL.test(label)) continue;
		const match = NUMBER.exec(field.value.text);
		if (match && match.index < 12 && !notPaper(match[1]!, '')) return printed(strip(slice(field.value, match.index, match.index + match[1]!.length), /[\s.]/));
	}
	const label = /(?<![\p{L}])(?:(?:\p{L}*[Vv]orlagen?|Drucksachen?|DS|Drs\.?|Antrags?|Anfragen?|Stellungnahme|Informations?|BV|VO|Änderungsantrags?|Beschlussvorlagen?)[-\s]*(?:Nr\.?|Nummer)|Drucksache(?=[\s:])|Drs\.|Vorlage(?=[\s:])|DS(?=[\s:]))\s*[:–-]?\s*/iu;
	for (const line of head) {
		const match = label.exec(line.text);
		const token = match && NUMBER.exec(line.text.slice(match.index + match[0].length));
		if (match && token && token.index === 0 && (/Nr|Nummer/i.test(match[0]) || /[/-][\dIVX]/.test(token[1]!)) && !notPaper(token[1]!, '') && !/^\d{1,2}\.\d/.test(token[1]!)) {
			const at = match.index + match[0].length;
			return printed(strip(slice(line, at, at + token[1]!.length), /[\s.]/));
		}
	}
	// A bare number of a plain scheme in the head, or a figure under the type line ("STELLUNGNAHME zu Antrag / 114").
	for (const line of head.slice(0, 25)) {
		for (const cell of line.cells) {
			const match = /^(?:[A-ZÄÖÜ]{1,3}\s?\d{2,4}\/\d{2,4}(?:\/\d+)?|(?:[A-ZÄÖÜ][A-Za-z]{0,4}[/-])?(?:19|20)\d{2}[/-]\d{3,5}(?:[/-]\d{1,3})?|\d{3,5}\/(?:19|20)\d{2}(?:-(?:19|20)?\d{2})?|[A-ZÄÖÜ]{2,4}[-/]\d{1,4}[/-](?:20)?\d{2}|[IVX]+[-/][A-Z]{0,4}[-/]?\d{3,5})$/u.exec(cell.text);
			if (match && !notPaper(match[0], '')) return printed(slice(cell, 0));
		}
	}
	if (type) {
		const own = /\b(?:Nr\.?\s*)?(\d{1,4}(?:\/\d{2,4})?)$/.exec(type.line.text);
		if (own && own[1] && !/^(?:19|20)\d{2}$/.test(own[1])) return printed(slice(type.line, own.index + own[0].length - own[1].length), 'doubtful', 'position');
		const next = head[type.line.index + 1];
		if (next && /^\d{1,4}$/.test(next.text) && next.gap === 0) return printed(slice(next, 0), 'doubtful', 'position');
	}
	return null;
}

const REFERS = /(?:zum|zur|zu|auf|betrifft|bezug(?:nehmend)?(?:\s+auf)?|ursprünglichen?|des|der|Bezug:)\s+(?:(?:dem|der|den|die)\s+)?(?:ursprünglichen?\s+|schriftlichen\s+|interfraktionellen\s+)?(?:\p{L}*[Aa]ntrags?|\p{L}*[Aa]nfrage|Drucksache|\p{L}*[Vv]orlage|DS|Drs\.?|Information)(?:[-\s]*(?:Nr\.?|Nummer))?\s*:?\s*/giu;

function readRefersTo(lines: readonly Line[], head: readonly Line[], fields: readonly Field[], number: Found<string> | null, type: Type | null): Found<string>[] {
	const out = new Map<string, Found<string>>();
	const add = (piece: Text, confidence: 'sure' | 'doubtful' = 'sure') => {
		const id = key(piece.text);
		if (!piece.text || (number && id === key(number.value)) || out.has(id) || notPaper(piece.text, '')) return;
		out.set(id, printed(piece, confidence));
	};
	const field = fieldOf(fields.filter((f) => f.line.index < 60), /^(?:zum zur|zu|zum|zur|bezug|bezugnehmend auf|zu antrag|zum antrag|zur anfrage|zu anfrage|ursprungsantrag|zu drucksache|bezieht sich auf|zugehorige vorlage|bezugsvorlage|zu vorlage|betrifft|hauptantrag|zur vorlage|zur drucksache|bezugsantrag|antwort auf|anderung zu|bezug vorlage)$/);
	if (field) {
		const tokens = [...field.value.text.matchAll(/(?:\p{L}{1,5}[-/]?)?\d[\p{L}\d]*(?:[-/][\p{L}\d]+){1,4}/gu)];
		for (const token of tokens) if (!findDates(token[0]).length) add(slice(field.value, token.index, token.index + token[0].length));
	}
	const derivedType = /änderungs|ergänzungs|stellungnahme|antwort|beantwortung|zusatz|austausch/i.test(type?.found.value ?? '');
	if (derivedType && !out.size) {
		for (const line of [...head, ...lines.slice(head.length, head.length + 12)]) {
			for (const match of line.text.matchAll(REFERS)) {
				const token = /^((?:\p{L}{1,5}[-/ ]?)?\d[\p{L}\d]*(?:[-/][\p{L}\d]+){0,4})/u.exec(line.text.slice(match.index + match[0].length));
				if (token && /[/-]/.test(token[1]!)) add(slice(line, match.index + match[0].length, match.index + match[0].length + token[1]!.length));
			}
		}
		const suffix = number && /^(.*\d)[/-](\d{1,2})$/.exec(number.value);
		if (!out.size && number && suffix && /\d[/-]\d/.test(suffix[1]!)) out.set(key(suffix[1]!), derived(suffix[1]!, slice(number.piece, 0, suffix[1]!.length), 'doubtful', 'derived'));
		// A statement filed under the number of the motion it answers.
		if (!out.size && number && /stellungnahme\s+zu/i.test(type!.found.value)) out.set(key(number.value), { ...number, confidence: 'doubtful', note: 'same-as-number' });
	}
	return [...out.values()];
}

function readDate(head: readonly Line[], lines: readonly Line[], fields: readonly Field[]): Found<string> | null {
	const keys = [/^(?:datum|eingang|eingangsdatum|eingegangen|eingegangen am|eingereicht am|vorlagendatum|antragsdatum|datum der vorlage|erstellt|erstellt am|erstelldatum|ausgegeben|ausgabedatum|datum des antrags|anfragedatum|vom|stand|verfasst am|ort datum)$/];
	for (const pattern of keys) {
		for (const field of fields) {
			if (!pattern.test(field.label)) continue;
			const [date] = findDates(field.value.text);
			if (date?.iso) return derived(date.iso, slice(field.value, date.from, date.to));
		}
	}
	const block = joinLines(head.map((line) => slice(line, 0)));
	const vom = [...block.text.matchAll(/(?<!Sitzung\s)\bvom\s+/g)];
	for (const match of vom) {
		const [date] = findDates(block.text.slice(match.index + match[0].length, match.index + match[0].length + 40));
		if (date?.iso && date.from < 4) return derived(date.iso, slice(block, match.index + match[0].length + date.from, match.index + match[0].length + date.to));
	}
	for (const line of head) {
		if (/sitzung|gemeinderat|stadtrat|termin/i.test(line.text) || line.text.length > 90) continue;
		const [date] = findDates(line.text);
		if (date?.iso) return derived(date.iso, slice(line, date.from, date.to), 'doubtful', 'position');
	}
	for (const line of lines.slice(-8)) {
		const match = /^\p{Lu}[\p{L} .-]{2,40},\s*(?:den\s+|der\s+)?/u.exec(line.text);
		const [date] = match ? findDates(line.text.slice(match[0].length)) : [];
		if (match && date?.iso && date.from < 3) return derived(date.iso, slice(line, match[0].length + date.from, match[0].length + date.to), 'doubtful', 'position');
	}
	return null;
}

function readDepartment(fields: readonly Field[], head: readonly Line[]): Found<string> | null {
	const field =
		fieldOf(fields, /^(?:verantwortlich|stadtamt|federfuhrend|federfuhrung|federfuhrendes amt|federfuhrende stelle|federfuhrender bereich|federfuhrendes dezernat|fachbereich|amt|fachamt|dezernat|organisationseinheit|geschaftsbereich|fachdienst|zustandiges amt|zustandig|amt fachbereich|dezernat amt|verantwortliche stelle|bearbeitendes amt|fachbereich amt|federfuhrende dienststelle|verantwortliches amt|referat|dez amt|aussteller|einbringendes amt|verantwortlicher bereich|bereich|ressort|federfuhrende organisationseinheit|abteilung)$/) ??
		fieldOf(fields, /^(?:dienststelle|zustandigkeit)$/);
	const office = field?.label === 'dezernat' ? fieldOf(fields, /^(?:amt|stadtamt|fachbereich|organisationseinheit)$/) : null;
	if (field && office && office.value.text !== field.value.text && office.value.text.length < 80) return printed(join([field.value, office.value], ', '));
	if (field && field.value.text.length < 140) return printed(strip(field.value, /[\s,;]/));
	for (const line of head.slice(0, 8)) {
		for (const part of line.cells.flatMap((cell) => split(cell, /\s[·|•]\s/g))) {
			if (/^(?:Fachdienst|Fachbereich|Amt|Dezernat|Referat|Stabsstelle|Geschäftsbereich|Abteilung|FB|FD|Dez\.)\s+(?:\d|für\s|\p{Lu})/u.test(part.text) && part.text.length < 80) return printed(part, 'doubtful', 'position');
		}
	}
	return null;
}

const FACTION = /(?:fraktion|ratsgruppe|^(?:die\s+)?(?:linke|grünen?)\.?$|gruppe\b|liste\b|stadtr[aä]t|gemeinder[aä]t|ratsmitglied|ratsherr|ratsfrau|beirat\b|beirats\b|beirates\b|integrationsrat)/i;

function readOriginator(head: readonly Line[], fields: readonly Field[], lines: readonly Line[], type: Type | null): Found<string> | null {
	const label = fieldOf(fields.filter((field) => !/^(?:antrag|anfrage|von)$/.test(field.label) || field.colon), /^(?:antrag|anfrage|antragsteller|antragstellerin|antragsteller in|antragstellende|antragstellende fraktion|antragstellende fraktionen|einreicher|einreicherin|einreicher in|einreichende fraktion|einbringer|einbringerin|absender|absenderin|fraktion|fraktionen|urheber|urheberin|initiator|eingebracht von|eingereicht von|eingereicht durch|gestellt von|eingebracht durch|fragesteller|fragestellerin|fragesteller in|fragestellende|anfragende|anfrages?steller|anfrages?steller in|anfrages?stellerin|von|vorgelegt von|antragsstellende|antragssteller|antragssteller in|von der fraktion)$/);
	if (label && label.value.text.length < 220 && !/^\d/.test(label.value.text) && !TYPE.test(label.value.text)) return printed(cleanOriginator(label.value));
	const ofWhom = typeWithOriginator(head, type);
	if (ofWhom) return ofWhom;
	const lone = head.filter((line) => line.text.length < 120 && line.index < 25 && isOriginatorLine(line) && !/sitzung|:|möge|Ausländerbehörde|\d{3}\/\d|e\.\s?V\./i.test(line.text) && !line.row && !bodyOnly(line, head) && !TYPE.test(line.text));
	if (lone.length) {
		const run = [lone[0]!];
		for (const line of head.slice(lone[0]!.index + 1)) {
			if (isOriginatorLine(line) && line.gap <= 1 && line.text.length < 120 && line.index === run[run.length - 1]!.index + 1) run.push(line);
			else break;
		}
		const piece = join(run.map((line) => slice(line, 0)), '; ');
		return printed(piece, 'doubtful', 'position');
	}
	void lines;
	// A position paper comes from the association on its letterhead.
	const letterhead = /position|offener brief|resolution|empfehlung|forderung|stellungnahme$/i.test(type?.found.value ?? '') ? head.slice(0, 4).find((line) => line.index < (type?.line.index ?? 4) && /e\.\s?V\.|(?:^|\s|\p{L})(?:[Vv]erbund|[Vv]erein|[Nn]etzwerk|[Bb]eirat|[Vv]erband|[Bb]ündnis|Runder Tisch|[Ii]nitiative|[Rr]at)(?:\s|$)/u.test(line.text)) : undefined;
	return letterhead ? printed(slice(letterhead, 0), 'doubtful', 'position') : null;
}

/** A line that names a group, a party or councillors; a body only when it is all the line says. */
function isOriginatorLine(line: Line): boolean {
	if (PARTY.test(line.text)) return true;
	if (/^(?:(?:Der|Die)\s)?\S*(?:beirat|integrationsrat)(?:\s(?:der|des|für)\s.{2,40})?$/i.test(line.text)) return line.text.length < 70;
	return /fraktion|ratsgruppe|\bgruppe\b|stadtr[aä]t|gemeinder[aä]t(?!e?s?\s)|ratsmitglied|ratsherr|ratsfrau/i.test(line.text) && !/\p{Ll}{3,}\s+(?:in|und)\s+\p{L}{8,}/u.test(line.text);
}

function bodyOnly(line: Line, head: readonly Line[]): boolean {
	void head;
	return !PARTY.test(line.text) && bodyIn(line) !== null && /(?:ausschuss|stadtrat|gemeinderat|kreistag)$/i.test(line.text) && !/fraktion/i.test(line.text);
}

/** "ANTRAG / der Stadträtinnen A und B (XY) sowie der XY-Fraktion vom 18. Oktober 2005" */
function typeWithOriginator(head: readonly Line[], type: Type | null): Found<string> | null {
	if (!type) return null;
	const same = /^.{4,60}?\s+(?:der|des|von)\s+(.+)$/u.exec(type.line.text.slice(type.found.piece.text.length - 1));
	const start = same ? type.line.index : type.line.index + 1;
	for (let i = start; i < Math.min(head.length, start + 8); i++) {
		const line = head[i]!;
		if (!/^(?:der|des|von|durch)\s+\p{Lu}/u.test(i === type.line.index ? same![1]!.replace(/^/, 'der ') : line.text)) continue;
		const parts: Text[] = [];
		if (i === type.line.index) parts.push(slice(line, line.text.length - same![1]!.length));
		else parts.push(slice(line, 0));
		for (let j = i + 1; j < head.length && head[j]!.gap === 0 && parts.length < 6 && !TYPE.test(head[j]!.text) && !/^[^:]{2,20}:/.test(head[j]!.text); j++) parts.push(slice(head[j]!, 0));
		const whole = joinLines(parts);
		const opening = whole.text.slice(0, 60);
		if (i > type.line.index + 1 && line.gap === 0 && head[i - 1] !== type.line) continue;
		if (!FACTION.test(opening) && !/\b(?:CDU|SPD|FDP|AfD|GRÜNE|Linke|Herrn|Frau|Stadtr)/.test(opening)) continue;
		if (/^(?:der|des)\s+(?:Stadt|Gemeinde|Satzung|Ordnung)\s/u.test(opening)) continue;
		const cut = /\s+vom\s+\d|\s*,?\s+(?:betreffend|betr\.|zum\s+Thema|zur\s+Sitzung)/iu.exec(whole.text);
		return printed(cleanOriginator(slice(whole, 0, cut?.index)), 'sure');
	}
	return null;
}

function cleanOriginator(piece: Text): Text {
	const lead = /^(?:der|des|die|von|durch)\s+(?=\p{L})/iu.exec(piece.text);
	const cut = /\s+vom\s+\d{1,2}\./.exec(piece.text);
	return strip(slice(piece, lead && !/^die\s+linke/i.test(piece.text) ? lead[0].length : 0, cut?.index ?? piece.text.length), /[\s,;:]/);
}

/** A paper that names its session only in the headline ("18. Plenarsitzung des Gemeinderates am 22. November 2005"). */
function sessionInHead(head: readonly Line[]): FoundConsultation[] {
	for (const line of head.slice(0, 20)) {
		if (!/sitzung/i.test(line.text) || line.text.length > 160) continue;
		const [date] = findDates(line.text);
		const body = bodyIn(line) ?? (/\b(?:Sitzung|SITZUNG)\s+(?:DES|DER|des|der)\s+(\p{L}+)/u.test(line.text) ? lowerBody(line) : null);
		if (!date?.iso || !body) continue;
		const open = /(?<!nicht)(?<!nicht\s)öffentlich/i.exec(line.text);
		return [{ body, date: derived(date.iso, slice(line, date.from, date.to)), public: open ? derived(true, slice(line, open.index, open.index + open[0].length)) : null, role: null }];
	}
	return [];
}

function lowerBody(line: Line): Found<string> | null {
	const match = /\bSITZUNG\s+DE[SR]\s+(\p{L}+)/iu.exec(line.text);
	if (!match) return null;
	const at = match.index + match[0].length - match[1]!.length;
	const word = match[1]!;
	const value = (word.slice(0, 1) + word.slice(1).toLowerCase()).replace(/(rat|tag)e?s$/, '$1');
	return derived(value, slice(line, at, at + word.length), 'sure', 'nominative');
}

type Known = { type: Type | null; number: Found<string> | null; originator: Found<string> | null; chainFrom: number; chainTo: number };

function readTitle(lines: readonly Line[], head: readonly Line[], fields: readonly Field[], known: Known): Found<string> | null {
	const label = fieldOf(fields, /^(?:bezeichnung|betreff|betr|hier|titel|kurztitel|gegenstand|thema|beratungsgegenstand|bezeichnung der vorlage|gegenstand der vorlage|betrifft|bezeichnung des antrags|uberschrift|gegenstand des antrags|antragsgegenstand|kurzbezeichnung|betreff der vorlage|titel des antrags|titel der vorlage|kurztext|gegenstand der anfrage)$/);
	if (label && label.value.text.length > 3) return printed(strip(wrapped(lines, label), /[\s]/));
	const taken = takenLines(head, fields, known);
	const limit = known.chainFrom > 0 ? Math.max(known.chainFrom, 0) : head.length;
	let blocks = blocksOf(head.filter((line) => line.index < limit), taken);
	if (!blocks.length) blocks = blocksOf(lines.slice(0, 40).filter((line) => line.index < 40 && !END_OF_FORM.test(line.text)), taken);
	const best = blocks.map((block) => ({ block, score: rateTitle(block, known) })).sort((a, b) => b.score - a.score)[0];
	if (!best) return null;
	return printed(strip(joinLines(best.block.map((line) => slice(line, 0))), /[\s]/), 'doubtful', 'position');
}

/** A labelled title that goes on in the next lines or cells. */
function wrapped(lines: readonly Line[], field: Field): Text {
	if (field.line.row) return field.value;
	const parts: Text[] = [field.value];
	for (let i = field.line.index + 1; i < lines.length && parts.length < 5; i++) {
		const line = lines[i]!;
		if (line.gap > 0 || line.row || /^[^:]{2,40}:(?:\s|$)/.test(line.text) || END_OF_FORM.test(line.text) || TYPE.test(line.text)) break;
		if (/[.!?]$/.test(parts[parts.length - 1]!.text) && !/\b(?:z\.B|e\.V|u\.a|bzw)\.$/.test(parts[parts.length - 1]!.text)) break;
		parts.push(slice(line, 0));
	}
	return joinLines(parts);
}

function takenLines(head: readonly Line[], fields: readonly Field[], known: Known): Set<Line> {
	const taken = new Set<Line>();
	for (const field of fields) {
		if (field.line.index >= (known.chainFrom > 0 ? known.chainFrom : Infinity)) continue;
		if (field.value.text.length < 120 || /^(?:datum|eingang)/.test(field.label)) taken.add(field.line);
	}
	if (known.type) taken.add(known.type.line);
	const offsets = new Set<number>();
	for (const found of [known.number, known.originator]) for (const at of found?.piece.at ?? []) offsets.add(at);
	for (const line of head) {
		if (line.at.some((at) => offsets.has(at))) taken.add(line);
		if (BOILERPLATE.test(line.text) || (TYPE.test(line.text) && line.text.split(' ').length < 5) || /^[^:]{2,40}:$/.test(line.text) || /^[\d\s.,/x|-]+$/i.test(line.text)) taken.add(line);
		if (/sitzung\b.*\d{4}|^(?:stadt|landeshauptstadt|landkreis|gemeinde|hansestadt|universitätsstadt|markt|kreisstadt)\s+\p{L}+(?:\s\p{L}+)?$/iu.test(line.text) || (PARTY.test(line.text) && line.text.length < 40) || /^\S*fraktion\S*$/i.test(line.text)) taken.add(line);
		if (line.row && line.cells.filter((cell) => cell.text).length > 1) taken.add(line);
		if (/^doppelhaushalt\b|^haushalt(?:splan)?\s+\d{4}/i.test(line.text)) taken.add(line);
	}
	return taken;
}

function blocksOf(lines: readonly Line[], taken: ReadonlySet<Line>): Line[][] {
	const blocks: Line[][] = [];
	let block: Line[] = [];
	for (const line of lines) {
		if (taken.has(line) || line.text.length > 260) {
			if (block.length) blocks.push(block);
			block = [];
			continue;
		}
		if (block.length && (line.gap > 0 || line.index !== block[block.length - 1]!.index + 1)) {
			blocks.push(block);
			block = [];
		}
		block.push(line);
	}
	if (block.length) blocks.push(block);
	return blocks.map(titleOfBlock).filter((b) => b.length > 0 && b.length <= 6);
}

/** A short first line above prose without a blank line between is a heading of its own. */
function titleOfBlock(block: Line[]): Line[] {
	if (block.length < 4) return block;
	const width = Math.max(...block.map((line) => line.text.length));
	const [first, second] = block as [Line, Line];
	const alone = first.text.length < width * 0.8 && !/[.,;:-]$/.test(first.text) && /^\p{Lu}/u.test(second.text) && second.text.length > width * 0.8;
	return alone && first.text.length > 12 && /[.!?]$/m.test(block.map((line) => line.text).join('\n')) ? [first] : block;
}

function rateTitle(block: readonly Line[], known: Known): number {
	const text = block.map((line) => line.text).join(' ');
	let score = Math.min(text.length, 120) / 40;
	if (block[0]!.bold || block[0]!.heading) score += 1.5;
	if (known.type && block[0]!.index > known.type.line.index) score += 1;
	if (known.chainFrom > 0 && block[block.length - 1]!.index === known.chainFrom - 1) score += 1.5;
	if (/^(?:der|des|von|zum|zur|über|am)\s/.test(text)) score -= 1;
	if (/[.;]$/.test(text) && !/\b(?:e\.\s?V|u\.\s?a|etc)\.$/.test(text)) score -= 3;
	if (/[.!?]\s+\p{Lu}\p{Ll}+\s/u.test(text)) score -= 1;
	score -= block[0]!.index * 0.02;
	if (findDates(text).length && text.length < 50) score -= 2;
	if (personOf(block[0]!, true) && text.split(' ').length < 6) score -= 2;
	if (/ \| |^An\s(?:den|die|das|Herrn|Frau)\b/.test(text)) score -= 3;
	if (/@|Telefon|Straße \d|\d{5}\s\p{Lu}/u.test(text)) score -= 3;
	if (municipalityIn(block[0]!) && text.split(' ').length < 5) score -= 2;
	return score;
}

/** The signature: after "gez.", "Unterzeichnet von:", or the last line with nothing but a name. */
function readSignatory(lines: readonly Line[], fields: readonly Field[]): Found<string> | null {
	const names: Text[] = [];
	const start = lines.findIndex((line) => /^(?:Unterzeichnet\s+von|gez\.|Unterschrift(?:en)?|Unterzeichner(?:innen)?)(?![\p{L}])/iu.test(line.text));
	if (start >= 0) {
		for (let i = start; i < Math.min(lines.length, start + 8); i++) {
			const lead = /^(?:Unterzeichnet\s+von|gez\.?|Unterschrift(?:en)?|Unterzeichner(?:innen)?)\s*:?\s*/i.exec(lines[i]!.text);
			const rest = slice(lines[i]!, lead ? lead[0].length : 0);
			if (!rest.text) continue;
			const person = rest.text.length < 70 ? personOf(rest, true) : null;
			if (!person) break;
			names.push(person.name);
		}
	}
	if (!names.length) {
		const label = fieldOf(fields, /^(?:unterzeichnet von|unterzeichner|unterschrift|im auftrag|in vertretung|mit freundlichen grussen)$/);
		const person = label && personOf(label.value, true);
		if (person) names.push(person.name);
	}
	if (!names.length) {
		const closing = lines.findLastIndex((line) => /^(?:In\s+Vertretung|Im\s+Auftrag|I\.\s?[AV]\.|Mit\s+freundlichen\s+Grüßen|Für\s+(?:den|die)\s+(?:Vorstand|Fraktion|Beirat))/i.test(line.text) && line.text.length < 60);
		for (const line of closing < 0 ? [] : lines.slice(closing + 1, closing + 4)) {
			const person = line.text.length < 70 ? personOf(line, true) : null;
			if (!person || person.words < 2) continue;
			names.push(person.name);
			break;
		}
	}
	if (!names.length) {
		for (const line of lines.slice(-4).reverse()) {
			const person = line.text.length < 50 ? personOf(line, true) : null;
			if (person && person.words >= 2 && person.words <= 4 && person.name.text.length > line.text.length - 18) {
				names.push(person.name);
				break;
			}
		}
	}
	return names.length ? derived(names.map((name) => name.text).join(', '), join(names)) : null;
}

/** When all stations agree, the paper is as public as they are. */
function publicOf(consultations: readonly FoundConsultation[]): Found<boolean> | null {
	const flags = consultations.map((station) => station.public);
	const first = flags[0];
	return first && flags.every((flag) => flag?.value === first.value) ? { ...first, confidence: 'doubtful', note: 'derived' } : null;
}

function readPublic(head: readonly Line[]): Found<boolean> | null {
	for (const line of head) {
		const closed = /(?<!\p{L})nicht[\s-]?öffentlich(?!\p{L})/iu.exec(line.text);
		if (closed && line.text.length < 90) return derived(false, slice(line, closed.index, closed.index + closed[0].length));
		const open = /(?<!\p{L})öffentlich(?:e)?(?!\p{L})/iu.exec(line.text);
		if (open && line.text.length < 90) return derived(true, slice(line, open.index, open.index + open[0].length));
	}
	return null;
}

