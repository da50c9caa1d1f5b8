import { type Text, join, joinLines, slice, split, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, derived, printed } from '../found.ts';
import { type Field, fieldOf } from '../labels.ts';
import { isFirstName } from '../first-names.ts';
import { personOf } from '../persons/person.ts';
import { PARTY } from '../words.ts';
import { bodyIn } from '../bodies.ts';
import { TYPE, type Type } from './type.ts';
import { ROLE } from './consultations.ts';

export function readDepartment(fields: readonly Field[], head: readonly Line[]): Found<string> | null {
	const field =
		fieldOf(
			fields,
			/^(?:verantwortlich|stadtamt|federfuhrend|federfuhrung|federfuhrendes amt|federfuhrende stelle|federfuhrender bereich|federfuhrendes dezernat|fachbereich|amt|fachamt|dezernat|organisationseinheit|geschaftsbereich|fachdienst|zustandiges amt|zustandig|amt fachbereich|dezernat amt|verantwortliche stelle|bearbeitendes amt|fachbereich amt|federfuhrende dienststelle|verantwortliches amt|referat|dez amt|aussteller|einbringendes amt|verantwortlicher bereich|bereich|ressort|federfuhrende organisationseinheit|abteilung)$/,
		) ??
		fieldOf(
			fields.filter((f) => !ROLE.test(f.value.text)),
			/^(?:dienststelle|zustandigkeit)$/,
		);
	const office =
		field?.label === 'dezernat' ? fieldOf(fields, /^(?:amt|stadtamt|fachbereich|organisationseinheit)$/) : null;
	if (field && office && office.value.text !== field.value.text && office.value.text.length < 80)
		return printed(join([field.value, office.value], ', '));
	if (field && field.value.text.length < 140) return printed(strip(field.value, /[\s,;]/));
	for (const line of head.slice(0, 8)) {
		for (const part of line.cells.flatMap((cell) => split(cell, /\s[·|•]\s/g))) {
			if (
				/^(?:Fachdienst|Fachbereich|Amt|Dezernat|Referat|Stabsstelle|Geschäftsbereich|Abteilung|FB|FD|Dez\.)\s+(?:\d|für\s|\p{Lu})/u.test(
					part.text,
				) &&
				part.text.length < 80
			)
				return printed(part, 'doubtful', 'position');
		}
	}
	return null;
}

const FACTION =
	/(?:fraktion|ratsgruppe|^(?:die\s+)?(?:linke|grünen?)\.?$|gruppe\b|liste\b|stadtr[aä]t|gemeinder[aä]t|ratsmitglied|ratsherr|ratsfrau|beirat\b|beirats\b|beirates\b|integrationsrat)/i;

export function readOriginator(
	head: readonly Line[],
	fields: readonly Field[],
	lines: readonly Line[],
	type: Type | null,
): Found<string> | null {
	const label = fieldOf(
		fields.filter((field) => !/^(?:antrag|anfrage|von)$/.test(field.label) || field.colon),
		/^(?:antrag|anfrage|antragsteller|antragstellerin|antragsteller in|antragstellende|antragstellende fraktion|antragstellende fraktionen|einreicher|einreicherin|einreicher in|einreichende fraktion|einbringer|einbringerin|absender|absenderin|fraktion|fraktionen|urheber|urheberin|initiator|eingebracht von|eingereicht von|eingereicht durch|gestellt von|eingebracht durch|fragesteller|fragestellerin|fragesteller in|fragestellende|anfragende|anfrages?steller|anfrages?steller in|anfrages?stellerin|von|vorgelegt von|antragsstellende|antragssteller|antragssteller in|von der fraktion)$/,
	);
	if (label && label.value.text.length < 220 && !/^\d/.test(label.value.text) && !TYPE.test(label.value.text))
		return printed(cleanOriginator(label.value));
	const ofWhom = typeWithOriginator(head, type);
	if (ofWhom) return ofWhom;
	const lone = head.filter(
		(line) =>
			line.text.length < 120 &&
			line.index < 25 &&
			isOriginatorLine(line) &&
			!/sitzung|:|möge|Ausländerbehörde|\d{3}\/\d|e\.\s?V\./i.test(line.text) &&
			!line.row &&
			!bodyOnly(line, head) &&
			!TYPE.test(line.text),
	);
	if (lone.length) {
		const run = [lone[0]!];
		for (const line of head.slice(lone[0]!.index + 1)) {
			if (
				isOriginatorLine(line) &&
				line.gap <= 1 &&
				line.text.length < 120 &&
				line.index === run[run.length - 1]!.index + 1
			)
				run.push(line);
			else break;
		}
		const piece = join(
			run.map((line) => slice(line, 0)),
			'; ',
		);
		return printed(piece, 'doubtful', 'position');
	}
	void lines;
	// A position paper comes from the association on its letterhead.
	const letterhead = /position|offener brief|resolution|empfehlung|forderung|stellungnahme$/i.test(
		type?.found.value ?? '',
	)
		? head
				.slice(0, 4)
				.find(
					(line) =>
						line.index < (type?.line.index ?? 4) &&
						/e\.\s?V\.|(?:^|\s|\p{L})(?:[Vv]erbund|[Vv]erein|[Nn]etzwerk|[Bb]eirat|[Vv]erband|[Bb]ündnis|Runder Tisch|[Ii]nitiative|[Rr]at)(?:\s|$)/u.test(
							line.text,
						),
				)
		: undefined;
	return letterhead ? printed(slice(letterhead, 0), 'doubtful', 'position') : null;
}

