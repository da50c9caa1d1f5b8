import { sql } from 'kysely';
import { demand, SYSTEM } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { contextFor, endRequest } from '#kernel/request.ts';
import type { Town } from '#kernel/town.ts';
import { write } from '#kernel/write.ts';
import type { Duty } from './accounts.server.ts';
import { readClaims, type Given } from './role-rules.ts';
import { readRules } from './role-rules.server.ts';

/** What a sign-in says of somebody: see `finishOidc`. */
export interface Said {
	all: Record<string, unknown>;
	complete: boolean;
}

export interface RoleChange {
	given: Given[];
	taken: Given[];
	/** A role that the rules take away and that stays: nobody else could give roles. */
	keptLastAdministrator: boolean;
}

interface Held extends Given {
	id: string;
	/** The sign-in whose rules gave it; null: given by hand. */
	provider: string | null;
	from: Temporal.PlainDate;
	/** By a sign-in; only with a provider. */
	confirmedOn: Temporal.PlainDate | null;
}

/**
 * Days for which a role by rule holds without a further sign-in by the city's own server. Other ways in (link, passkey) don't ask
 * the city, so a role that it has taken away would stay for ever.
 */
export const RULE_DAYS = 30;

/**
 * Applied at each sign-in by the city's own server, before it opens anything: gives the roles that the town's rules say, and
 * takes those away that an earlier sign-in gave and that no rule gives any more, at once. What a person gave by hand stays.
 * The last administrator stays, whatever the rules say. Where not everything could be asked, nothing is taken away.
 * Who has no person in this town gets nothing.
 */
export async function applyRoleRules(
	town: Town,
	accountId: string,
	said: Said,
	provider = 'stadt',
): Promise<RoleChange> {
	const ctx = contextFor(town, SYSTEM);
	const change: RoleChange = { given: [], taken: [], keptLastAdministrator: false };
	try {
		const person = await ctx.db
			.selectFrom('registry.person')
			.select('id')
			.where('account_id', '=', accountId)
			.executeTakeFirst();
		if (!person) return change;
		const rules = await readRules(ctx, provider);
		const { given, unknown } = readClaims(rules, said.all);
		const mayTake = said.complete && !unknown;
		const now = differences(await heldBy(ctx, person.id), given, provider, mayTake);
		if (!now.missing.length && !now.surplus.length && now.confirmed.every((one) => isOfToday(ctx, one))) return change;
		await write(ctx, async (tx) => {
			// Two sign-ins at the same moment, or one and an administrator's act, take turns here.
			await sql`select id from registry.duty where body_id = ${tx.body.id}
				and (person_id = ${person.id} or duty = 'administrator') order by id for update`.execute(tx.db);
			const { missing, surplus, confirmed } = differences(await heldBy(tx, person.id), given, provider, mayTake);
			for (const { id } of confirmed)
				await tx.db.updateTable('registry.duty').set({ confirmed_on: tx.today }).where('id', '=', id).execute();
			for (const one of missing) await give(tx, person.id, one, provider);
			change.given = missing;
			for (const one of surplus) {
				if (await takeAway(tx, one)) change.taken.push({ duty: one.duty, organisationId: one.organisationId });
				else change.keptLastAdministrator = true;
			}
		});
		return change;
	} finally {
		await endRequest(ctx);
	}
}

/**
 * Every night: takes away what rules gave and no sign-in has confirmed for `RULE_DAYS`. The last administrator stays.
 * @returns how many roles ended
 */
export async function endUnconfirmed(ctx: Ctx): Promise<number> {
	demand(ctx.actor, 'registry.duties');
	return write(ctx, async (tx) => {
		const { rows } = await sql<Held & { old: boolean }>`select id, duty, organisation_id as "organisationId", provider,
			from_date as "from", confirmed_on as "confirmedOn",
			provider is not null and coalesce(confirmed_on, from_date) < ${tx.today}::date - ${RULE_DAYS}::int as old
			from registry.duty where body_id = ${tx.body.id} and from_date <= ${tx.today}::date
				and (until_date is null or until_date > ${tx.today}::date)
				and (provider is not null or duty = 'administrator') order by id for update`.execute(tx.db);
		let ended = 0;
		for (const one of rows.filter(({ old }) => old)) if (await takeAway(tx, one)) ended++;
		return ended;
	});
}

