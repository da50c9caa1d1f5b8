import type { Rules } from '../../rules/profile.ts';

export const ANSWERS = ['yes', 'no', 'late', 'remote', 'substitute'] as const;
export type Answer = (typeof ANSWERS)[number];

export interface AnswerSituation {
	mode: 'room' | 'hybrid' | 'video';
	remote: Rules['remote']['mode'];
	role: 'member' | 'advisory' | 'reporter' | 'guest' | 'substitute';
	/** May somebody stand in for this seat (rulebook R1-03)? */
	substitutes: 'none' | 'named' | 'anyOfGroup';
}

/** Which answers are offered: remote only where session and profile allow it, a substitute only for a seat that may have one. */
export function answersFor({ mode, remote, role, substitutes }: AnswerSituation): Answer[] {
	const mayRemote = mode !== 'room' && remote !== 'off';
	const maySubstitute = role === 'member' && substitutes !== 'none';
	return ANSWERS.filter((answer) => (answer === 'remote' ? mayRemote : answer === 'substitute' ? maySubstitute : true));
}

export type LinkState = 'open' | 'running' | 'over' | 'cancelled' | 'withdrawn';

/** Until when an answer may be given and changed: until the session opens. */
export function linkState(given: {
	state: string;
	cancelled: boolean;
	withdrawn: boolean;
	endsOrStarts: Temporal.Instant | null;
	date: Temporal.PlainDate;
	now: Temporal.Instant;
	today: Temporal.PlainDate;
}): LinkState {
	if (given.withdrawn) return 'withdrawn';
	if (given.cancelled) return 'cancelled';
	if (given.state === 'running') return 'running';
	if (given.state !== 'planned' && given.state !== 'invited') return 'over';
	if (given.endsOrStarts) return Temporal.Instant.compare(given.now, given.endsOrStarts) > 0 ? 'over' : 'open';
	return Temporal.PlainDate.compare(given.today, given.date) > 0 ? 'over' : 'open';
}
