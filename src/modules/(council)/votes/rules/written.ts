import { citationsOf, type Profile, type WrittenRule } from '../../rules/profile.ts';

/** What came back of a written procedure, each voting seat once. */
export interface WrittenInputs {
	/** Voting members who were asked, without those who are biased (R2-31). */
	asked: number;
	/** They said that they are barred from deciding. */
	biased: number;
	/** They agree that it is decided in writing at all. */
	consents: number;
	yes: number;
	no: number;
	abstain: number;
	/** They want it to be dealt with in a session, or are against it. */
	objections: number;
	/** The last day has passed. */
	over: boolean;
}

export interface WrittenOutcome {
	state: 'running' | 'adopted' | 'rejected' | 'failed';
	because: 'objection' | 'nobodyObjected' | 'consentMissing' | 'majority' | 'noMajority' | 'waiting' | 'nobodyAsked';
	consentsNeeded: number;
	/** Silence is no yes: those who did not answer. */
	silent: number;
}

export interface WrittenFinding {
	profileId: string;
	profileName: string;
	rule: WrittenRule;
	citations: { text: string; url: string | null }[];
	inputs: WrittenInputs;
	outcome: WrittenOutcome;
}

/** n/m of the members, rounded up: 4/5 of 15 are 12, of 14 are 12. */
export function consentsNeeded([over, under]: WrittenRule['consent'], asked: number): number {
	return Math.ceil((asked * over) / under);
}

/** One answer as stored; null where nobody answered yet. */
export interface WrittenVoice {
	voice: 'yes' | 'no' | 'abstain' | 'objection' | 'biased' | null;
	consents: boolean | null;
}

/** Counts the answers of a procedure. */
export function writtenInputs(answers: readonly WrittenVoice[], over: boolean): WrittenInputs {
	const count = (voice: WrittenVoice['voice']) => answers.filter((answer) => answer.voice === voice).length;
	const biased = count('biased');
	return {
		asked: answers.length - biased,
		biased,
		consents: answers.filter(({ consents, voice }) => consents === true && voice !== 'biased').length,
		yes: count('yes'),
		no: count('no'),
		abstain: count('abstain'),
		objections: count('objection'),
		over,
	};
}

/**
 * Result of a written procedure (rulebook R2-53). `silentUnlessObjection` (KVG LSA § 54): adopted when the time is over and
 * nobody objected; one objection ends it at once. `consentQuorum`: enough members must agree to the procedure itself, then
 * more yes than no decides; no reply is never a yes.
 */
export function findWritten(profile: Profile, inputs: WrittenInputs): WrittenFinding {
	const rule = profile.rules.written;
	return {
		profileId: profile.id,
		profileName: profile.name,
		rule,
		citations: citationsOf(profile, 'written'),
		inputs,
		outcome: outcomeOf(rule, inputs),
	};
}

function outcomeOf(rule: WrittenRule, inputs: WrittenInputs): WrittenOutcome {
	const needed = rule.mode === 'consentQuorum' ? consentsNeeded(rule.consent, inputs.asked) : 0;
	const silent = inputs.asked - inputs.yes - inputs.no - inputs.abstain - inputs.objections;
	const says = (state: WrittenOutcome['state'], because: WrittenOutcome['because']): WrittenOutcome => ({
		state,
		because,
		consentsNeeded: needed,
		silent,
	});
	if (inputs.asked === 0) return says('failed', 'nobodyAsked');
	if (rule.mode !== 'consentQuorum') {
		if (inputs.objections + inputs.no > 0) return says('failed', 'objection');
		return inputs.over ? says('adopted', 'nobodyObjected') : says('running', 'waiting');
	}
	if (!inputs.over && silent > 0) return says('running', 'waiting');
	if (inputs.consents < needed) return says('failed', 'consentMissing');
	return inputs.yes > inputs.no ? says('adopted', 'majority') : says('rejected', 'noMajority');
}
