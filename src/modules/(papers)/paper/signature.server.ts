import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';

export interface Signature {
	/** Person of the register; empty where only the name is known. */
	personId: string;
	name: string;
	/** Empty: what the person held on that day. */
	function: string;
	/** ISO day. */
	signedOn: string;
}

/**
 * Notes inside a running write who signed, in which function on that day.
 * @throws RuleViolation `papers.signatoryMissing`, `papers.functionMissing` where the register knows none for that day
 */
export async function signIn(tx: WriteCtx, paperId: string, given: Signature): Promise<void> {
	const day = given.signedOn ? Temporal.PlainDate.from(given.signedOn) : tx.today;
	const name = given.name.trim() || (given.personId ? await nameOf(tx, given.personId) : '');
	if (!name) throw new RuleViolation('papers.signatoryMissing', {}, 'name');
	const held = given.personId ? await functionOn(tx, given.personId, day) : '';
	const post = given.function.trim() || held;
	if (!post) throw new RuleViolation('papers.functionMissing', {}, 'function');
	await tx.db
		.updateTable('papers.paper')
		.set({
			signatory_person_id: given.personId || null,
			signatory_name: name,
			signatory_function: post,
			signed_on: day,
			modified_at: tx.now,
		})
		.where('id', '=', paperId)
		.execute();
	tx.touch('papers.paper', paperId, {
		act: 'signed',
		fields: { name, function: post, signedOn: day.toString() },
		personal: ['name'],
		...(given.personId && { subject: given.personId }),
	});
}

/** The office that somebody held on a day; the mayor's before others, the longest held one first. Empty if none. */
async function functionOn(ctx: Pick<Ctx, 'db' | 'body'>, personId: string, day: Temporal.PlainDate): Promise<string> {
	const { rows } = await sql<{ title: string }>`select o.title from registry.office_holding h
		join registry.office o on o.body_id = h.body_id and o.id = h.office_id
		where h.body_id = ${ctx.body.id} and h.person_id = ${personId} and h.from_date <= ${day}::date
		and (h.until_date is null or h.until_date > ${day}::date)
		order by o.kind = 'mayor' desc, h.from_date, o.id limit 1`.execute(ctx.db);
	return rows[0]?.title ?? '';
}

async function nameOf(tx: WriteCtx, personId: string): Promise<string> {
	const { rows } = await sql<{ name: string }>`select
		concat_ws(' ', nullif(affix, ''), nullif(given_name, ''), family_name) as name
		from registry.person where body_id = ${tx.body.id} and id = ${personId}`.execute(tx.db);
	return rows[0]?.name ?? '';
}
