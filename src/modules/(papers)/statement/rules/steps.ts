/** The steps of a statement: who may take which, and where it leads (rulebook R3-16). Pure. */

export type StatementState = 'requested' | 'drafting' | 'coSigning' | 'approval' | 'approved' | 'published' | 'stopped';

export type StatementAct =
	'assign' | 'draft' | 'askCoSign' | 'hand' | 'approve' | 'giveBack' | 'publish' | 'stop' | 'resume';

/** Where an act is possible, and the state after it; nothing else leads anywhere. */
const STEPS: Record<StatementAct, Partial<Record<StatementState, StatementState>>> = {
	assign: { requested: 'requested', drafting: 'drafting' },
	// The words change in this state alone: whatever was agreed to before has to be asked for again.
	draft: { requested: 'drafting', drafting: 'drafting' },
	askCoSign: { drafting: 'coSigning' },
	hand: { drafting: 'approval', coSigning: 'approval' },
	approve: { approval: 'approved' },
	giveBack: { coSigning: 'drafting', approval: 'drafting', approved: 'drafting' },
	publish: { approved: 'published' },
	stop: {
		requested: 'stopped',
		drafting: 'stopped',
		coSigning: 'stopped',
		approval: 'stopped',
		approved: 'stopped',
	},
	resume: { stopped: 'drafting' },
};

/** @returns the state after the act, or null where it is not possible */
export function afterAct(state: StatementState, act: StatementAct): StatementState | null {
	return STEPS[act][state] ?? null;
}

export const ACTS = Object.keys(STEPS) as StatementAct[];

/** Is it still somebody's to do? */
export function isOpen(state: StatementState): boolean {
	return state !== 'published' && state !== 'stopped';
}

export type CoSignState =
	'waiting' | 'asked' | 'agreed' | 'agreedWithRemarks' | 'refused' | 'notAffected' | 'outdated' | 'passedOver';

export interface CoSign {
	id: string;
	step: number;
	state: CoSignState;
}

/**
 * Who is to be asked now: all of the lowest step that is not through; the next step only when everybody before has answered.
 * @returns ids of those who still wait
 */
export function nextAsked(list: readonly CoSign[]): string[] {
	const open = list.filter(({ state }) => state === 'waiting' || state === 'asked');
	const step = Math.min(...open.map((one) => one.step));
	return open.filter((one) => one.step === step && one.state === 'waiting').map(({ id }) => id);
}

/** Those who were asked and said nothing: silence is no agreement, so going on without them needs a reason (R4-05). */
export function silent(list: readonly CoSign[]): string[] {
	return list.filter(({ state }) => state === 'waiting' || state === 'asked').map(({ id }) => id);
}
