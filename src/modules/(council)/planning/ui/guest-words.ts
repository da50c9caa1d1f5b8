import * as m from '#messages';

const COMMITMENTS: Record<string, () => string> = {
	open: m.council_planning_commitment_open,
	committed: m.council_planning_commitment_yes,
	declined: m.council_planning_commitment_no,
};

/** What a guest promised. */
export function commitmentWord(commitment: string): string {
	return COMMITMENTS[commitment]?.() ?? '';
}

const ACTS: Record<string, () => string> = {
	inviter: m.council_planning_act_inviter,
	reset: m.council_planning_act_reset,
	confirmed: m.council_planning_act_confirmed,
	added: m.council_planning_act_added,
	removed: m.council_planning_act_removed,
	committed: m.council_planning_act_committed,
	declined: m.council_planning_act_declined,
	open: m.council_planning_act_open,
	came: m.council_planning_act_came,
	missed: m.council_planning_act_missed,
};

/** An entry in the log of a guest list. */
export function actWord(act: string): string {
	return ACTS[act]?.() ?? act;
}
