import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { contextFor, endRequest } from '#kernel/request.ts';
import { allTowns } from '#kernel/towns.ts';

/** Columns of a person that a form can correct; which of them, the declaration and the caller decide. */
export const PERSON_FIELDS = [
	'affix',
	'given_name',
	'family_name',
	'form_of_address',
	'email',
	'phone',
	'locale',
] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/** What is kept of a person in the register, and whether they sign in. The caller demands its permission. @throws NotFound */
export async function personFields(
	ctx: Ctx,
	id: string,
): Promise<Record<PersonField, string | null> & { account_id: string | null }> {
	if (!isId(id)) throw new NotFound('person');
	const person = await ctx.db
		.selectFrom('registry.person')
		.select([...PERSON_FIELDS, 'account_id'])
		.where('id', '=', id)
		.executeTakeFirst();
	if (!person) throw new NotFound('person');
	return person;
}

/** True when a person of another town signs in with this account: then it is not this town's alone to remove. */
export async function isKnownElsewhere(ctx: Ctx, accountId: string): Promise<boolean> {
	for (const town of (await allTowns()).filter(({ id }) => id !== ctx.body.id)) {
		const there = contextFor(town, ctx.actor);
		try {
			const { rows } =
				await sql`select 1 from registry.person where body_id = ${town.id} and account_id = ${accountId}`.execute(
					there.db,
				);
			if (rows.length) return true;
		} finally {
			await endRequest(there);
		}
	}
	return false;
}

/**
 * Makes sure that an administrator is left when this person goes. Two who erase each other at the same moment take turns.
 * @throws RuleViolation `registry.lastAdministrator`
 */
export async function keepAnAdministrator(tx: WriteCtx, withoutPerson: string): Promise<void> {
	demand(tx.actor, 'registry.duties');
	const { rows } = await sql<{ person: string }>`select person_id as person from registry.duty
		where body_id = ${tx.body.id} and duty = 'administrator' and from_date <= ${tx.today}::date
			and (until_date is null or until_date > ${tx.today}::date) order by id for update`.execute(tx.db);
	if (rows.some(({ person }) => person === withoutPerson) && rows.every(({ person }) => person === withoutPerson))
		throw new RuleViolation('registry.lastAdministrator');
}
