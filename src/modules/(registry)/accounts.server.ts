import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';

export type Duty = 'office' | 'department' | 'editor' | 'administrator' | 'auditor';

/** Gives a person a working role from a day on, for the whole town or one organisation. @returns id */
export async function addDuty(
	tx: WriteCtx,
	given: { personId: string; duty: Duty; organisationId?: string | null; from: Temporal.PlainDate },
): Promise<string> {
	demand(tx.actor, 'registry.duties');
	const id = newId();
	const { personId: person_id, duty, organisationId = null, from } = given;
	await tx.db
		.insertInto('registry.duty')
		.values({ id, person_id, duty, organisation_id: organisationId, from_date: from })
		.execute();
	tx.touch('registry.duty', id, { act: 'created', fields: { duty } });
	return id;
}

/** Ties a sign-in account to a person of this town. An account belongs to one person here. */
export async function linkAccount(
	tx: WriteCtx,
	personId: string,
	account: { id: string; email: string },
): Promise<void> {
	demand(tx.actor, 'registry.duties');
	await tx.db
		.updateTable('registry.person')
		.set({ account_id: account.id, email: account.email, modified_at: tx.now })
		.where('id', '=', personId)
		.execute();
	tx.touch('registry.person', personId, {
		act: 'accountLinked',
		fields: { email: account.email },
		personal: ['email'],
	});
}
