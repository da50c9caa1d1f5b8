import type { Profile, NoticeRule } from '../../rules/profile.ts';
import { citationsOf } from '../../rules/profile.ts';

/** What was computed when an invitation went out; stored with the session and shown for ever. Days are ISO. */
export interface NoticeFinding {
	profile: { id: string; name: string };
	inputs: { session: string; sentAt: string; sentOn: string; days: number; counting: NoticeRule['counting'] };
	outcome: {
		/** Last day on which the invitation could be received, and so sent by mail. */
		lastDay: string;
		kept: boolean;
		/** Full days between receipt and session. */
		fullDays: number;
		/** Convened at short notice on purpose, with the reason given (rulebook R2-05). */
		urgent: boolean;
		reason: string;
	};
	citations: { text: string; url: string | null }[];
}

/**
 * Last day of receipt for a session. `fullDaysBetween`: neither the day of receipt nor that of the session counts, so 7
 * days before Wednesday the 19th end on Tuesday the 11th; `sameWeekday`: Wednesday the 12th (rulebook R2-04).
 * A mail counts as received when it is sent at the latest on the day before the period begins, which is this day
 * under both methods (R2-03).
 */
export function lastDayOf(
	session: Temporal.PlainDate,
	rule: Pick<NoticeRule, 'days' | 'counting'>,
): Temporal.PlainDate {
	if (rule.days === 0) return session;
	return session.subtract({ days: rule.counting === 'fullDaysBetween' ? rule.days + 1 : rule.days });
}

/** Was an invitation sent on that day in time? Days alone count, so a night in which clocks change alters nothing. */
export function inTime(sentOn: Temporal.PlainDate, session: Temporal.PlainDate, rule: NoticeRule): boolean {
	return Temporal.PlainDate.compare(sentOn, lastDayOf(session, rule)) <= 0;
}

/**
 * The finding for an invitation sent at a moment. The day of the session is the one on which it begins, also when it goes
 * on after midnight; the day of sending is that of the town's clock.
 */
export function findNotice(
	profile: Profile,
	session: Temporal.PlainDate,
	sentAt: Temporal.Instant,
	timeZone: string,
	urgentReason = '',
): NoticeFinding {
	const rule = profile.rules.notice;
	const sentOn = sentAt.toZonedDateTimeISO(timeZone).toPlainDate();
	const kept = inTime(sentOn, session, rule);
	const urgent = !kept && rule.urgentShortNotice && urgentReason.trim() !== '';
	return {
		profile: { id: profile.id, name: profile.name },
		inputs: {
			session: session.toString(),
			sentAt: sentAt.toString(),
			sentOn: sentOn.toString(),
			days: rule.days,
			counting: rule.counting,
		},
		outcome: {
			lastDay: lastDayOf(session, rule).toString(),
			kept,
			fullDays: Math.max(0, sentOn.until(session).days - 1),
			urgent,
			reason: urgent ? urgentReason.trim() : '',
		},
		citations: citationsOf(profile, 'notice'),
	};
}
