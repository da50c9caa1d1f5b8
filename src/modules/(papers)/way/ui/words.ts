import * as m from '#messages';
import { formatDay, formatList, formatNumber, isolated } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import type { Outcome, Voice } from '#ui/types.ts';
import type { Became, Decided, Next } from '../rules/became.ts';
import type { Finding } from '../rules/checks.ts';
import type { Role, Station, StationResult, StationVotes } from '../types.ts';

const RESULTS: Record<StationResult, () => string> = {
	approved: m.papers_way_result_approved,
	adopted: m.papers_way_result_adopted,
	adoptedChanged: m.papers_way_result_adoptedChanged,
	rejected: m.papers_way_result_rejected,
	noted: m.papers_way_result_noted,
	postponed: m.papers_way_result_postponed,
	setAside: m.papers_way_result_setAside,
	referred: m.papers_way_result_referred,
	settled: m.papers_way_result_settled,
	withdrawn: m.papers_way_result_withdrawn,
	noRecommendation: m.papers_way_result_noRecommendation,
	opinion: m.papers_way_result_opinion,
};

/** Who only advises recommends; it never decides (GRE-23). */
const ADVICE: Partial<Record<StationResult, () => string>> = {
	adopted: m.papers_way_result_for,
	adoptedChanged: m.papers_way_result_forChanged,
	rejected: m.papers_way_result_against,
};

/** "geändert empfohlen", "beschlossen": what a station said, in one or two words. */
export function resultWord(result: StationResult, role: Role): string {
	return ((role === 'deciding' ? undefined : ADVICE[result]) ?? RESULTS[result])();
}

const SIGNS: Record<StationResult, Outcome> = {
	approved: 'yes',
	adopted: 'yes',
	adoptedChanged: 'yes',
	rejected: 'no',
	noted: 'noted',
	settled: 'noted',
	opinion: 'noted',
	noRecommendation: 'noted',
	postponed: 'open',
	setAside: 'open',
	referred: 'open',
	withdrawn: 'open',
};
export const signOf = (result: StationResult): Outcome => SIGNS[result];

const DOES: Record<Role, () => string> = {
	approval: m.papers_way_does_approval,
	hearing: m.papers_way_does_hearing,
	advisory: m.papers_way_does_advisory,
	information: m.papers_way_does_information,
	deciding: m.papers_way_does_deciding,
};
/** "entscheidet", "berät": what a station is there for. */
export const roleWord = (role: Role): string => DOES[role]();

/** Names of those who hold a station, the short ones where they have one. German. */
export function bodyNames({ bodies }: Pick<Station, 'bodies'>): string {
	return formatList(
		bodies.map(({ name, shortName }) => shortName || name),
		'de',
	);
}

/** "6 Ja, 1 Nein, 2 Enthaltungen", "einstimmig", or nothing. */
export function figures(votes: StationVotes): string {
	const { yes, no, abstain, unanimous } = votes;
	if (yes !== null) return m.council_votes_figures({ yes, no: no ?? 0, abstain: abstain ?? 0 });
	return unanimous ? m.council_votes_unanimous() : '';
}

/** "6 : 1", short for the line; nothing where several bodies voted apart or nobody counted. */
export function shortFigures(station: Station, locale: Locale): string {
	const [votes, more] = station.votes;
	if (!votes || more) return '';
	if (votes.unanimous) return m.council_votes_unanimous();
	// A figure never parts from its colon at the end of a line.
	return votes.yes === null
		? ''
		: `${formatNumber(votes.yes, locale)}\u00A0:\u00A0${formatNumber(votes.no ?? 0, locale)}`;
}

/** One mark for each voice, where they were counted and stay readable. */
export function voicesOf(station: Station): Voice[] {
	const [votes, more] = station.votes;
	if (!votes || more || votes.yes === null || votes.yes + (votes.no ?? 0) + (votes.abstain ?? 0) > 60) return [];
	const fill = (voice: Voice, count: number | null) => Array.from({ length: count ?? 0 }, () => voice);
	return [...fill('y', votes.yes), ...fill('n', votes.no), ...fill('a', votes.abstain)];
}