/** A line that names a group, a party or councillors; a body only when it is all the line says. */
function isOriginatorLine(line: Line): boolean {
	if (PARTY.test(line.text)) return true;
	if (/^(?:(?:Der|Die)\s)?\S*(?:beirat|integrationsrat)(?:\s(?:der|des|für)\s.{2,40})?$/i.test(line.text))
		return line.text.length < 70;
	return (
		/fraktion|ratsgruppe|\bgruppe\b|wählergemeinschaft|^(?:stadtverordnete|kreistagsmitglied|(?:kreis|bezirks)verordnete)|stadtr[aä]t|gemeinder[aä]t(?!e?s?\s)|ratsmitglied|ratsherr|ratsfrau/i.test(
			line.text,
		) && !/\p{Ll}{3,}\s+(?:in|und)\s+\p{L}{8,}/u.test(line.text)
	);
}

function bodyOnly(line: Line, head: readonly Line[]): boolean {
	void head;
	return (
		!PARTY.test(line.text) &&
		bodyIn(line) !== null &&
		/(?:ausschuss|stadtrat|gemeinderat|kreistag)$/i.test(line.text) &&
		!/fraktion/i.test(line.text)
	);
}

/** "ANTRAG / der Stadträtinnen A und B (XY) sowie der XY-Fraktion vom 3. Mai 2011" */
function typeWithOriginator(head: readonly Line[], type: Type | null): Found<string> | null {
	if (!type) return null;
	const same = /^.{4,60}?\s+(?:der|des|von)\s+(.+)$/u.exec(type.line.text.slice(type.found.piece.text.length - 1));
	const start = same ? type.line.index : type.line.index + 1;
	for (let i = start; i < Math.min(head.length, start + 8); i++) {
		const line = head[i]!;
		if (!/^(?:der|des|von|durch)\s+\p{Lu}/u.test(i === type.line.index ? same![1]!.replace(/^/, 'der ') : line.text))
			continue;
		const parts: Text[] = [];
		if (i === type.line.index) parts.push(slice(line, line.text.length - same![1]!.length));
		else parts.push(slice(line, 0));
		for (
			let j = i + 1;
			j < head.length &&
			head[j]!.gap === 0 &&
			parts.length < 6 &&
			!TYPE.test(head[j]!.text) &&
			!/^[^:]{2,20}:/.test(head[j]!.text);
			j++
		)
			parts.push(slice(head[j]!, 0));
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
	return strip(
		slice(piece, lead && !/^die\s+linke/i.test(piece.text) ? lead[0].length : 0, cut?.index ?? piece.text.length),
		/[\s,;:]/,
	);
}

/** The signature: after "gez.", "Unterzeichnet von:", or the last line with nothing but a name. */
export function readSignatory(lines: readonly Line[], fields: readonly Field[]): Found<string> | null {
	const names: Text[] = [];
	const start = lines.findIndex((line) =>
		/^(?:Unterzeichnet\s+von|gez\.|Unterschrift(?:en)?|Unterzeichner(?:innen)?)(?![\p{L}])/iu.test(line.text),
	);
	if (start >= 0) {
		for (let i = start; i < Math.min(lines.length, start + 8); i++) {
			const lead = /^(?:Unterzeichnet\s+von|gez\.?|Unterschrift(?:en)?|Unterzeichner(?:innen)?)\s*:?\s*/i.exec(
				lines[i]!.text,
			);
			const rest = slice(lines[i]!, lead ? lead[0].length : 0);
			if (!rest.text) continue;
			const beside = lines[i]!.row ? lines[i]!.cells : split(rest, /\s+(?=gez\.\s)/g);
			const found = beside
				.map((part) => slice(part, /^(?:gez\.?\s*)?/i.exec(part.text)![0].length))
				.map((part) => (part.text && part.text.length < 70 ? personOf(part, true) : null))
				.filter((person) => person !== null);
			if (!found.length || (!lead && names.length)) break;
			names.push(...found.map((person) => person.name));
		}
	}
	if (!names.length) {
		const label = fieldOf(
			fields,
			/^(?:unterzeichnet von|unterzeichner|unterschrift|im auftrag|in vertretung|mit freundlichen grussen)$/,
		);
		const person = label && personOf(label.value, true);
		if (person) names.push(person.name);
	}
	if (!names.length) {
		const closing = lines.findLastIndex(
			(line) =>
				/^(?:In\s+Vertretung|Im\s+Auftrag|I\.\s?[AV]\.|Mit\s+freundlichen\s+Grüßen|Für\s+(?:den|die)\s+(?:Vorstand|Fraktion|Beirat))/i.test(
					line.text,
				) && line.text.length < 60,
		);
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
	if (!names.length) {
		// A surname that is a common noun, too (Platz, Haus): the last line of all, after a first name that is known.
		const last = lines.at(-1);
		const pair = last && !last.row && /^(?:(?:Dr|Prof)\.\s+)*(\p{Lu}\p{Ll}+)\s\p{Lu}[\p{L}-]+$/u.exec(last.text);
		if (pair && isFirstName(pair[1]!)) names.push(slice(last, 0));
	}
	if (!names.length) {
		// Several names side by side over their offices.
		for (const line of lines.slice(-6)) {
			const cells = line.row ? line.cells.filter((cell) => cell.text) : [];
			const persons = cells.map((cell) => (cell.text.length < 45 ? personOf(cell, true) : null));
			if (cells.length < 2 || persons.some((person) => !person || person.words < 2 || person.words > 4)) continue;
			names.push(...persons.map((person) => person!.name));
			break;
		}
	}
	return names.length ? derived(names.map((name) => name.text).join(', '), join(names)) : null;
}
