/** When to remind (steps are dated data of the town). Pure. */

export type About = 'report' | 'officeReport' | 'control';

export interface ReminderPlan {
	/** Days before the due date, in any order; 0 is the day itself. */
	daysBefore: number[];
	/** After it: every so many days; 0 for never. */
	repeatDays: number;
}

/** What a town without a plan of its own begins with; offered as a proposal of the program, no norm. */
export const USUAL_PLANS: Record<About, ReminderPlan> = {
	report: { daysBefore: [28, 7], repeatDays: 14 },
	officeReport: { daysBefore: [56, 28, 7], repeatDays: 28 },
	control: { daysBefore: [14], repeatDays: 28 },
};

/**
 * The step of the plan that is due today, as a key; null while none is. A run that was missed is made up for by the latest step
 * alone. The same day and plan always give the same key: who was told it needs no second mail.
 */
export function reminderStep(plan: ReminderPlan, due: Temporal.PlainDate, today: Temporal.PlainDate): string | null {
	const left = today.until(due).days;
	if (left < 0 && plan.repeatDays > 0) {
		const round = Math.floor(-left / plan.repeatDays);
		if (round > 0) return `after-${round}`;
	}
	const reached = plan.daysBefore.filter((days) => days >= left);
	return reached.length ? `before-${Math.min(...reached)}` : null;
}

/** From how many days before its date a thing stands on the desk of those who owe it. */
export function leadDays({ daysBefore }: ReminderPlan): number {
	return Math.max(0, ...daysBefore);
}