/** The one sentence on top of a paper; empty for a draft, and for what only tells. */
export function becameSentence(became: Became, locale: Locale): string {
	const day = (on: string) => formatDay(on, 'long', locale);
	if (became.kind === 'draft' || became.kind === 'tells') return '';
	if (became.kind === 'unknown') return m.papers_way_became_unknown();
	if (became.kind === 'withdrawn')
		return became.on ? m.papers_way_became_withdrawn_on({ date: day(became.on) }) : m.papers_way_became_withdrawn();
	if (became.kind === 'answered')
		return became.on
			? m.papers_way_became_answered_on({ date: day(became.on), reference: isolated(became.by, locale) })
			: m.papers_way_became_answered({ reference: isolated(became.by, locale) });
	if (became.kind === 'open') return openSentence(became, locale);
	const how = became.kind === 'noted' ? 'noted' : became.how;
	const body = isolated(became.body, locale);
	if (!became.on) return m.papers_way_became_undated({ result: RESULTS[how === 'other' ? 'settled' : how](), body });
	return DECIDED[how]({ date: day(became.on), body });
}

type Of = { date: string; body: string };
const DECIDED: Record<Decided, (of: Of) => string> = {
	adopted: m.papers_way_became_adopted,
	adoptedChanged: m.papers_way_became_adoptedChanged,
	rejected: m.papers_way_became_rejected,
	noted: m.papers_way_became_noted,
	settled: m.papers_way_became_settled,
	withdrawn: m.papers_way_became_settled,
	other: m.papers_way_became_settled,
};

/** Two clauses at most, each a whole one in every language: what is recommended, and what comes next. */
function openSentence({ said, bodies, next }: Became & { kind: 'open' }, locale: Locale): string {
	const names = {
		bodies: formatList(
			bodies.map((body) => isolated(body, locale)),
			locale,
		),
	};
	const clause = said === 'none' ? '' : SAID[said](names);
	const then = nextClause(next, locale);
	if (clause && then) return m.papers_way_became_open_both({ said: clause, next: then });
	if (clause || then) return m.papers_way_became_open({ what: clause || then });
	return m.papers_way_became_open_nothing();
}

const SAID: Record<'for' | 'changed' | 'against' | 'mixed', (of: { bodies: string }) => string> = {
	for: m.papers_way_said_for,
	changed: m.papers_way_said_changed,
	against: m.papers_way_said_against,
	mixed: m.papers_way_said_mixed,
};

function nextClause(next: Next, locale: Locale): string {
	if (next.kind === 'none') return '';
	const { on } = next;
	const body = isolated(next.body, locale);
	if (!on) return next.kind === 'decides' ? m.papers_way_next_decides({ body }) : m.papers_way_next_consults({ body });
	const of = { date: formatDay(on, 'long', locale), body };
	return next.kind === 'decides' ? m.papers_way_next_decides_on(of) : m.papers_way_next_consults_on(of);
}

const REASONS: Record<Finding['code'], () => string> = {
	wayMissing: m.papers_way_why_none,
	reportBeforeDecision: m.papers_way_why_report,
	deadlinePassed: m.papers_way_why_deadline,
	councilMissing: m.papers_way_why_council,
	decidingMissing: m.papers_way_why_deciding,
	decidingNotLast: m.papers_way_why_last,
	outcomeMissing: m.papers_way_why_outcome,
	statuteOpen: m.papers_way_why_statute,
};

/** What the rule says that a finding rests on. */
export function findingReason({ code }: Finding): string {
	return REASONS[code]();
}

/** What is wrong, why that matters, and what can be done, in a sentence; `findingReason` stands beside it. */
export function findingSentence({ code, values }: Finding, locale: Locale): string {
	const day = (on = '') => formatDay(on, 'long', locale);
	switch (code) {
		case 'wayMissing':
			return m.papers_way_check_none();
		case 'reportBeforeDecision': {
			const of = { report: day(values.report), decision: day(values.decision) };
			return values.words
				? m.papers_way_check_report_words({ ...of, words: values.words })
				: m.papers_way_check_report(of);
		}
		case 'deadlinePassed':
			return m.papers_way_check_deadline({ report: day(values.report) });
		case 'councilMissing':
			return m.papers_way_check_council({ council: values.council ?? '' });
		case 'decidingMissing':
			return m.papers_way_check_deciding();
		case 'decidingNotLast':
			return m.papers_way_check_last({ body: values.body ?? '' });
		case 'outcomeMissing':
			return m.papers_way_check_outcome({ body: values.body ?? '', day: day(values.day) });
		case 'statuteOpen':
			return m.papers_way_check_statute({ statute: values.statute ?? '' });
	}
}
