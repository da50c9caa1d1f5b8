export type Answer = 'agreed' | 'agreedWithRemarks' | 'refused' | 'notAffected' | 'abstainedBias';
export type RequestState = 'waiting' | 'open' | 'answered' | 'outdated' | 'withdrawn';

/** What is known of one question to one addressee. ISO days. */
export interface RequestFacts {
	state: RequestState;
	/** Hash of the text that was asked about. */
	hash: string;
	dueOn: string | null;
	vacant: boolean;
	answer: Answer | null;
	answeredOn: string | null;
}

/**
 * How a request stands on a day. Silence is `noAnswer` and never agreement (R4-05); an answer to other words than those of
 * today is `outdated` (R4-06); nobody can answer for an office that is `vacant`.
 */
export type Standing = 'waiting' | 'open' | 'noAnswer' | 'outdated' | 'withdrawn' | 'vacant' | Answer;

/** @param hash of the text as it is now; null where it is gone, which makes nothing outdated */
export function standingOf(request: RequestFacts, today: string, hash: string | null): Standing {
	const { state, answer, dueOn } = request;
	if (state === 'withdrawn' || state === 'outdated') return state;
	if (state === 'answered' && answer) return hash !== null && hash !== request.hash ? 'outdated' : answer;
	if (state === 'waiting') return 'waiting';
	if (request.vacant) return 'vacant';
	return dueOn !== null && dueOn < today ? 'noAnswer' : 'open';
}

/** Answered by the last day of the deadline. */
export function inTime({ answeredOn, dueOn }: Pick<RequestFacts, 'answeredOn' | 'dueOn'>): boolean {
	return answeredOn !== null && (dueOn === null || answeredOn <= dueOn);
}

/** May the next in line be asked? Whoever said nothing in time does not hold up the others (R4-05: with a note). */
export function letsOthersGoOn(standing: Standing): boolean {
	return standing !== 'waiting' && standing !== 'open';
}
