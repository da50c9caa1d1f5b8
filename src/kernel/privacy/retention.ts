import type { RetentionClass } from './declaration.ts';

/** How long each class keeps; null: no date ends it. Towns may differ by resolution; these are the defaults of R8-11. */
const PERIODS: Record<RetentionClass, Temporal.Duration | null> = {
	permanent: null,
	function: null,
	account: null,
	'invitations-5y': Temporal.Duration.from({ years: 5 }),
	'attendance-10y': Temporal.Duration.from({ years: 10 }),
	'applications-6m': Temporal.Duration.from({ months: 6 }),
	'assignments-12m': Temporal.Duration.from({ months: 12 }),
	'registrations-4w': Temporal.Duration.from({ weeks: 4 }),
	'audit-12m': Temporal.Duration.from({ months: 12 }),
	'log-90d': Temporal.Duration.from({ days: 90 }),
	'feedback-12m': Temporal.Duration.from({ months: 12 }),
	'reading-12m': Temporal.Duration.from({ months: 12 }),
};

export function periodOf(retention: RetentionClass): Temporal.Duration | null {
	return PERIODS[retention];
}

/** What lies before this day is over its time; undefined for classes without an end. */
export function cutoff(retention: RetentionClass, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
	const period = PERIODS[retention];
	return period ? today.subtract(period) : undefined;
}
