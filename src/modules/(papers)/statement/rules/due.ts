/** By when a statement is due (rulebook R3-16, R3-18). Pure; days are dates, periods come from the town's rule. */

/** How many days there are; dated data of the town. */
export interface StatementRule {
	/** First day on which it counts; null for the usual one, which counts until a town has its own. */
	validFrom: Temporal.PlainDate | null;
	beforeCommittee: number;
	countedIn: 'days' | 'workingDays';
	approvalDays: number;
	inquiryDays: number;
	coSignDays: number;
	treatmentDays: number;
	reminderDays: number[];
	citation: string;
}

/** What a town begins with: ten days before the first committee (VOR-19), about four weeks for inquiries (R3-18). */
export const USUAL_RULE: StatementRule = {
	validFrom: null,
	beforeCommittee: 10,
	countedIn: 'days',
	approvalDays: 3,
	inquiryDays: 28,
	coSignDays: 5,
	treatmentDays: 90,
	reminderDays: [7, 3, 0],
	citation: '',
};

export interface DueDates {
	/** Last day on which the statement is in time; null while nothing is planned that it could be counted from. */
	dueOn: Temporal.PlainDate | null;
	/** Last day for handing it to the mayor. */
	approvalDueOn: Temporal.PlainDate | null;
	basis: 'committee' | 'inquiry' | 'none';
	/** The day counted from: of the first committee, or of filing. */
	baseOn: Temporal.PlainDate | null;
}

/** Is nobody at work on that day? Saturdays, Sundays and the town's holidays. */
export type IsOff = (day: Temporal.PlainDate) => boolean;

/** @param holidays ISO days */
export function offDays(holidays: ReadonlySet<string>): IsOff {
	return (day) => day.dayOfWeek > 5 || holidays.has(day.toString());
}

/** The n-th working day before (negative: after) a day that itself does not count; 0 gives the day as it is. */
export function moveWorkingDays(day: Temporal.PlainDate, n: number, isOff: IsOff): Temporal.PlainDate {
	let at = day;
	const step = Math.sign(n);
	for (let left = Math.abs(n); left > 0;) {
		at = at.add({ days: step });
		if (!isOff(at)) left -= 1;
	}
	return at;
}

/**
 * When the statement has to be there. Before a committee it lies there in full for the days of the rule, so its last day is
 * the working day before them; an inquiry is answered within its days, earlier where a committee is nearer.
 */
export function dueDates(
	asked: { kind: 'motion' | 'inquiry'; filedOn: Temporal.PlainDate; firstCommittee: Temporal.PlainDate | null },
	rule: StatementRule,
	isOff: IsOff,
): DueDates {
	const forCommittee = asked.firstCommittee && beforeCommittee(asked.firstCommittee, rule, isOff);
	const forInquiry =
		asked.kind === 'inquiry' ? lastWorkingDay(asked.filedOn.add({ days: rule.inquiryDays }), isOff) : null;
	if (!forCommittee && !forInquiry) return { dueOn: null, approvalDueOn: null, basis: 'none', baseOn: null };
	const inquiryFirst = forInquiry && (!forCommittee || Temporal.PlainDate.compare(forInquiry, forCommittee) <= 0);
	const dueOn = inquiryFirst ? forInquiry : forCommittee!;
	return {
		dueOn,
		approvalDueOn: moveWorkingDays(dueOn, -rule.approvalDays, isOff),
		basis: inquiryFirst ? 'inquiry' : 'committee',
		baseOn: inquiryFirst ? asked.filedOn : asked.firstCommittee,
	};
}

function beforeCommittee(first: Temporal.PlainDate, rule: StatementRule, isOff: IsOff): Temporal.PlainDate {
	if (rule.countedIn === 'workingDays') return moveWorkingDays(first, -(rule.beforeCommittee + 1), isOff);
	return moveWorkingDays(first.subtract({ days: rule.beforeCommittee }), -1, isOff);
}

function lastWorkingDay(day: Temporal.PlainDate, isOff: IsOff): Temporal.PlainDate {
	return isOff(day) ? moveWorkingDays(day, -1, isOff) : day;
}

/**
 * Which reminder goes out today, as a key that stands for it once: before the day the nearest step that has come, afterwards
 * one a week. Null: none.
 */
export function reminderKey(
	dueOn: Temporal.PlainDate,
	today: Temporal.PlainDate,
	reminderDays: readonly number[],
): string | null {
	const left = today.until(dueOn, { largestUnit: 'days' }).days;
	if (left < 0) return `late-${Math.floor((-left - 1) / 7)}`;
	const come = reminderDays.filter((days) => left <= days);
	return come.length ? `day-${Math.min(...come)}` : null;
}
