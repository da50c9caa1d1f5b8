import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { addMembership, addOrganisation, endMembership } from '#server/registry';
import { insideOf } from '../queries/sight.server.ts';
import type { DelegationEnd, NewDelegation } from './schema.ts';
import { refuseSecond } from './appointments.server.ts';
import { someone } from './someone.server.ts';

/** Somebody whom a council body sent into another body (rulebook R1-24). Days are ISO. */
export interface DelegationView {
	id: string;
	/** Empty for people whose name is not public. */
	name: string;
	organisation: string;
	/** Where the other body is one of this town's council bodies. */
	slug: string | null;
	role: string;
	voting: boolean;
	from: string;
	until: string | null;
	running: boolean;
}

/** Whom a body sent where, those of today first, then what was. One query. */
export async function delegationsOf(ctx: Ctx, councilBodyId: string): Promise<DelegationView[]> {
	const { body, today } = ctx;
	const { rows } = await sql<DelegationView>`
select m.id, case when p.name_public or ${insideOf(ctx, `'${councilBodyId}'::uuid`)} or exists (
		select from registry.membership own where own.body_id = ${body.id} and own.person_id = m.person_id
		and own.organisation_id = ${councilBodyId} and own.kind = 'member' and own.from_date is not null)
	then concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name) else '' end as name,
	o.name as organisation, (select cb.slug from council.council_body cb where cb.body_id = ${body.id} and cb.id = o.id
		and cb.visibility = 'public') as slug, m.role_label as role, m.voting_right as voting, m.from_date::text as "from",
	m.until_date::text as until, (m.until_date is null or m.until_date > ${today}::date) as running
from registry.membership m
join registry.organisation o on o.body_id = ${body.id} and o.id = m.organisation_id
join registry.person p on p.body_id = ${body.id} and p.id = m.person_id
where m.body_id = ${body.id} and m.on_behalf_of_id = ${councilBodyId} and m.from_date is not null
order by running desc, o.name, m.from_date desc, p.family_name`.execute(ctx.db);
	return rows;
}

/**
 * Sends somebody into another body: a membership there on behalf of this one (R1-24). The other body is one of the register, or a
 * new one by its name. @returns id @throws RuleViolation `council.noPerson`, `council.noOrganisation`, `council.alreadyMember`
 */
export async function delegate(ctx: Ctx, councilBodyId: string, given: NewDelegation): Promise<string> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const from = Temporal.PlainDate.from(given.from);
	return write(ctx, async (tx) => {
		const organisationId = await otherBody(tx, councilBodyId, given);
		const personId = await someone(tx, given, 'name');
		await refuseSecond(tx, organisationId, personId, 'member', from, 'name');
		const id = await addMembership(tx, {
			personId,
			organisationId,
			kind: 'member',
			votingRight: given.voting,
			roleLabel: given.role,
			onBehalfOfId: councilBodyId,
			from,
		});
		tx.touch('council.councilBody', councilBodyId, { act: 'delegated', fields: { from: given.from } });
		return id;
	});
}

async function otherBody(tx: WriteCtx, councilBodyId: string, given: NewDelegation): Promise<string> {
	if (!given.into) {
		if (!given.intoName) throw new RuleViolation('council.noOrganisation', {}, 'intoName');
		return addOrganisation(tx, { name: given.intoName, type: 'external' });
	}
	const known = await tx.db
		.selectFrom('registry.organisation')
		.select('id')
		.where('id', '=', given.into)
		.where('id', '<>', councilBodyId)
		.executeTakeFirst();
	if (!known) throw new RuleViolation('council.noOrganisation', {}, 'into');
	return known.id;
}

/**
 * A delegation ends on a day, or goes on again where the end was a mistake (an empty day).
 * @throws NotFound; RuleViolation `council.beforeBegin`
 */
export async function endDelegation(ctx: Ctx, councilBodyId: string, given: DelegationEnd): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, async (tx) => {
		const row = await tx.db
			.selectFrom('registry.membership')
			.select(['id', 'from_date'])
			.where('id', '=', given.id)
			.where('on_behalf_of_id', '=', councilBodyId)
			.forUpdate()
			.executeTakeFirst();
		if (!row?.from_date) throw new NotFound('delegation');
		const until = given.until ? Temporal.PlainDate.from(given.until) : null;
		if (until && Temporal.PlainDate.compare(until, row.from_date) <= 0)
			throw new RuleViolation('council.beforeBegin', { from: row.from_date.toString() }, 'until');
		await endMembership(tx, row.id, { until, reason: until ? 'recalled' : null });
		tx.touch('council.councilBody', councilBodyId, { act: until ? 'delegationEnded' : 'delegationReopened' });
	});
}
