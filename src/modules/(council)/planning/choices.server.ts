import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { Choice } from '#ui/types.ts';
import { bodyRows } from '../queries/bodies.server.ts';

/** Council bodies in which this actor holds a permission, as choices of a form. One query. */
export async function bodyChoices(ctx: Ctx, permission: string): Promise<Choice[]> {
	const rows = await bodyRows(ctx);
	return rows.filter(({ id }) => may(ctx.actor, permission, id)).map(({ id, name }) => ({ value: id, label: name }));
}
