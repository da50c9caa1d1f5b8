import * as m from '#messages';
import { formatDay } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import type { WrittenRule } from '../../rules/profile.ts';
import { consentsNeeded, type WrittenFinding } from '../rules/written.ts';
import type { WrittenState } from './view.ts';
import type { WrittenVoiceName } from './schema.ts';

const STATES: Record<WrittenState, () => string> = {
	running: m.council_votes_written_running,
	adopted: m.council_result_adopted,
	rejected: m.council_result_rejected,
	failed: m.council_votes_written_failed,
	withdrawn: m.council_result_withdrawn,
};

/** The word for what became of a procedure, in the reader's language. */
export function stateWords(state: WrittenState): string {
	return STATES[state]();
}

export const STATE_TONES = { running: '', adopted: 'good', rejected: 'bad', failed: 'warn', withdrawn: '' } as const;

/** Why it ended so: one sentence; empty while it runs. */
export function becauseWords({ inputs, outcome }: Pick<WrittenFinding, 'inputs' | 'outcome'>): string {
	const { yes, no, abstain, consents } = inputs;
	switch (outcome.because) {
		case 'objection':
			return m.council_votes_written_objection();
		case 'nobodyObjected':
			return m.council_votes_written_no_objection();
		case 'consentMissing':
			return m.council_votes_written_consent_missing({ consents, needed: outcome.consentsNeeded });
		case 'majority':
		case 'noMajority':
			return m.council_votes_figures({ yes, no, abstain });
		default:
			return '';
	}
}

/** How it will be decided, said before anybody answers. */
export function ruleWords(rule: WrittenRule, of: { lastDay: string; asked: number }, locale: Locale): string {
	const date = formatDay(of.lastDay, 'full', locale);
	if (rule.mode !== 'consentQuorum') return m.council_votes_written_rule_silent({ date });
	return m.council_votes_written_rule_consent({
		date,
		needed: consentsNeeded(rule.consent, of.asked),
		asked: of.asked,
	});
}

/** The words of an answer; in a procedure that one objection ends, agreeing is no vote. */
export function voiceWords(voice: WrittenVoiceName, mode: WrittenRule['mode']): string {
	if (voice === 'yes' && mode !== 'consentQuorum') return m.council_votes_written_agree();
	return {
		yes: m.council_votes_yes,
		no: m.council_votes_no,
		abstain: m.council_votes_abstain,
		objection: m.council_votes_written_object,
		biased: m.council_votes_written_biased,
	}[voice]();
}
