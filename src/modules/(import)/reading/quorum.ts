import { slice } from './text.ts';
import type { Line } from './lines.ts';
import { type Found, derived } from './found.ts';
import { NUMBER, toNumber } from './words.ts';
import { joinParagraphs } from './agenda.ts';

export type Quorum = { stated: Found<boolean> | null; votingPresent: Found<number> | null; denied: boolean };

const COUNT: readonly RegExp[] = [
	new RegExp(
		`[Vv]on\\s+(?:den\\s+|insgesamt\\s+)?${NUMBER}\\s+(?:\\p{L}+\\s+){1,4}?(?:sind|waren|seien)\\s+(?:\\p{L}+\\s+){0,2}?(${NUMBER})(?![\\p{L}\\d])`,
		'u',
	),
	new RegExp(
		`(?<![\\p{L}\\d])(${NUMBER})\\s+(?:von\\s+(?:insgesamt\\s+|den\\s+)?${NUMBER}\\s+|der\\s+(?:insgesamt\\s+)?${NUMBER}\\s+)?(?:\\(?\\p{L}+\\)?\\s+){0,3}?(?:stimmberechtigte[nrs]?|stimmberechtigt|Stimmberechtigte[nr]?|Stimmen\\b)`,
		'iu',
	),
	new RegExp(
		`(?<![\\p{L}\\d])(${NUMBER})\\s*(?:\\/|von)\\s*(?:insgesamt\\s+|den\\s+)?${NUMBER}\\s+(?:\\p{L}+\\s+){0,3}?(?:Mitglieder|Stimm|Delegierte)`,
		'iu',
	),
	new RegExp(
		`(?:stimmberechtigte\\p{L}*|Stimmberechtigte\\p{L}*)(?:\\s+Mitglieder\\p{L}*|\\s+Anwesende)?(?:\\s+anwesend)?\\s*[:=]\\s*(${NUMBER})(?!\\p{L})`,
		'iu',
	),
	new RegExp(
		`(?<![\\p{L}\\d])(${NUMBER})\\s+(?:der\\s+${NUMBER}\\s+)?(?:anwesende[nr]?\\s+|erschienene[nr]?\\s+)?(?:Beirats|Rats|Ausschuss|Vereins|Vorstands)?[Mm]itglieder(?:n|s)?(?:\\s+\\p{L}+){0,6}?\\s+(?:anwesend|erschienen|vertreten)`,
		'iu',
	),
	new RegExp(
		`(?<![\\p{L}\\d])(${NUMBER})\\s+(?:anwesende[nr]?|erschienene[nr]?)\\s+(?:Beirats|Rats|Ausschuss)?[Mm]itglieder`,
		'iu',
	),
	new RegExp(
		`(?:Anwesenheit\\s+von|mit|bei|sind|waren)\\s+(${NUMBER})\\s+(?:\\p{L}+\\s+){0,2}?(?:Mitglieder|Beiratsmitglieder|Delegierten?)`,
		'iu',
	),
];
const WORD = /beschlu(?:ss|ß)f[äa]hig(?:keit)?/iu;
const STATED =
	/(?:wird|ist|wurde|war|stellt|stellte|festgestellt|gegeben|fest\b|liegt\s+vor|besteht|somit|damit|gegeben)/iu;
const DENIED =
	/\bnicht\s+(?:mehr\s+)?(?:beschlu|gegeben|festgestellt|erreicht)|keine\s+Beschlu|Beschlu(?:ss|ß)f[äa]higkeit\s+(?:ist\s+|wird\s+|war\s+)?nicht|Beschlussunfähig/iu;

/** The sentence that states the quorum, and the number of voting members it names. */
export function readQuorum(lines: readonly Line[]): Quorum {
	const none: Quorum = { stated: null, votingPresent: null, denied: false };
	for (let i = 0; i < lines.length; i++) {
		const here = WORD.exec(lines[i]!.text);
		if (!here) continue;
		const block = blockAround(lines, i);
		const piece = joinParagraphs(block);
		const at = piece.at.indexOf(lines[i]!.at[here.index]!);
		const sentence = sentenceAt(piece.text, at < 0 ? here.index : at);
		const text = piece.text.slice(sentence.from, sentence.to);
		const answered = /beschlu(?:ss|ß)f[äa]hig(?:keit)?\s*(?:\([^)]*\)\s*)?:\s*(ja|nein|gegeben|festgestellt)/iu.exec(
			text,
		);
		if (!STATED.test(text) && !answered) continue;
		if (/^\s*(?:TOP\s*)?\d+(?:\.\d+)?[.:)]?\s.*Feststellung\s+der[^.]*$/i.test(text) && !/stellt|wird|ist\s/.test(text))
			continue;
		if (
			!/stellt|wird|ist\b|wurde|war\b|gegeben|liegt|besteht|somit|damit/.test(text.replace(/Feststellung/g, '')) &&
			!answered
		)
			continue;
		const where = slice(piece, sentence.from, sentence.to);
		const denied = DENIED.test(text) || answered?.[1]?.toLowerCase() === 'nein';
		const wide = { from: previous(piece.text, sentence.from), to: next(piece.text, sentence.to) };
		const count = countIn(text) ?? countIn(piece.text.slice(wide.from, wide.to));
		const offset = count ? (countIn(text) ? sentence.from : wide.from) + count.index : 0;
		return {
			stated: derived(!denied, where),
			votingPresent: count ? derived(count.value, slice(piece, offset, offset + count.length)) : null,
			denied,
		};
	}
	return none;
}

function blockAround(lines: readonly Line[], i: number): Line[] {
	let a = i;
	let b = i;
	while (a > 0 && lines[a]!.gap === 0 && i - a < 8) a--;
	while (b + 1 < lines.length && lines[b + 1]!.gap === 0 && b - i < 8) b++;
	return lines.slice(a, b + 1);
}

function sentenceAt(text: string, at: number): { from: number; to: number } {
	return { from: previousEnd(text, at), to: nextEnd(text, at) };
}

const previousEnd = (text: string, at: number): number => {
	let from = 0;
	for (const match of text.matchAll(/[.!?](?:\s+(?=\p{Lu}|\d))|\n/gu)) {
		if (match.index >= at) break;
		if (!/\b(?:Dr|Prof|Nr|ca|z\.B|\d|Abs|stellv|st|St)$/i.test(text.slice(Math.max(0, match.index - 5), match.index)))
			from = match.index + match[0].length;
	}
	return from;
};

const nextEnd = (text: string, at: number): number => {
	for (const match of text.matchAll(/[.!?](?=\s+\p{Lu}|\s*$)|\n/gu)) {
		if (
			match.index > at &&
			!/\b(?:Dr|Prof|Nr|ca|Abs|stellv)$/i.test(text.slice(Math.max(0, match.index - 6), match.index))
		)
			return match.index;
	}
	return text.length;
};

const previous = (text: string, from: number): number => (from > 0 ? previousEnd(text, Math.max(0, from - 2)) : 0);
const next = (text: string, to: number): number => (to < text.length ? nextEnd(text, to + 1) : text.length);

function countIn(text: string): { value: number; index: number; length: number } | null {
	for (const pattern of COUNT) {
		const match = pattern.exec(text);
		const value = match && toNumber(match[1]!);
		if (match && value !== null) {
			const index = match.index + match[0].lastIndexOf(match[1]!);
			return { value: value!, index, length: match[1]!.length };
		}
	}
	return null;
}
