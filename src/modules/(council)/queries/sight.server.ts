import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { permissionOf } from '#kernel/module.ts';

/**
 * Condition for SQL: does this actor belong to the council body in that column? Members read what their own body keeps
 * inside, not what another one does; the office of the whole town reads everything.
 * @param column expression that names the council body, e.g. 'm.council_body_id'
 */
export function insideOf(ctx: Ctx, column: string): RawBuilder<boolean> {
	if (!may(ctx.actor, 'council.members')) return sql`false`;
	if (ctx.actor.kind !== 'person') return sql`true`;
	const { roles } = permissionOf('council.members');
	const grants = ctx.actor.grants.filter((grant) => roles.includes(grant.role));
	if (grants.some((grant) => grant.organisationId === null)) return sql`true`;
	return sql`${sql.raw(column)} = any(${grants.map((grant) => grant.organisationId)}::uuid[])`;
}
