import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import type { Citation, Rules } from '../rules/profile.ts';
import { lockBody } from './posts.server.ts';

const { compare } = Temporal.PlainDate;

export interface NewVersion {
	name: string;
	/** First day on which it is in force. */
	from: string;
	statuteTitle: string;
	statuteUrl: string | null;
	rules: Rules;
	citations: Citation[];
}

/**
 * A further version of the rules: the one in force until then ends with that day. Versions in the past stay as they are,
 * because results were computed under them (rulebook R0-1, GRE-22).
 * @returns id @throws RuleViolation `council.profileOrder` when a version begins on that day or later
 */
export async function addVersion(ctx: Ctx, councilBodyId: string, given: NewVersion): Promise<string> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	return write(ctx, (tx) => addVersionIn(tx, councilBodyId, given));
}

/** The same inside a running write, for whoever may bring it about otherwise: a paper that was adopted. */
export async function addVersionIn(tx: WriteCtx, councilBodyId: string, given: NewVersion): Promise<string> {
	const from = Temporal.PlainDate.from(given.from);
	await lockBody(tx, councilBodyId);
	const versions = await tx.db
		.selectFrom('council.rule_profile')
		.select(['id', 'from_date', 'until_date'])
		.where('council_body_id', '=', councilBodyId)
		.orderBy('from_date', 'desc')
		.execute();
	const last = versions[0];
	const earliest = versions.at(-1);
	// An older version than all others may be added too: it ends where the first one begins.
	const before = earliest && compare(from, earliest.from_date) < 0;
	if (last && !before && compare(from, last.from_date) <= 0)
		throw new RuleViolation('council.profileOrder', { from: last.from_date.toString() }, 'from');
	if (last && !before)
		await tx.db.updateTable('council.rule_profile').set({ until_date: from }).where('id', '=', last.id).execute();
	const id = newId();
	await tx.db
		.insertInto('council.rule_profile')
		.values({
			id,
			council_body_id: councilBodyId,
			name: given.name,
			from_date: from,
			until_date: before ? earliest.from_date : null,
			rules: JSON.stringify(given.rules),
			citations: JSON.stringify(given.citations),
			statute_title: given.statuteTitle,
			statute_url: given.statuteUrl,
		})
		.execute();
	tx.touch('council.councilBody', councilBodyId, {
		act: 'rulesChanged',
		fields: { name: given.name, from: given.from },
	});
	return id;
}

/**
 * Takes back a version that is not in force yet; the one before goes on. One that was in force stays.
 * @throws RuleViolation `council.profileOrder`; NotFound
 */
export async function dropVersion(ctx: Ctx, councilBodyId: string, id: string): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, (tx) => dropVersionIn(tx, councilBodyId, id));
}

/** The same inside a running write. */
export async function dropVersionIn(tx: WriteCtx, councilBodyId: string, id: string): Promise<void> {
	await lockBody(tx, councilBodyId);
	const version = await tx.db
		.selectFrom('council.rule_profile')
		.select(['id', 'from_date', 'until_date'])
		.where('id', '=', id)
		.where('council_body_id', '=', councilBodyId)
		.executeTakeFirst();
	if (!version) throw new NotFound('rule profile');
	if (compare(version.from_date, tx.today) <= 0)
		throw new RuleViolation('council.profileOrder', { from: version.from_date.toString() }, 'versionen');
	await tx.db.deleteFrom('council.rule_profile').where('id', '=', id).execute();
	await tx.db
		.updateTable('council.rule_profile')
		.set({ until_date: version.until_date })
		.where('council_body_id', '=', councilBodyId)
		.where('until_date', '=', version.from_date)
		.execute();
	tx.touch('council.councilBody', councilBodyId, {
		act: 'rulesDropped',
		fields: { from: version.from_date.toString() },
	});
}
