import type { Ctx } from '#kernel/ctx.ts';
import { unitRows } from '#server/registry';
import type { Choice } from '#ui/types.ts';

/** Parts of the administration as choices of a form, each below the one it belongs to. One query. */
export async function departmentChoices(ctx: Ctx): Promise<Choice[]> {
	return (await unitRows(ctx)).map(({ id, name, depth }) => ({
		value: id,
		label: `${'– '.repeat(depth)}${name}`,
		lang: 'de',
	}));
}

/** Whom a recommendation may go to: committees, departments, institutions and others outside; no groups. One query. */
export async function addresseeChoices(ctx: Ctx): Promise<Choice[]> {
	const rows = await ctx.db
		.selectFrom('registry.organisation')
		.select(['id', 'name'])
		.where('organisation_type', 'in', ['committee', 'department', 'institution', 'external', 'other'])
		.where((is) => is.or([is('until_date', 'is', null), is('until_date', '>', ctx.today)]))
		.orderBy('name')
		.execute();
	return rows.map(({ id, name }) => ({ value: id, label: name, lang: 'de' }));
}
