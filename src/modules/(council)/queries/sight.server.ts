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

/**
 * Condition for SQL: may this actor know of the session (alias `m`)? Those inside of all; strangers of published public ones; who is
 * designated and not yet in office reads the public drafts of the body as well (rulebook R1-14, GRE-20).
 */
export function knowsSession(ctx: Ctx): RawBuilder<boolean> {
	const { personId } = ctx.actor;
	const designated = personId
		? sql`exists (select from registry.membership d where d.body_id = m.body_id and d.organisation_id = m.council_body_id
			and d.person_id = ${personId}::uuid and d.from_date is null and d.until_date is null)`
		: sql`false`;
	return sql`(${insideOf(ctx, 'm.council_body_id')} or (m.public and (m.published or ${designated})))`;
}