function differences(held: Held[], wanted: Given[], provider: string, mayTake: boolean) {
	const same = (a: Given, b: Given) => a.duty === b.duty && a.organisationId === b.organisationId;
	return {
		confirmed: held.filter((one) => one.provider === provider && wanted.some((other) => same(one, other))),
		missing: wanted.filter((one) => !held.some((other) => same(one, other))),
		surplus: mayTake
			? held.filter((one) => one.provider === provider && !wanted.some((other) => same(one, other)))
			: [],
	};
}

function isOfToday({ today }: Pick<Ctx, 'today'>, { confirmedOn }: Held): boolean {
	return confirmedOn !== null && Temporal.PlainDate.compare(confirmedOn, today) >= 0;
}

async function heldBy(ctx: Pick<Ctx, 'db' | 'body' | 'today'>, personId: string): Promise<Held[]> {
	const { rows } =
		await sql<Held>`select id, duty, organisation_id as "organisationId", provider, from_date as "from", confirmed_on as "confirmedOn"
		from registry.duty where body_id = ${ctx.body.id} and person_id = ${personId} and from_date <= ${ctx.today}::date
			and (until_date is null or until_date > ${ctx.today}::date) order by id`.execute(ctx.db);
	return rows;
}

async function give(tx: WriteCtx, personId: string, { duty, organisationId }: Given, provider: string): Promise<void> {
	const id = newId();
	await tx.db
		.insertInto('registry.duty')
		.values({
			id,
			person_id: personId,
			duty,
			organisation_id: organisationId,
			from_date: tx.today,
			provider,
			confirmed_on: tx.today,
		})
		.execute();
	tx.touch('registry.duty', id, { act: 'givenByRule', fields: { duty, provider } });
}

/** @returns false when it stays, because nobody else could give roles */
async function takeAway(tx: WriteCtx, held: Held): Promise<boolean> {
	if (held.duty === 'administrator' && (await isLastAdministrator(tx, held.id))) {
		tx.touch('registry.duty', held.id, { act: 'keptLastAdministrator', fields: { provider: held.provider } });
		return false;
	}
	await endAtOnce(tx, held, 'takenByRule');
	return true;
}

/**
 * Ends a role with this moment. Periods are whole days: one that began today leaves no row behind, only its two entries in the
 * audit log.
 */
export async function endAtOnce(
	tx: WriteCtx,
	{ id, duty, from }: { id: string; duty: Duty; from: Temporal.PlainDate },
	act: 'ended' | 'takenByRule',
): Promise<void> {
	const began = Temporal.PlainDate.compare(from, tx.today) < 0;
	if (began) await tx.db.updateTable('registry.duty').set({ until_date: tx.today }).where('id', '=', id).execute();
	else await tx.db.deleteFrom('registry.duty').where('id', '=', id).execute();
	tx.touch('registry.duty', id, { act, fields: { duty, until: tx.today.toString() }, deleted: !began });
}

/** Would nobody be left who signs in and may give roles, were this role gone? */
async function isLastAdministrator(tx: WriteCtx, dutyId: string): Promise<boolean> {
	const { rows } =
		await sql`select 1 from registry.duty d join registry.person p on p.body_id = d.body_id and p.id = d.person_id
		where d.body_id = ${tx.body.id} and d.id <> ${dutyId} and d.duty = 'administrator' and p.account_id is not null
			and d.from_date <= ${tx.today}::date and (d.until_date is null or d.until_date > ${tx.today}::date) limit 1`.execute(
			tx.db,
		);
	return rows.length === 0;
}
