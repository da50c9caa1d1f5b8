import type { WriteCtx } from '#kernel/ctx.ts';
import { Conflict, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { rulesOf } from '../session/state.server.ts';
import { lockItem, told, type LockedItem } from './item.server.ts';
import { findBias } from './rules/bias.ts';
import { findMajority } from './rules/majority.ts';
import { NO_FIGURES } from './rules/figures.ts';
import type { BiasGiven } from './schema.ts';

/**
 * Notes that somebody declared, or was said to have, a personal interest in an item (rulebook R2-28 to R2-31), with what
 * the rule says. A member's own declaration bars at once, others' word goes to the body. Twice for one item changes nothing.
 * @returns its id
 * @throws RuleViolation `council_votes_no_bias` for what the law does not count as bias (group interest): nothing is noted then
 */
export async function declareBias(tx: WriteCtx, given: BiasGiven): Promise<string> {
	const item = await lockItem(tx, given.item);
	const row = await tx.db
		.selectFrom('council.attendance')
		.select(['id', 'seat_id', 'person_id', 'name'])
		.where('id', '=', given.attendance)
		.where('meeting_id', '=', item.session.id)
		.executeTakeFirst();
	if (!row) throw new NotFound('attendance');
	const profile = await rulesOf(tx, item.session);
	const { ground, direct, sentByMunicipality } = given;
	const finding = findBias(profile, { ground, direct, sentByMunicipality, election: item.kind === 'election' });
	if (finding.outcome === 'free')
		throw new RuleViolation('council_votes_no_bias', { because: finding.because }, 'ground');
	const already = await declaredAlready(tx, item.id, row.id);
	if (already) return already;
	const id = given.bias ?? newId();
	if (given.bias && (await biasExists(tx, id))) throw new Conflict('bias');
	await tx.db
		.insertInto('council.bias')
		.values({
			id,
			agenda_item_id: item.id,
			attendance_id: row.id,
			seat_id: row.seat_id,
			person_id: row.person_id,
			name: row.name,
			declared_by: given.declaredBy,
			declared_by_name: given.declaredBy === 'self' ? '' : given.declaredByName,
			ground,
			finding: JSON.stringify(finding),
			// Who declares it leaves the table; in doubt the body decides first, in absence all the same.
			out_at: tx.now,
			declared_at: tx.now,
		})
		.execute();
	told(tx, item, 'biasDeclared', { bias: id, row: row.id });
	return id;
}

/**
 * What the body decided in the absence of the person, by more yes ("is barred") than no. Deciding again replaces it.
 * @param base what stood there when the form was made: 'open', 'barred' or 'free'; empty asks for nothing
 * @throws Conflict when the body has decided otherwise since
 */
export async function decideBias(
	tx: WriteCtx,
	id: string,
	figures: { yes: number; no: number; abstain: number },
	base = '',
): Promise<'barred' | 'free'> {
	const { item, decided: before } = await lockBias(tx, id);
	const profile = await rulesOf(tx, item.session);
	const counted = { ...NO_FIGURES, ...figures };
	const present = figures.yes + figures.no + figures.abstain;
	const finding = findMajority(profile, { ...counted, present, seats: present });
	const decided = finding.outcome.adopted ? 'barred' : 'free';
	if (base && base !== before && decided !== before) throw new Conflict('bias');
	await tx.db
		.updateTable('council.bias')
		.set({
			decided,
			decision: JSON.stringify(finding),
			...(decided === 'free' ? { in_at: tx.now } : { in_at: null }),
		})
		.where('id', '=', id)
		.execute();
	told(tx, item, 'biasDecided', { bias: id, decided });
	return decided;
}

/** The person is back at the table, as a rule once the item is done. */
export async function backAtTable(tx: WriteCtx, id: string): Promise<void> {
	const { item, back } = await lockBias(tx, id);
	if (back) return;
	if (await openVoteIn(tx, item.id)) throw new RuleViolation('council_votes_running_vote');
	await tx.db.updateTable('council.bias').set({ in_at: tx.now }).where('id', '=', id).execute();
	told(tx, item, 'biasOver', { bias: id });
}

/** Entered by mistake: it stays in the audit log and counts no more. */
export async function withdrawBias(tx: WriteCtx, id: string): Promise<void> {
	const { item } = await lockBias(tx, id);
	if (await openVoteIn(tx, item.id)) throw new RuleViolation('council_votes_running_vote');
	await tx.db
		.updateTable('council.bias')
		.set({ withdrawn_at: tx.now, in_at: tx.now })
		.where('id', '=', id)
		.where('withdrawn_at', 'is', null)
		.execute();
	told(tx, item, 'biasWithdrawn', { bias: id });
}

async function lockBias(tx: WriteCtx, id: string): Promise<{ item: LockedItem; back: boolean; decided: string }> {
	if (!isId(id)) throw new NotFound('bias');
	const row = await tx.db
		.selectFrom('council.bias')
		.select(['agenda_item_id', 'in_at', 'decided'])
		.where('id', '=', id)
		.executeTakeFirst();
	if (!row) throw new NotFound('bias');
	return { item: await lockItem(tx, row.agenda_item_id), back: row.in_at !== null, decided: row.decided ?? 'open' };
}

async function declaredAlready(tx: WriteCtx, itemId: string, attendanceId: string): Promise<string | undefined> {
	const row = await tx.db
		.selectFrom('council.bias')
		.select('id')
		.where('agenda_item_id', '=', itemId)
		.where('attendance_id', '=', attendanceId)
		.where('withdrawn_at', 'is', null)
		.executeTakeFirst();
	return row?.id;
}

async function biasExists(tx: WriteCtx, id: string): Promise<boolean> {
	return (await tx.db.selectFrom('council.bias').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

async function openVoteIn(tx: WriteCtx, itemId: string): Promise<boolean> {
	const row = await tx.db
		.selectFrom('council.vote')
		.select('id')
		.where('agenda_item_id', '=', itemId)
		.where('state', '=', 'open')
		.executeTakeFirst();
	return row !== undefined;
}
