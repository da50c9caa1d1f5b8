import { type Text, slice, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, derived, printed } from '../found.ts';
import { type Field, fieldOf } from '../labels.ts';
import { findDates } from '../dates.ts';
import { key, notPaper } from '../numbers.ts';
import type { Type } from './type.ts';

const NUMBER_LABEL =
	/^(?:vorlage|vorlagen|vorlage nr|vorlagen nr|vorlagennummer|vorlagen nummer|drucksache|drucksache nr|drucksachen nr|drucksachennummer|drucksachen nummer|ds nr|drs nr|drs|nummer|nr|antrag nr|antrags nr|antragsnummer|anfrage nr|anfragen nr|anfragennummer|stellungnahme nr|information nr|informations nr|beschlussvorlage nr|bv nr|mitteilung nr|anderungsantrag nr|informationsvorlage nr|antragsnr|registriernummer|kennung|vorlagen id|beschlussvorlage|drucksachen)$/;

const NUMBER = /((?:(?!Nr)[\p{L}]{1,5}[-/ ]?)?(?:\p{L}{1,3}-)?\d[\p{L}\d]*(?:\s?[-/.](?=[\p{L}\d])[\p{L}\d]+){0,5})/u;

export function readNumber(head: readonly Line[], fields: readonly Field[], type: Type | null): Found<string> | null {
	for (const field of fields) {
		const label = field.label.replace(/^(?:die|der)\s/, '');
		if (!NUMBER_LABEL.test(label)) continue;
		const match = NUMBER.exec(field.value.text);
		if (match && match.index < 12 && !notPaper(match[1]!, ''))
			return printed(strip(slice(field.value, match.index, match.index + match[1]!.length), /[\s.]/));
	}
	const label =
		/(?<![\p{L}])(?:(?:\p{L}*[Vv]orlagen?|Drucksachen?|DS|Drs\.?|Antrags?|Anfragen?|Stellungnahme|Informations?|BV|VO|Änderungsantrags?|Beschlussvorlagen?)[-\s]*(?:Nr\.?|Nummer)|Drucksache(?=[\s:])|Drs\.|Vorlage(?=[\s:])|DS(?=[\s:]))\s*[:–-]?\s*/iu;
	for (const line of head) {
		const match = label.exec(line.text);
		const token = match && NUMBER.exec(line.text.slice(match.index + match[0].length));
		if (
			match &&
			token &&
			token.index === 0 &&
			!/(?:^|\s)(?:zu[mr]?|zu\s+der|auf(?:\s+d\p{L}+)?|trägt\s+die|mit)\s*$/iu.test(line.text.slice(0, match.index)) &&
			(/Nr|Nummer/i.test(match[0]) || /[/-][\dIVX]/.test(token[1]!)) &&
			!notPaper(token[1]!, '') &&
			!/^\d{1,2}\.\d/.test(token[1]!)
		) {
			const at = match.index + match[0].length;
			return printed(strip(slice(line, at, at + token[1]!.length), /[\s.]/));
		}
	}
	// A bare number of a plain scheme in the head, or a figure under the type line ("STELLUNGNAHME zu Antrag / 27").
	for (const line of head.slice(0, 25)) {
		for (const cell of line.cells) {
			const match =
				/^(?:[A-ZÄÖÜ]{1,3}\s?\d{2,4}\/\d{2,4}(?:\/\d+)?|(?:[A-ZÄÖÜ][A-Za-z]{0,4}[/-])?(?:19|20)\d{2}[/-]\d{3,5}(?:[/-]\d{1,3})?|\d{3,5}\/(?:19|20)\d{2}(?:-(?:19|20)?\d{2})?|[A-ZÄÖÜ]{2,4}[-/]\d{1,4}[/-](?:20)?\d{2}|[IVX]+[-/][A-Z]{0,4}[-/]?\d{3,5})$/u.exec(
					cell.text,
				);
			if (match && !notPaper(match[0], '')) return printed(slice(cell, 0));
		}
	}
	if (type) {
		const own = /(?:^|\s)(?:Nr\.?\s*)?((?:\p{Lu}{1,4}[-/])?\d{1,4}(?:[-/]\p{Lu}{1,4})?(?:[-/]\d{1,5}){0,3})$/u.exec(
			type.line.text,
		);
		if (own && own[1] && !/^(?:19|20)\d{2}$/.test(own[1]))
			return printed(slice(type.line, own.index + own[0].length - own[1].length), 'doubtful', 'position');
		const next = head[type.line.index + 1];
		if (next && /^\d{1,4}$/.test(next.text) && next.gap === 0) return printed(slice(next, 0), 'doubtful', 'position');
	}
	return null;
}

