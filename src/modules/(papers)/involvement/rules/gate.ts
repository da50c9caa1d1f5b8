import type { Standing } from './standing.ts';

/** One co-signature that a matter owes, as far as the gate needs it. */
export interface OwedSignature {
	who: string;
	/** The standing of the latest request; null while nobody was asked. */
	standing: Standing | null;
	omitted: boolean;
}

export type GateReason =
	/** Nothing is asked for: not relevant, or no rule of the town hits it. */
	| 'notRelevant'
	| 'noRule'
	/** Everything owed was answered, or it is on record why not. */
	| 'done'
	/** Nobody has answered the question of relevance yet, and a rule would hit. */
	| 'relevanceOpen'
	/** The paper says relevant, its matter says not. */
	| 'relevanceDiffers'
	/** Relevant, but no matter was opened for it. */
	| 'noMatter'
	| 'notRequested'
	| 'waiting'
	| 'outdated';

export interface Missing {
	who: string;
	why: 'notRequested' | 'waiting' | 'outdated';
}

/** The gate as pages and other rooms see it. */
export interface Gate {
	open: boolean;
	reason: GateReason;
	/** Offices whose co-signature is missing, by their titles. */
	missing: Missing[];
	/** Page where what is missing is put right, without language prefix. */
	href: string;
}

export interface GateFacts {
	/** Of the paper; null: nobody was asked. */
	relevant: boolean | null;
	/** A rule in force would ask for a co-signature if the paper is relevant. */
	ruleHits: boolean;
	/** Null where there is no matter for this paper. */
	matter: { relevant: boolean; signatures: OwedSignature[] } | null;
}

/**
 * May a paper go on to the mayor's approval? A co-signature gives no veto (R4-03): a refusal, a bias, silence after the
 * deadline and a vacant office let it pass, with their trace. What holds it is a question that was never asked, is still
 * running, or was answered for other words, unless the omission is on record (MIT-03, R4-05, R4-06, R4-08).
 */
export function gateOf({ relevant, ruleHits, matter }: GateFacts): {
	open: boolean;
	reason: GateReason;
	missing: Missing[];
} {
	const shut = (reason: GateReason, missing: Missing[] = []) => ({ open: false, reason, missing });
	const pass = (reason: GateReason) => ({ open: true, reason, missing: [] });
	if (matter) {
		if (relevant && !matter.relevant) return shut('relevanceDiffers');
		const missing = matter.signatures.flatMap(whatIsMissing);
		if (missing.length) return shut(missing[0]!.why, missing);
		return pass(matter.signatures.length ? 'done' : matter.relevant ? 'noRule' : 'notRelevant');
	}
	if (relevant === false) return pass('notRelevant');
	if (!ruleHits) return pass('noRule');
	return shut(relevant === null ? 'relevanceOpen' : 'noMatter');
}

function whatIsMissing({ who, standing, omitted }: OwedSignature): Missing[] {
	if (omitted) return [];
	if (standing === 'open' || standing === 'waiting') return [{ who, why: 'waiting' }];
	if (standing === null || standing === 'withdrawn') return [{ who, why: 'notRequested' }];
	return standing === 'outdated' ? [{ who, why: 'outdated' }] : [];
}
