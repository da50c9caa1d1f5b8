import { monthEntries } from '../queries/calendar.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const asked = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(url.searchParams.get('monat') ?? '');
	const month = asked ? new Temporal.PlainYearMonth(Number(asked[1]), Number(asked[2])) : ctx.today.toPlainYearMonth();
	return {
		year: month.year,
		month: month.month,
		previous: month.subtract({ months: 1 }).toString(),
		next: month.add({ months: 1 }).toString(),
		entries: await monthEntries(ctx, month),
	};
};
