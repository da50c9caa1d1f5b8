import * as m from '#messages';
import { formatDay, formatTime, joinParts } from '#kernel/i18n/format.ts';
import { SOURCE_LOCALE, type Locale } from '#kernel/i18n/locales.ts';
import type { Outcome } from '#ui/types.ts';
import type { ItemResult, ItemView, MeetingRow, MeetingView, VoteView } from '../view.ts';

/** What the pages of sessions need to speak: language and time zone travel together. */
export interface Speech {
	locale: Locale;
	timeZone: string;
}

/** "5. öffentliche Sitzung", "Klausurtagung": the printed title of an old record never replaces it. */
export function meetingTitle(meeting: Pick<MeetingRow, 'number' | 'kind' | 'public'>): string {
	if (meeting.number !== null && meeting.kind === 'regular') {
		const number = meeting.number;
		return meeting.public ? m.council_meeting_numbered_public({ number }) : m.council_meeting_numbered({ number });
	}
	return KINDS[meeting.kind]();
}

const KINDS: Record<MeetingView['kind'], () => string> = {
	constituting: m.council_kind_constituting,
	regular: m.council_kind_regular,
	extraordinary: m.council_kind_extraordinary,
	retreat: m.council_kind_retreat,
	joint: m.council_kind_joint,
};

/** "17:00 bis 19:00 Uhr", "ab 17:00 Uhr" or nothing. */
export function timeRange(start: string | null, end: string | null, { locale, timeZone }: Speech): string {
	if (!start) return '';
	const from = formatTime(start, locale, timeZone);
	return end
		? m.council_time_range({ start: from, end: formatTime(end, locale, timeZone) })
		: m.council_time_from({ start: from });
}

const OUTCOMES: Record<ItemResult, Outcome> = {
	adopted: 'yes',
	adoptedChanged: 'yes',
	confirmed: 'yes',
	elected: 'yes',
	rejected: 'no',
	noted: 'noted',
	withoutVote: 'noted',
	settled: 'noted',
	postponed: 'open',
	referred: 'open',
	parked: 'open',
	withdrawn: 'open',
};

/** What decides the word of a result; whole items have it, and so do single outcomes elsewhere. */
export interface WithResult extends Pick<ItemView, 'result'> {
	hidden?: boolean;
	removed?: boolean;
	resolutions: Pick<ItemView['resolutions'][number], 'kind'>[];
}

/** Sign and word of an item's result. A body that only advises recommends; it never decides (GRE-23). */
export function resultOf(item: WithResult, advisory: boolean): { outcome: Outcome; word: string } | null {
	if (item.removed) return { outcome: 'open', word: m.council_member_said_removed_word() };
	if (item.hidden) return { outcome: 'shut', word: m.council_item_closed() };
	if (!item.result) return null;
	if (item.result === 'withoutVote' && item.resolutions.some(({ kind }) => kind === 'opinion'))
		return { outcome: 'noted', word: m.council_session_live_opinion() };
	const recommends = advisory && item.resolutions.some((resolution) => resolution.kind !== 'decision');
	return { outcome: OUTCOMES[item.result], word: resultWord(item.result, recommends) };
}

function resultWord(result: ItemResult, recommends: boolean): string {
	if (recommends && result === 'adopted') return m.council_result_recommended();
	if (recommends && result === 'adoptedChanged') return m.council_result_recommendedChanged();
	return RESULTS[result]();
}

const RESULTS: Record<ItemResult, () => string> = {
	adopted: m.council_result_adopted,
	adoptedChanged: m.council_result_adoptedChanged,
	rejected: m.council_result_rejected,
	noted: m.council_result_noted,
	postponed: m.council_result_postponed,
	referred: m.council_result_referred,
	withdrawn: m.council_result_withdrawn,
	parked: m.council_result_parked,
	settled: m.council_result_settled,
	withoutVote: m.council_result_withoutVote,
	confirmed: m.council_result_confirmed,
	elected: m.council_result_elected,
};

/** "6 Ja, 1 Nein, 2 Enthaltungen" where figures were counted, "einstimmig" where only that was recorded. */
export function voteFigures(vote: VoteView, locale: Locale = SOURCE_LOCALE): string {
	const parts: string[] = [];
	if (vote.yes !== null) {
		parts.push(m.council_votes_figures({ yes: vote.yes, no: vote.no ?? 0, abstain: vote.abstain ?? 0 }));
	} else if (vote.unanimous) parts.push(m.council_votes_unanimous());
	if (vote.biased) parts.push(m.council_votes_biased({ count: vote.biased }));
	if (vote.method === 'secret') parts.push(m.council_votes_public_secret());
	if (vote.method === 'written') parts.push(m.council_votes_public_written());
	return joinParts(parts, locale);
}

/** The sentences at the top of a session's page, from its structure alone, so that every language has them. */
export function inShort(meeting: MeetingView): string[] {
	const said: string[] = [];
	if (meeting.quorum)
		said.push(meeting.quorum.computed.outcome.quorate ? m.council_short_quorate() : m.council_short_not_quorate());
	const adopted = meeting.items.filter(
		(i) => i.resolutions.length && (i.result === 'adopted' || i.result === 'adoptedChanged'),
	).length;
	if (adopted)
		said.push(
			meeting.body.advisory
				? m.council_short_recommended({ count: adopted })
				: m.council_short_adopted({ count: adopted }),
		);
	const postponed = meeting.items.filter((i) => i.result === 'postponed').length;
	if (postponed) said.push(m.council_short_postponed({ count: postponed }));
	if (meeting.tasks.length) said.push(m.council_short_tasks({ count: meeting.tasks.length }));
	return said;
}

export function day(date: string, style: 'full' | 'long' | 'dayMonth' | 'short', { locale }: Speech): string {
	return formatDay(date, style, locale);
}
