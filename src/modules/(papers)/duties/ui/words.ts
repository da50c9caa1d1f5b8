import * as m from '#messages';
import { formatDay, isolated, joinParts } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import { coveredYear, type Rhythm } from '../rules/dues.ts';
import type { DueRow, DutyRow, DutyView, ReportLink } from '../view.ts';

const RHYTHM_WORDS: Record<Rhythm, () => string> = {
	once: m.papers_duties_rhythm_once,
	quarter: m.papers_duties_rhythm_quarter,
	halfYear: m.papers_duties_rhythm_half,
	year: m.papers_duties_rhythm_year,
};

export const rhythmWord = (rhythm: Rhythm): string => RHYTHM_WORDS[rhythm]();

export interface Mark {
	text: string;
	tone: '' | 'good' | 'warn' | 'bad';
}

/** How it stands with a due report; null where the date says it all. */
export function dueMark({ due, state }: Pick<DueRow, 'due' | 'state'>, today: string): Mark | null {
	if (state === 'done') return { text: m.papers_duties_reported(), tone: 'good' };
	if (state === 'dropped') return { text: m.papers_duties_dropped(), tone: '' };
	if (due < today) return { text: m.papers_duties_late(), tone: 'bad' };
	return state === 'partly' ? { text: m.papers_duties_partly(), tone: 'warn' } : null;
}

export function dutyMark({ state, nextDue }: Pick<DutyRow, 'state' | 'nextDue'>): Mark | null {
	if (state === 'paused') return { text: m.papers_duties_paused(), tone: '' };
	if (state === 'ended' || !nextDue) return { text: m.papers_duties_ended(), tone: '' };
	return null;
}

const EXTENTS: Record<ReportLink['extent'], (() => string) | null> = {
	full: null,
	partial: m.papers_duties_partial,
	substitute: m.papers_duties_substitute,
};

/** What a linked paper is where it is not simply the report, why, and in whose term. */
export function reportNote({ extent, reason, term }: ReportLink, locale: Locale): string {
	const day = (iso: string) => formatDay(iso, 'long', locale);
	const words = [
		EXTENTS[extent]?.(),
		reason && m.papers_duties_because({ reason: isolated(reason, locale) }),
		term &&
			(term.until
				? m.papers_duties_term({ from: day(term.from), until: day(term.until) })
				: m.papers_duties_term_open({ from: day(term.from) })),
	];
	return joinParts(words, locale);
}

export function endWords({ endOn, endCount, endCondition }: DutyView, locale: Locale): string {
	const words = [
		endOn && m.papers_duties_end_on({ day: formatDay(endOn, 'long', locale) }),
		endCount !== null && m.papers_duties_end_count({ count: endCount }),
		endCondition,
	].filter((word) => typeof word === 'string');
	return joinParts(words, locale) || m.papers_duties_end_open();
}

export function yearWords(due: string, covers: DueRow['covers']): string {
	const year = coveredYear(due, covers);
	return year === null ? '' : m.papers_duties_year({ year: String(year) });
}
