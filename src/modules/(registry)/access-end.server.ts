import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { closeAccount, removeAccount } from '#kernel/identity/accounts.ts';
import { write } from '#kernel/write.ts';
import { addDuty, type Duty } from './accounts.server.ts';
import { isKnownElsewhere } from './privacy.server.ts';
import { endAtOnce } from './sign-in-roles.server.ts';

/** Told to other modules inside the same write: what they gave this person beside a sign-in (feeds, orders of mails) ends, too. */
export const ACCESS_ENDED = 'registry.accessEnded';
export interface AccessEnded {
	personId: string;
	/** Addresses of the person and of the account, without capitals. */
	emails: string[];
}

export interface EndedAccess {
	duties: Duty[];
	/** `stays`: people of another town sign in with it, so only the way to this one is shut. */
	account: 'removed' | 'stays' | 'none';
}

/**
 * Ends everything that a person may do here by signing in, at once: working roles, sessions, devices, links and invitations
 * that are under way, addresses with secrets, orders of mails; and the account itself, unless another town knows it. Records
 * stay: a mandate ends by the rules of its body, not by this. Working roles may be handed to somebody else from today on.
 * @throws RuleViolation `registry.accessSelf`, `registry.lastAdministrator`, `registry.accessSuccessor`; NotFound, Forbidden
 */
export async function endAccess(
	ctx: Ctx,
	personId: string,
	{ successorId = null }: { successorId?: string | null } = {},
): Promise<EndedAccess> {
	demand(ctx.actor, 'registry.duties');
	if (!isId(personId)) throw new NotFound('person');
	if (personId === ctx.actor.personId) throw new RuleViolation('registry.accessSelf', {}, 'sicher');
	const before = await personOf(ctx, personId);
	const elsewhere = before.account_id !== null && (await isKnownElsewhere(ctx, before.account_id));
	return write(ctx, async (tx) => {
		await sql`select id from registry.duty where body_id = ${tx.body.id}
			and (person_id = ${personId} or duty = 'administrator') order by id for update`.execute(tx.db);
		const person = await personOf(tx, personId);
		const duties = await endDuties(tx, personId);
		if (successorId) await handOver(tx, duties, successorId);
		if (duties.some(({ duty }) => duty === 'administrator')) await demandAdministrator(tx);
		const emails = await addresses(tx, person);
		await tx.db
			.updateTable('registry.person')
			.set({ account_id: null, modified_at: tx.now })
			.where('id', '=', personId)
			.execute();
		tx.touch('registry.person', personId, { act: 'accessEnded' });
		await tx.emit(ACCESS_ENDED, { personId, emails } satisfies AccessEnded);
		const ended = [...new Set(duties.map(({ duty }) => duty))];
		if (!person.account_id) return { duties: ended, account: 'none' };
		await closeAccount(person.account_id, tx.db);
		if (elsewhere) return { duties: ended, account: 'stays' };
		await removeAccount(person.account_id, tx.db);
		return { duties: ended, account: 'removed' };
	});
}

async function personOf(ctx: Pick<Ctx, 'db'>, id: string) {
	const columns = ['id', 'email', 'account_id'] as const;
	const person = await ctx.db.selectFrom('registry.person').select(columns).where('id', '=', id).executeTakeFirst();
	if (!person) throw new NotFound('person');
	return person;
}

interface EndedDuty {
	id: string;
	duty: Duty;
	organisationId: string | null;
	from: Temporal.PlainDate;
}

/** Those of today, and those that would begin later. */
async function endDuties(tx: WriteCtx, personId: string): Promise<EndedDuty[]> {
	const { rows } =
		await sql<EndedDuty>`select id, duty, organisation_id as "organisationId", from_date as "from" from registry.duty
		where body_id = ${tx.body.id} and person_id = ${personId} and (until_date is null or until_date > ${tx.today}::date)
		order by id`.execute(tx.db);
	for (const duty of rows) await endAtOnce(tx, duty, 'ended');
	return rows;
}

async function handOver(tx: WriteCtx, duties: EndedDuty[], personId: string): Promise<void> {
	const successor = isId(personId) ? await personOf(tx, personId).catch(() => null) : null;
	if (!successor?.account_id) throw new RuleViolation('registry.accessSuccessor', {}, 'nachfolge');
	const { rows: held } = await sql<{
		duty: Duty;
		organisationId: string | null;
	}>`select duty, organisation_id as "organisationId"
		from registry.duty where body_id = ${tx.body.id} and person_id = ${personId}
			and (until_date is null or until_date > ${tx.today}::date)`.execute(tx.db);
	for (const { duty, organisationId } of duties) {
		if (held.some((one) => one.duty === duty && one.organisationId === organisationId)) continue;
		await addDuty(tx, { personId, duty, organisationId, from: tx.today });
		held.push({ duty, organisationId });
	}
}

/** Somebody has to be left who signs in and may give roles. */
async function demandAdministrator(tx: WriteCtx): Promise<void> {
	const { rows } =
		await sql`select 1 from registry.duty d join registry.person p on p.body_id = d.body_id and p.id = d.person_id
		where d.body_id = ${tx.body.id} and d.duty = 'administrator' and p.account_id is not null
			and d.from_date <= ${tx.today}::date and (d.until_date is null or d.until_date > ${tx.today}::date) limit 1`.execute(
			tx.db,
		);
	if (!rows.length) throw new RuleViolation('registry.lastAdministrator', {}, 'nachfolge');
}

async function addresses(tx: WriteCtx, person: { email: string | null; account_id: string | null }): Promise<string[]> {
	const { rows } = await sql<{
		email: string;
	}>`select "email" from auth."user" where "id" = ${person.account_id}`.execute(tx.db);
	return [...new Set([person.email, rows[0]?.email].flatMap((email) => (email ? [email.toLowerCase()] : [])))];
}
