import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import type { RuleViolation } from '#kernel/errors.ts';
import { formatTime } from '#kernel/i18n/format.ts';

type Words = (params: RuleViolation['params'], ctx: Ctx) => string;

/** What forms of planning are told, by the code of a schema or rule. */
const WORDS: Record<string, Words> = {
	'identity.wait': ({ seconds }, ctx) =>
		m.shell_login_error_wait({
			time: formatTime(ctx.now.add({ seconds: Number(seconds) + 59 }).toString(), ctx.locale, ctx.body.timeZone),
		}),
	title: () => m.council_planning_error_title(),
	long: () => m.shell_feedback_error_long(),
	email: () => m.shell_login_error_email(),
	newsBodies: () => m.council_member_news_error_bodies(),
	newsLanguage: () => m.council_member_news_error_language(),
	body: () => m.council_planning_error_body(),
	date: () => m.council_planning_error_date(),
	time: () => m.council_planning_error_time(),
	end: () => m.council_planning_error_end(),
	'council.past': () => m.council_planning_error_past(),
	'council.pollOptions': () => m.council_planning_poll_error_options(),
	'council.pollTwice': () => m.council_planning_poll_error_twice(),
	'council.pollNobody': () => m.council_planning_poll_error_nobody(),
	'council.pollOver': () => m.council_planning_poll_over(),
	'council.pollEmpty': () => m.council_planning_poll_error_empty(),
	'council.pollNone': () => m.council_planning_poll_error_none(),
	'council.topicReason': () => m.council_planning_topic_error_reason(),
	'council.topicNone': () => m.council_planning_topic_error_none(),
	'council.topicDone': () => m.council_planning_topic_error_done(),
	'council.topicNoSession': () => m.council_planning_topic_error_session(),
	'council.saveNobody': () => m.council_planning_error_save_nobody(),
	'council.saveOver': () => m.council_planning_error_save_over(),
	'council.inviter': () => m.council_planning_error_inviter(),
	'council.inviterFirst': () => m.council_planning_error_inviter_first(),
	'council.guestNobody': () => m.council_planning_error_guest(),
	'council.guestOnRoll': () => m.council_planning_error_roll(),
	council_agenda_fault_over: () => m.council_agenda_fault_over(),
	'council.eventOver': () => m.council_planning_error_event_over(),
	'council.noRetreat': () => m.council_planning_error_retreat(),
	'council.retreatEmpty': () => m.council_planning_error_retreat_empty(),
	'council.yearNone': () => m.council_planning_error_dates(),
	'council.yearStuck': () => m.council_planning_error_stuck(),
	'council.conveningOver': () => m.council_planning_error_asked(),
	'council.pollFixed': () => m.council_planning_poll_error_fixed(),
	'council.pollStuck': () => m.council_planning_poll_error_stuck(),
};

/** @throws Error for a code without words: that is a defect, not an answer */
export function faultWords(code: string, params: RuleViolation['params'], ctx: Ctx): string {
	const words = WORDS[code];
	if (!words) throw new Error(`no words for the fault ${code}`);
	return words(params, ctx);
}
