import * as m from '#messages';
import { inLocale, type Locale } from '#kernel/i18n/locales.ts';
import type { MajorityRule } from '../../rules/profile.ts';
import type { Amending } from '../../ui/slot-links.ts';
import { OF, type Failed, type VoteKind } from '../view.ts';

/** What every panel needs: whose page it stands on, who looks, and the form that was refused. */
export interface Panel {
	slug: string;
	locale: Locale;
	timeZone: string;
	mayEdit: boolean;
	failed: Failed | null;
	/** Path to come back to after an act. */
	back: string;
	/** The item whose panel it is. */
	item: { id: string; number: string };
	/** What the item's paper proposes; offered as the wording of a main motion. */
	wording?: string;
	/** Changes of that paper; offered as the wording of an amendment. */
	amending?: Amending[];
	/** On the session's screen forms lead back to it, on the page of votes to that. */
	inRoom?: boolean;
}

/** The form action behind an operation, on the page of votes. */
export const ACT_OF: Record<VoteKind, string> = {
	motion: 'antrag',
	withdraw: 'zurueckziehen',
	restore: 'wiederaufnehmen',
	amendedText: 'endfassung',
	openVote: 'abstimmen',
	figures: 'ergebnis',
	voices: 'namen',
	voidVote: 'ungueltig',
	bias: 'befangen',
	decideBias: 'entscheiden',
	backAtTable: 'am-tisch',
	withdrawBias: 'irrtum',
	election: 'wahl',
	candidate: 'kandidatur',
	consent: 'zustimmung',
	round: 'wahlgang',
	ballots: 'auszaehlen',
	lot: 'los',
	accept: 'annahme',
	cancelElection: 'abbrechen',
};

/** What the session's screen says of a refused operation, for the panel it belongs to. */
export function failedOf(
	fault: { kind: string; typed: Record<string, string>; text: string; field?: string } | null,
): Failed | null {
	const act = fault && (ACT_OF as Record<string, string>)[fault.kind];
	if (!act) return null;
	const { typed, field = '', text } = fault;
	return { act, of: OF.map((key) => typed[key]).find(Boolean) ?? '', typed, faults: [{ field, text }] };
}

/**
 * What a motion, a vote, an election that waits without a network is called in the templates of the page, until the screen's script
 * puts its own ids in their place.
 */
export const PLACE = {
	item: '§item',
	number: '§number',
	motion: '§motion',
	vote: '§vote',
	bias: '§bias',
	election: '§election',
	candidate: '§candidate',
	round: '§round',
	turn: '§turn',
	name: '§name',
	needed: '§needed',
	row: '§row',
	time: '§time',
} as const;

/** Where a form of the panels is sent. */
export function actionOf({ slug, locale }: Pick<Panel, 'slug' | 'locale'>, act: string): string {
	return inLocale(`/sitzungen/${slug}/abstimmungen?/${act}`, locale);
}

/** What was typed into a form that was refused, and its faults by field; empty for all other forms. */
export function refusedIn(
	{ failed }: Panel,
	act: string,
	of: string,
): { typed: Record<string, string>; faults: Record<string, string> } {
	if (failed?.act !== act || failed.of !== of) return { typed: {}, faults: {} };
	return { typed: failed.typed, faults: Object.fromEntries(failed.faults.map(({ field, text }) => [field, text])) };
}

/** "zwei Drittel der Anwesenden" */
export function majorityWords({ kind, of }: MajorityRule): string {
	if (kind === 'simple') return m.council_votes_maj_simple();
	const words = {
		absolute_votesCast: m.council_votes_maj_absolute_votesCast,
		absolute_present: m.council_votes_maj_absolute_present,
		absolute_seats: m.council_votes_maj_absolute_seats,
		twoThirds_votesCast: m.council_votes_maj_twoThirds_votesCast,
		twoThirds_present: m.council_votes_maj_twoThirds_present,
		twoThirds_seats: m.council_votes_maj_twoThirds_seats,
		fourFifths_votesCast: m.council_votes_maj_fourFifths_votesCast,
		fourFifths_present: m.council_votes_maj_fourFifths_present,
		fourFifths_seats: m.council_votes_maj_fourFifths_seats,
	};
	return words[`${kind}_${of}`]();
}

/** Majorities that may be asked for instead of the standard, for a list. */
export function majorityChoices(standard: MajorityRule | undefined) {
	const choices: { value: string; label: string }[] = [];
	if (standard)
		choices.push({ value: '', label: m.council_votes_majority_standard({ rule: majorityWords(standard) }) });
	const rules: MajorityRule[] = [
		{ kind: 'simple', of: 'votesCast' },
		{ kind: 'absolute', of: 'present' },
		{ kind: 'absolute', of: 'seats' },
		{ kind: 'twoThirds', of: 'votesCast' },
		{ kind: 'twoThirds', of: 'present' },
		{ kind: 'twoThirds', of: 'seats' },
		{ kind: 'fourFifths', of: 'present' },
		{ kind: 'fourFifths', of: 'seats' },
	];
	for (const rule of rules) choices.push({ value: `${rule.kind}:${rule.of}`, label: majorityWords(rule) });
	return choices;
}

export const KIND_WORDS = {
	main: m.council_votes_kind_main,
	amendment: m.council_votes_kind_amendment,
	procedural: m.council_votes_kind_procedural,
};
export const STATE_WORDS = {
	open: m.council_votes_state_open,
	adopted: m.council_votes_state_adopted,
	rejected: m.council_votes_state_rejected,
	withdrawn: m.council_votes_state_withdrawn,
	settled: m.council_votes_state_settled,
};
export const STATE_TONES = { open: '', adopted: 'good', rejected: 'bad', withdrawn: '', settled: '' } as const;
export const METHOD_WORDS = {
	open: m.council_votes_method_open,
	rollCall: m.council_votes_method_rollCall,
	secret: m.council_votes_method_secret,
	written: m.council_votes_method_written,
};
export const VOICE_WORDS: Record<string, () => string> = {
	yes: m.council_votes_yes,
	no: m.council_votes_no,
	abstain: m.council_votes_abstain,
	presentNotVoting: m.council_votes_presentNotVoting,
};
export const GROUND_WORDS: Record<string, () => string> = {
	self: m.council_votes_ground_self,
	spouse: m.council_votes_ground_spouse,
	relative: m.council_votes_ground_relative,
	inLaw: m.council_votes_ground_inLaw,
	represented: m.council_votes_ground_represented,
	expertWork: m.council_votes_ground_expertWork,
	employee: m.council_votes_ground_employee,
	boardMember: m.council_votes_ground_boardMember,
	partner: m.council_votes_ground_partner,
	groupInterest: m.council_votes_ground_groupInterest,
	honoraryElection: m.council_votes_ground_honoraryElection,
	sentByMunicipality: m.council_votes_ground_sentByMunicipality,
};
