import type { AgendaItem, Vote } from '../reading/types.ts';

type Result = 'adopted' | 'rejected' | 'noted' | 'postponed' | 'confirmed' | 'withdrawn' | 'referred' | null;

/** Phrases that say how an item ended; the last one in the text counts. */
const PHRASES: [RegExp, Result][] = [
	[/zur kenntnis/giu, 'noted'],
	[/\bvertagt\b/giu, 'postponed'],
	[/\bzurückgezogen\b/giu, 'withdrawn'],
	[/\bverwiesen\b/giu, 'referred'],
	[/\b(?:niederschrift|\w*protokolls?)\b(?:[^.]|\.(?=\d)){0,200}\b(?:bestätigt|genehmigt)\b/giu, 'confirmed'],
	[
		/\btagesordnung\b(?:[^.]|\.(?=\d)){0,120}\b(?:bestätigt|angenommen|beschlossen|genehmigt|an)(?=[.!;]|$)/giu,
		'confirmed',
	],
];

/**
 * How an item of old minutes ended, where the record says so in figures or in a standing phrase; otherwise null.
 * Figures go before phrases, and nothing is concluded from silence.
 */
export function outcomeOf(item: AgendaItem, votes: readonly Vote[]): Result {
	const vote = votes.filter((v) => v.item === item.number).at(-1);
	if (vote && vote.yes !== null && vote.no !== null) return vote.yes > vote.no ? 'adopted' : 'rejected';
	if (vote?.unanimous) return 'adopted';
	let found: Result = null;
	let at = -1;
	for (const [phrase, result] of PHRASES) {
		for (const match of (item.text ?? '').matchAll(phrase)) {
			if (match.index > at) [found, at] = [result, match.index];
		}
	}
	return found;
}

/** Kind of an item by its title: formal steps are told apart from topics. */
export function itemKindOf(title: string): string {
	if (/^(?:eröffnung|begrüßung|feststellung der (?:beschluss|ordnung))/iu.test(title)) return 'opening';
	if (/(?:bestätigung|genehmigung|kontrolle|beschluss).{0,40}(?:protokoll|niederschrift)/iu.test(title))
		return 'minutesApproval';
	if (/^(?:verschiedenes|sonstiges|anfragen und mitteilungen)/iu.test(title)) return 'anyOther';
	if (/\bwahl\b/iu.test(title)) return 'election';
	if (/^(?:information|bericht|kurzbericht|aktuelle informationen|mitteilung)/iu.test(title)) return 'report';
	return 'topic';
}
