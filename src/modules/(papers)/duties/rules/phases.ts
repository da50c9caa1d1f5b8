import { dueDates, type Rhythm } from './dues.ts';

/**
 * Phases of a rhythm that lead to just these due dates: the last ones that follow the rhythm are one phase, each earlier one stands
 * for itself. Pure.
 * @param dates ISO days in their order, at least one
 */
export function phasesOf(dates: readonly string[], rhythm: Rhythm): { from: string; rhythm: Rhythm }[] {
	const days = dates.map((date) => Temporal.PlainDate.from(date));
	const last = days.at(-1)!;
	let begin = days.length - 1;
	if (rhythm === 'once') return dates.map((from) => ({ from, rhythm }));
	for (let at = begin - 1; at >= 0; at--) {
		const from = days[at]!;
		const planned = dueDates([{ from, rhythm }], { on: last, count: null }, last).map(String);
		if (planned.join() !== dates.slice(at).join()) break;
		begin = at;
	}
	return dates.slice(0, begin + 1).map((from, at) => ({ from, rhythm: at === begin ? rhythm : 'once' }));
}