const REFERS =
	/(?:zum|zur|zu|auf|betrifft|bezug(?:nehmend)?(?:\s+auf)?|ursprünglichen?|des|der|Bezug:)\s+(?:(?:dem|der|den|die)\s+)?(?:ursprünglichen?\s+|schriftlichen\s+|interfraktionellen\s+)?(?:\p{L}*[Aa]ntrags?|\p{L}*[Aa]nfrage|Drucksache|\p{L}*[Vv]orlage|DS|Drs\.?|Information)(?:[-\s]*(?:Nr\.?|Nummer))?\s*:?\s*/giu;

export function readRefersTo(
	lines: readonly Line[],
	head: readonly Line[],
	fields: readonly Field[],
	number: Found<string> | null,
	type: Type | null,
): Found<string>[] {
	const out = new Map<string, Found<string>>();
	const add = (piece: Text, confidence: 'sure' | 'doubtful' = 'sure') => {
		const id = key(piece.text);
		if (!piece.text || (number && id === key(number.value)) || out.has(id) || notPaper(piece.text, '')) return;
		out.set(id, printed(piece, confidence));
	};
	const field = fieldOf(
		fields.filter((f) => f.line.index < 60),
		/^(?:zum zur|zu|zum|zur|bezug|bezugnehmend auf|zu antrag|zum antrag|zur anfrage|zu anfrage|ursprungsantrag|zu drucksache|bezieht sich auf|zugehorige vorlage|bezugsvorlage|zu vorlage|betrifft|hauptantrag|zur vorlage|zur drucksache|bezugsantrag|antwort auf|anderung zu|bezug vorlage)$/,
	);
	if (field) {
		const tokens = [...field.value.text.matchAll(/(?:\p{L}{1,5}[-/]?)?\d[\p{L}\d]*(?:[-/][\p{L}\d]+){1,4}/gu)];
		for (const token of tokens)
			if (!findDates(token[0]).length) add(slice(field.value, token.index, token.index + token[0].length));
	}
	const derivedType = /änderungs|ergänzungs|stellungnahme|antwort|beantwortung|zusatz|austausch/i.test(
		type?.found.value ?? '',
	);
	if (derivedType && !out.size) {
		for (const line of [...head, ...lines.slice(head.length, head.length + 12)]) {
			for (const match of line.text.matchAll(REFERS)) {
				const token = /^((?:\p{L}{1,5}[-/ ]?)?\d[\p{L}\d]*(?:[-/][\p{L}\d]+){0,4})/u.exec(
					line.text.slice(match.index + match[0].length),
				);
				if (token && /[/-]/.test(token[1]!))
					add(slice(line, match.index + match[0].length, match.index + match[0].length + token[1]!.length));
			}
		}
		// "Beantwortung der Anfrage von … vom …, AF/0271": the number stands at the end of the subject.
		if (!out.size) {
			for (const line of head) {
				const told = /(?:Anfrage|Antrags?)\b.{0,100}?,\s*((?:\p{Lu}{1,4}[-/ ])?\d{2,5}(?:[-/]\d{2,4})*)$/u.exec(
					line.text,
				);
				if (told && /[-/]/.test(told[1]!)) add(slice(line, line.text.length - told[1]!.length));
			}
		}
		const suffix = number && /^(.*\d)[/-](\d{1,2})$/.exec(number.value);
		if (!out.size && number && suffix && /\d[/-]\d/.test(suffix[1]!))
			out.set(key(suffix[1]!), derived(suffix[1]!, slice(number.piece, 0, suffix[1]!.length), 'doubtful', 'derived'));
		// A statement filed under the number of the motion it answers.
		if (!out.size && number && /stellungnahme\s+zu/i.test(type!.found.value))
			out.set(key(number.value), { ...number, confidence: 'doubtful', note: 'same-as-number' });
	}
	return [...out.values()];
}
