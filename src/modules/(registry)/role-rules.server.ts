import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import type { NewRoleRule, RoleRule } from './role-rules.ts';

export interface RoleRuleView extends RoleRule {
	/** Name of the council body or department; empty for the whole town. */
	organisation: string;
}

/** Rules of the town for a sign-in, in their order; for administrators. */
export async function roleRules(ctx: Ctx, provider = 'stadt'): Promise<RoleRuleView[]> {
	demand(ctx.actor, 'registry.duties');
	return readRules(ctx, provider);
}

/** The same without asking who wants to know: for the sign-in itself. */
export async function readRules(ctx: Pick<Ctx, 'db' | 'body'>, provider: string): Promise<RoleRuleView[]> {
	const { rows } =
		await sql<RoleRuleView>`select r.id, r.claim, r.value, r.duty, r.organisation_id as "organisationId", r.stops,
		coalesce(o.name, '') as organisation
		from registry.role_rule r left join registry.organisation o on o.body_id = r.body_id and o.id = r.organisation_id
		where r.body_id = ${ctx.body.id} and r.provider = ${provider} order by r.position, r.id`.execute(ctx.db);
	return rows;
}

/** Adds a rule behind all others. @throws RuleViolation as `checked` @returns id */
export async function addRoleRule(ctx: Ctx, given: NewRoleRule, provider = 'stadt'): Promise<string> {
	demand(ctx.actor, 'registry.duties');
	const rule = checked(given);
	const id = newId();
	await write(ctx, async (tx) => {
		await knownOrganisation(tx, rule.organisation_id);
		const { rows } = await sql<{ next: number }>`select coalesce(max(position), 0) + 1 as next from registry.role_rule
			where body_id = ${tx.body.id} and provider = ${provider}`.execute(tx.db);
		await tx.db
			.insertInto('registry.role_rule')
			.values({ id, provider, position: rows[0]!.next, ...rule })
			.execute();
		tx.touch('registry.roleRule', id, { act: 'created', fields: said(rule) });
	});
	return id;
}

/** Changes a rule where it stands. It counts from the next sign-in on. @throws RuleViolation as `checked`, NotFound */
export async function changeRoleRule(ctx: Ctx, id: string, given: NewRoleRule): Promise<void> {
	demand(ctx.actor, 'registry.duties');
	if (!isId(id)) throw new NotFound('rule');
	const rule = checked(given);
	await write(ctx, async (tx) => {
		await knownOrganisation(tx, rule.organisation_id);
		const changed = await tx.db
			.updateTable('registry.role_rule')
			.set(rule)
			.where('id', '=', id)
			.returning('id')
			.execute();
		if (!changed.length) throw new NotFound('rule');
		tx.touch('registry.roleRule', id, { act: 'changed', fields: said(rule) });
	});
}

/** Removes a rule; roles that it alone gave end with the next sign-in of who holds them. @throws NotFound */
export async function removeRoleRule(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'registry.duties');
	if (!isId(id)) throw new NotFound('rule');
	await write(ctx, async (tx) => {
		const gone = await tx.db.deleteFrom('registry.role_rule').where('id', '=', id).returning('id').execute();
		if (!gone.length) throw new NotFound('rule');
		tx.touch('registry.roleRule', id, { act: 'removed', deleted: true });
	});
}

/** Moves a rule one place up; the first one stays. @throws NotFound */
export async function raiseRoleRule(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'registry.duties');
	if (!isId(id)) throw new NotFound('rule');
	await write(ctx, async (tx) => {
		const { rows } = await sql<{ id: string }>`select id from registry.role_rule where body_id = ${tx.body.id}
			and provider = (select provider from registry.role_rule where body_id = ${tx.body.id} and id = ${id})
			order by position, id for update`.execute(tx.db);
		const ids = rows.map((row) => row.id);
		const at = ids.indexOf(id);
		if (at < 0) throw new NotFound('rule');
		if (at === 0) return;
		ids.splice(at - 1, 2, id, ids[at - 1]!);
		for (const [position, one] of ids.entries())
			await tx.db
				.updateTable('registry.role_rule')
				.set({ position: position + 1 })
				.where('id', '=', one)
				.execute();
		tx.touch('registry.roleRule', id, { act: 'changed', fields: { position: at } });
	});
}

/** @throws RuleViolation `registry.ruleClaim`, `registry.ruleValue`, `registry.ruleDuty`, `registry.dutyNeedsOrganisation` */
function checked({ claim, value, duty, organisationId, stops }: NewRoleRule) {
	const [name, text] = [claim.trim(), value.trim()];
	if (!name || name.length > 200) throw new RuleViolation('registry.ruleClaim', {}, 'claim');
	if (!text || text.length > 500) throw new RuleViolation('registry.ruleValue', {}, 'value');
	if (!duty && !stops) throw new RuleViolation('registry.ruleDuty', {}, 'duty');
	if (duty === 'department' && !organisationId)
		throw new RuleViolation('registry.dutyNeedsOrganisation', {}, 'organisation');
	return { claim: name, value: text, duty, organisation_id: duty ? organisationId : null, stops };
}

function said({ organisation_id, ...rule }: ReturnType<typeof checked>) {
	return { ...rule, organisation: organisation_id };
}

async function knownOrganisation(tx: WriteCtx, id: string | null): Promise<void> {
	if (!id) return;
	const known = await tx.db.selectFrom('registry.organisation').select('id').where('id', '=', id).executeTakeFirst();
	if (!known) throw new RuleViolation('registry.dutyNeedsOrganisation', {}, 'organisation');
}
