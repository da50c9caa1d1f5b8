import * as m from '#messages';
import type { MinutesState } from '../rules/states.ts';

const WORDS: Record<MinutesState, () => string> = {
	draft: m.council_minutes_state_draft,
	internalReview: m.council_minutes_state_internalReview,
	signed: m.council_minutes_state_signed,
	published: m.council_minutes_state_published,
	approved: m.council_minutes_state_approved,
	archived: m.council_minutes_state_archived,
};

/** The word of a state, for those who work with it. */
export function stateWord(state: MinutesState): string {
	return WORDS[state]();
}
