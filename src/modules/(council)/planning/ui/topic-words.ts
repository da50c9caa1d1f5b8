import * as m from '#messages';

const WORDS: Record<string, () => string> = {
	received: m.council_planning_state_received,
	accepted: m.council_planning_state_accepted,
	declined: m.council_planning_state_declined,
	parked: m.council_planning_state_parked,
	onAgenda: m.council_planning_state_on_agenda,
	withdrawn: m.council_planning_state_declined,
};

/** What became of a proposal so far, in a word. */
export function topicStateWord(state: string): string {
	return WORDS[state]?.() ?? state;
}

export function topicTone(state: string): '' | 'good' | 'warn' | 'bad' {
	if (state === 'accepted' || state === 'onAgenda') return 'good';
	return state === 'received' ? 'warn' : '';
}
