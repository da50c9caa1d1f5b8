import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isLocale } from '#kernel/i18n/locales.ts';
import { isId } from '#kernel/ids.ts';
import { findAccount } from '#kernel/identity/accounts.ts';
import { inviteAccount, type LinkMail, type SendLinkMail } from '#kernel/identity/links.ts';
import { write } from '#kernel/write.ts';
import { addDuty, linkAccount, type Duty } from './accounts.server.ts';
import { fullName } from './names.ts';

/**
 * Gives a working role from today on; one that a rule of the sign-in gave becomes a person's gift. A department contact answers for one department.
 * @throws RuleViolation `registry.dutyNeedsOrganisation`, `registry.dutyThere`; NotFound
 */
export async function giveDuty(
	ctx: Ctx,
	given: { personId: string; duty: Duty; organisationId: string | null },
): Promise<void> {
	demand(ctx.actor, 'registry.duties');
	if (given.duty === 'department' && !given.organisationId)
		throw new RuleViolation('registry.dutyNeedsOrganisation', {}, 'organisation');
	await write(ctx, async (tx) => {
		await personFor(tx, given.personId);
		const { rows } = await sql<{
			id: string;
			provider: string | null;
		}>`select id, provider from registry.duty where body_id = ${tx.body.id}
			and person_id = ${given.personId} and duty = ${given.duty} and organisation_id is not distinct from ${given.organisationId}::uuid
			and (until_date is null or until_date > ${tx.today}::date) order by provider nulls first limit 1 for update`.execute(
			tx.db,
		);
		const [there] = rows;
		if (there && there.provider === null) throw new RuleViolation('registry.dutyThere', {}, 'duty');
		if (there) return keepByHand(tx, there.id, given.duty);
		await addDuty(tx, { ...given, from: tx.today });
	});
}

/** A role that a rule gave, given by a person as well: from now on no rule takes it away. */
async function keepByHand(tx: WriteCtx, id: string, duty: Duty): Promise<void> {
	await tx.db.updateTable('registry.duty').set({ provider: null, confirmed_on: null }).where('id', '=', id).execute();
	tx.touch('registry.duty', id, { act: 'changed', fields: { duty, provider: null } });
}

/**
 * Ends a working role with today; one given today ends tomorrow, because a period has at least one day. Somebody always
 * stays who can give roles.
 * @throws RuleViolation `registry.lastAdministrator`, NotFound
 */
export async function endDuty(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'registry.duties');
	if (!isId(id)) throw new NotFound('duty');
	await write(ctx, async (tx) => {
		// Two administrators who end each other at the same moment take turns here.
		const { rows: all } = await sql<{
			id: string;
			duty: Duty;
			personId: string;
			from: Temporal.PlainDate;
			until: Temporal.PlainDate | null;
		}>`
			select id, duty, person_id as "personId", from_date as "from", until_date as "until" from registry.duty
			where body_id = ${tx.body.id} and (id = ${id} or duty = 'administrator') order by id for update`.execute(tx.db);
		const duty = all.find((one) => one.id === id);
		if (!duty) throw new NotFound('duty');
		const others = all.filter(
			(one) =>
				one.id !== id &&
				one.duty === 'administrator' &&
				!one.until &&
				Temporal.PlainDate.compare(one.from, tx.today) <= 0,
		);
		if (duty.duty === 'administrator' && !others.length) throw new RuleViolation('registry.lastAdministrator');
		const tomorrow = duty.from.add({ days: 1 });
		const until = Temporal.PlainDate.compare(tx.today, duty.from) > 0 ? tx.today : tomorrow;
		await tx.db.updateTable('registry.duty').set({ until_date: until }).where('id', '=', id).execute();
		tx.touch('registry.duty', id, { act: 'ended', fields: { duty: duty.duty, until: until.toString() } });
	});
}

/**
 * Makes a sign-in account for a person and sends the link that opens it, or sends the link anew. Whoever invites vouches
 * that the address is the person's own: their rights go with it.
 * @throws RuleViolation `registry.accountTaken` when the address belongs to somebody else here, `registry.accountOther`
 * when the person signs in with another address already; NotFound
 */
export async function invitePerson(
	ctx: Ctx,
	{ personId, email }: { personId: string; email: string },
	{ origin, send }: { origin: string; send: SendLinkMail },
): Promise<Temporal.Instant> {
	demand(ctx.actor, 'registry.duties');
	const person = await personFor(ctx, personId);
	const known = await findAccount(email);
	if (person.account_id && known?.id !== person.account_id)
		throw new RuleViolation('registry.accountOther', {}, 'email');
	if (known && !person.account_id) await refuseTaken(ctx, known.id);
	let mail: LinkMail | undefined;
	const name = fullName({ affix: person.affix, given: person.given_name, family: person.family_name });
	const locale = isLocale(person.locale) ? person.locale : undefined;
	const { accountId, validUntil } = await inviteAccount(
		{ email, name, locale },
		{ origin, next: '/tisch', send: async (made) => void (mail = made) },
	);
	await write(ctx, async (tx) => {
		if (!person.account_id) await linkAccount(tx, personId, { id: accountId, email: mail!.to });
		tx.touch('registry.person', personId, { act: 'invited' });
	});
	// Only now: a link that arrives must lead to somebody.
	await send(mail!);
	return validUntil;
}

async function refuseTaken(ctx: Ctx, accountId: string): Promise<void> {
	const other = await ctx.db
		.selectFrom('registry.person')
		.select('id')
		.where('account_id', '=', accountId)
		.executeTakeFirst();
	if (other) throw new RuleViolation('registry.accountTaken', {}, 'email');
}

async function personFor(ctx: Ctx | WriteCtx, id: string) {
	if (!isId(id)) throw new NotFound('person');
	const columns = ['affix', 'given_name', 'family_name', 'locale', 'account_id'] as const;
	const person = await ctx.db.selectFrom('registry.person').select(columns).where('id', '=', id).executeTakeFirst();
	if (!person) throw new NotFound('person');
	return person;
}
