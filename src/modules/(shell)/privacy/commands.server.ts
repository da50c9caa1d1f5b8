import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { removeAccount } from '#kernel/identity/accounts.ts';
import { erasePerson, type ErasureStep } from '#kernel/privacy/erase.ts';
import { rectify } from '#kernel/privacy/rectify.ts';
import { retentionRun, type RetentionReport } from '#kernel/privacy/retention-run.ts';
import { write } from '#kernel/write.ts';
import { isKnownElsewhere, keepAnAdministrator, PERSON_FIELDS, personFields } from '#server/registry';
import { closeRequests } from './requests.server.ts';
import type { Corrections } from './schema.ts';

const TABLE = 'registry.person';
/** Columns that may hold nothing; the others hold an empty text then. */
const NULLABLE: readonly string[] = ['email', 'phone'];

/**
 * Corrects what is kept of a person in the register; unchanged values are left alone. People correct themselves what is
 * declared as theirs, administrators everything.
 * @throws Forbidden, NotFound; RuleViolation `shell.emailOfAccount` for the address that somebody signs in with
 */
export async function correctPerson(ctx: Ctx, personId: string, given: Corrections): Promise<void> {
	const own = personId === ctx.actor.personId;
	if (!own) demand(ctx.actor, 'shell.privacy');
	const by = may(ctx.actor, 'shell.privacy') ? 'office' : 'person';
	await write(ctx, async (tx) => {
		const before = await personFields(tx, personId);
		for (const column of PERSON_FIELDS) {
			if (given[column] === undefined) continue;
			const value = given[column] === '' && NULLABLE.includes(column) ? null : given[column];
			if (value === before[column]) continue;
			if (column === 'email' && before.account_id) throw new RuleViolation('shell.emailOfAccount', {}, 'email');
			await rectify(tx, { personId, table: TABLE, id: personId, column, value }, by);
		}
	});
}

/**
 * Erases a person in this town, with the account if no other town knows it: all or nothing.
 * @throws RuleViolation `shell.eraseSelf`, `registry.lastAdministrator`; Forbidden, NotFound
 */
export async function eraseForGood(
	ctx: Ctx,
	personId: string,
): Promise<{ steps: ErasureStep[]; kept: string[]; accountRemoved: boolean }> {
	demand(ctx.actor, 'shell.privacy');
	if (personId === ctx.actor.personId) throw new RuleViolation('shell.eraseSelf', {}, 'sicher');
	const { account_id: accountId } = await personFields(ctx, personId);
	const accountRemoved = accountId !== null && !(await isKnownElsewhere(ctx, accountId));
	return write(ctx, async (tx) => {
		await keepAnAdministrator(tx, personId);
		await closeRequests(tx, personId);
		const done = await erasePerson(tx, personId);
		// The name of the act that `mitrat erasures` looks for.
		tx.touch(TABLE, personId, { act: 'personErased' });
		if (accountRemoved) {
			await removeAccount(accountId, tx.db);
			tx.touch(TABLE, personId, { act: 'accountRemoved' });
		}
		return { ...done, accountRemoved };
	});
}

/** Closes a request for erasure that is refused; the reasons go to the person by letter. @throws NotFound, Forbidden */
export async function refuseErasure(ctx: Ctx, personId: string): Promise<void> {
	demand(ctx.actor, 'shell.privacy');
	await personFields(ctx, personId);
	await write(ctx, async (tx) => {
		if (!(await closeRequests(tx, personId))) throw new NotFound('request');
	});
}

/** Erases what is over its time, as the nightly run does, and notes who had it done. @throws Forbidden */
export async function runRetention(ctx: Ctx): Promise<RetentionReport> {
	demand(ctx.actor, 'shell.privacy');
	const report = await retentionRun(ctx, ctx.today);
	await write(ctx, async (tx) =>
		tx.touch('shell.retention', newId(), { act: 'retentionRun', fields: { day: report.day.toString() } }),
	);
	return report;
}
