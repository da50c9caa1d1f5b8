import * as m from '#messages';
import { formatDay, formatInstantDay, formatNumber } from '#kernel/i18n/format.ts';
import type { SumRow } from '#ui/types.ts';
import { yesNeeded, type AgendaFinding } from '../agenda/rules/urgent.ts';
import type { NoticeFinding } from '../agenda/rules/notice.ts';
import type { QuorumFinding } from '../rules/quorum.ts';
import type { MembershipWhy } from '../structure/rules/membership.ts';
import type { MajorityFinding } from '../votes/rules/majority.ts';
import type { Speech } from './labels.ts';
import { quorumRows } from './seat-plan.ts';

/** Why a result is what it is: its arithmetic or facts row by row, then the rules behind it. Profile and sources are German. */
export interface Explanation {
	/** What is explained, for those who do not see where the details stand. */
	caption: string;
	rows: SumRow[];
	notes: string[];
	profile: string;
	citations: { text: string; url: string | null }[];
}

type Source = { profileName: string; citations: Explanation['citations'] };
const basis = ({ profileName, citations }: Source) => ({ profile: profileName, citations });

/** @param stated what the minutes or the chair said, where it is known apart from the count */
export function whyQuorum(computed: QuorumFinding, stated: number | null = null): Explanation {
	const { outcome } = computed;
	const notes: string[] = [];
	if (stated !== null) notes.push(m.council_quorum_stated({ count: stated }));
	if (stated !== null && stated !== outcome.present)
		notes.push(m.council_quorum_differs({ stated, counted: outcome.present }));
	if (outcome.because === 'secondConvening') notes.push(m.council_quorum_second());
	if (outcome.because === 'noVotingMembers') notes.push(m.council_quorum_no_voters());
	const rows = quorumRows({ stated: null, statedPresent: null, statedAt: null, computed });
	return { caption: m.council_quorum_caption(), rows, notes, ...basis(computed) };
}

const SHARES = {
	simple: m.council_why_simple,
	absolute: m.council_why_absolute,
	twoThirds: m.council_why_twoThirds,
	fourFifths: m.council_why_fourFifths,
};
const BASES = {
	votesCast: m.council_why_of_votesCast,
	present: m.council_why_of_present,
	seats: m.council_why_of_seats,
};

export function whyMajority(finding: MajorityFinding): Explanation {
	const { rule, inputs, outcome } = finding;
	const count = (label: string, value: number) => ({ label, value: String(value) });
	const some = (label: string, value: number) => (value ? [count(label, value)] : []);
	const rows: SumRow[] = [
		count(m.council_why_present(), inputs.present),
		...some(m.council_why_biased(), inputs.biased),
		count(m.council_why_yes(), inputs.yes),
		count(m.council_why_no(), inputs.no),
		count(m.council_why_abstain(), inputs.abstain),
		...some(m.council_why_invalid(), inputs.invalid),
		...some(m.council_why_not_voting(), inputs.presentNotVoting),
		{ label: m.council_why_rule(), value: SHARES[rule.kind]() },
		...(rule.kind === 'simple' ? [] : [count(BASES[rule.of](), outcome.base)]),
		{ ...count(m.council_why_needed(), outcome.needed), total: true },
	];
	const notes = [
		...(outcome.because === 'tie' ? [m.council_why_tie()] : []),
		...(outcome.because === 'noVotes' ? [m.council_why_no_votes()] : []),
	];
	return { caption: m.council_why_majority(), rows, notes, ...basis(finding) };
}

/** Why an item was put on the agenda, taken off or moved in the session (rulebook R2-40). */
export function whyAgendaChange({ rule, inputs, outcome, profileName, citations }: AgendaFinding): Explanation {
	const count = (label: string, value: number) => ({ label, value: String(value) });
	const rows: SumRow[] = [
		count(m.council_why_present(), inputs.present),
		count(m.council_why_yes(), inputs.yes),
		count(m.council_why_no(), inputs.no),
		count(m.council_why_abstain(), inputs.abstain),
		{ label: m.council_why_rule(), value: SHARES[rule.kind]() },
		...(rule.kind !== 'simple' && rule.of === 'seats' ? [count(BASES.seats(), inputs.seats)] : []),
		{ ...count(m.council_why_needed(), outcome.needed ?? yesNeeded(rule, inputs)), total: true },
	];
	return {
		caption: m.council_why_majority(),
		rows,
		notes: [],
		...basis({ profileName: profileName ?? '', citations }),
	};
}

export function noticeWord({ outcome }: NoticeFinding): string {
	if (outcome.kept) return m.council_notice_kept();
	return outcome.urgent ? m.council_notice_urgent() : m.council_notice_not_kept();
}

export function whyNotice(finding: NoticeFinding, { locale, timeZone }: Speech): Explanation {
	const { inputs, outcome, profile, citations } = finding;
	const rows: SumRow[] = [
		{ label: m.council_why_session(), value: formatDay(inputs.session, 'long', locale) },
		{ label: m.council_why_period(), value: formatNumber(inputs.days, locale) },
		{ label: m.council_why_last_day(), value: formatDay(outcome.lastDay, 'long', locale) },
		{ label: m.council_why_sent(), value: formatInstantDay(inputs.sentAt, 'long', locale, timeZone), total: true },
	];
	const counting = { fullDaysBetween: m.council_why_full_days, sameWeekday: m.council_why_same_weekday };
	const notes = inputs.days ? [counting[inputs.counting]()] : [];
	return { caption: m.council_why_notice(), rows, notes, profile: profile.name, citations };
}

/** On what a membership rests, or rested when it was looked into. Days that nobody knows are left out. */
export function whyMembership(finding: MembershipWhy, day: string, { locale }: Speech): Explanation {
	const { inputs, statute, citations } = finding;
	const on = (label: string, iso: string | null | undefined) =>
		iso ? [{ label, value: formatDay(iso, 'long', locale) }] : [];
	const rows: SumRow[] = [
		...on(m.council_why_day(), day),
		...on(m.council_why_council_until(), inputs.councilTermUntil),
		...on(m.council_why_council_elected(), inputs.newCouncilElectedOn),
		...on(m.council_why_mandate_lost(), inputs.mandateLostOn),
		...(inputs.rank ? [{ label: m.council_why_rank(), value: String(inputs.rank) }] : []),
	];
	const sources = statute ? [{ text: statute.title, url: statute.url }, ...citations] : citations;
	return { caption: m.council_why_membership(), rows, notes: [], profile: finding.profileName, citations: sources };
}
