import * as m from '#messages';
import type { ItemResult, ItemView } from '../view.ts';

const KINDS: Record<string, () => string> = {
	topic: m.council_member_kind_topic,
	report: m.council_member_kind_report,
	election: m.council_member_kind_election,
	opening: m.council_member_kind_opening,
	minutesApproval: m.council_member_kind_minutes,
	announcement: m.council_member_kind_announcement,
	anyOther: m.council_member_kind_other,
};

/** What kind of item it is, for readers who can't read its German title. */
export function itemKind(item: Pick<ItemView, 'kind'>): string {
	return KINDS[item.kind]?.() ?? '';
}

const SAID: Record<ItemResult, () => string> = {
	adopted: m.council_member_said_adopted,
	adoptedChanged: m.council_member_said_adopted_changed,
	rejected: m.council_member_said_rejected,
	noted: m.council_member_said_noted,
	postponed: m.council_member_said_postponed,
	referred: m.council_member_said_referred,
	withdrawn: m.council_member_said_withdrawn,
	parked: m.council_member_said_parked,
	settled: m.council_member_said_settled,
	withoutVote: m.council_member_said_without_vote,
	confirmed: m.council_member_said_confirmed,
	elected: m.council_member_said_elected,
};

type Decided = Pick<ItemView, 'hidden' | 'result' | 'removed' | 'removal'> & {
	resolutions: Pick<ItemView['resolutions'][number], 'kind'>[];
	votes: Pick<ItemView['votes'][number], 'yes' | 'no' | 'abstain' | 'unanimous'>[];
};

/**
 * What became of an item, in plain sentences made of its structure alone, so that every language has them: the result, and
 * how the vote went. A body that only advises recommends (GRE-23). Nothing for a closed item or one without a result.
 */
export function decidedSentences(item: Decided, advisory: boolean): string[] {
	if (item.removed) return removedSentences(item.removal);
	if (item.hidden || !item.result) return [];
	const [vote] = item.votes;
	const said = [resultSentence(item.result, item.resolutions, advisory)];
	if (vote && vote.yes !== null && item.result !== 'elected')
		said.push(m.council_member_said_votes({ yes: vote.yes, no: vote.no ?? 0, abstain: vote.abstain ?? 0 }));
	else if (vote?.unanimous) said.push(m.council_member_said_unanimous());
	return said;
}

function resultSentence(result: ItemResult, resolutions: Decided['resolutions'], advisory: boolean): string {
	if (result === 'withoutVote' && resolutions.some(({ kind }) => kind === 'opinion'))
		return m.council_member_said_opinion();
	const recommends = advisory && resolutions.some(({ kind }) => kind !== 'decision');
	if (recommends && result === 'adopted') return m.council_member_said_recommended();
	if (recommends && result === 'adoptedChanged') return m.council_member_said_recommended_changed();
	return SAID[result]();
}

/** That an item was taken off, and who decided so: the body in its session, or whoever convenes before it. */
function removedSentences(removal: ItemView['removal']): string[] {
	const said = [m.council_member_said_removed()];
	if (!removal?.inSession) return [...said, m.council_member_said_removed_before()];
	const { votes } = removal;
	return [...said, votes ? m.council_member_said_removed_vote(votes) : m.council_member_said_removed_meeting()];
}
