import type { HalfYear } from './rules/half-year.ts';
import type { Statistic, StatisticRow } from './rules/statistic.ts';
import type { HalfYearView } from './statistic.server.ts';

/** The statistic as lines of a table; hidden cells are empty. */
export function statisticLines(half: HalfYear, view: HalfYearView): Record<string, string | number | null>[] {
	return [...linesOf(half, 'coSign', view.coSign), ...linesOf(half, 'consult', view.consult)];
}

function linesOf(half: HalfYear, form: string, statistic: Statistic) {
	const line = (by: string, row: StatisticRow) => ({
		halfYear: half.key,
		form,
		by,
		name: row.key,
		required: row.required,
		requested: row.rates?.requested.part ?? null,
		requestedInTime: row.inTime?.requested ?? null,
		requestRate: row.rates?.requested.percent ?? null,
		informedInTime: row.rates?.early.part ?? null,
		earlinessRate: row.rates?.early.percent ?? null,
		answered: row.rates?.answered.part ?? null,
		answeredInTime: row.inTime?.answered ?? null,
		answerRate: row.rates?.answered.percent ?? null,
		remarks: row.rates?.takenUp.of ?? null,
		takenUp: row.rates?.takenUp.part ?? null,
		takeUpRate: row.rates?.takenUp.percent ?? null,
	});
	const { total, rates, required } = statistic;
	const all: StatisticRow = {
		key: '',
		required,
		rates,
		inTime: total ? { requested: total.requestedInTime, answered: total.answeredInTime } : null,
	};
	return [
		line('total', all),
		...statistic.byDepartment.map((row) => line('department', row)),
		...statistic.byType.map((row) => line('type', row)),
	];
}
