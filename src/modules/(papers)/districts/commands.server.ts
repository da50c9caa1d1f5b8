import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { sameName, type TypedDistrict } from './rules/list.ts';
import type { DistrictForm } from './schema.ts';

/**
 * Puts districts behind those on the town's list. Names that stand there already stay as they are; one that was taken out is offered again.
 * @returns how many are new or offered again
 */
export async function addDistricts(ctx: Ctx, given: readonly TypedDistrict[]): Promise<number> {
	demand(ctx.actor, 'papers.types');
	return write(ctx, async (tx) => {
		const known = await lockList(tx);
		let last = Math.max(0, ...known.map(({ position }) => position));
		let added = 0;
		for (const { name, shortName } of given) {
			const there = known.find((one) => sameName(one.name) === sameName(name));
			if (there && !there.removed_at) continue;
			added += 1;
			if (there) await offerAgain(tx, there.id);
			else await insertDistrict(tx, { id: newId(), name, shortName, position: ++last });
		}
		return added;
	});
}

/** A further row of the list; the caller has asked for permission. */
export async function insertDistrict(
	tx: WriteCtx,
	{ id, name, shortName, position }: TypedDistrict & { id: string; position: number },
): Promise<void> {
	await tx.db.insertInto('papers.district').values({ id, name, short_name: shortName, position }).execute();
	tx.touch('papers.district', id, { act: 'created', fields: { name } });
}

/**
 * Changes name, short name and place in the list; the others make room. Papers show the new name at once.
 * @throws RuleViolation `papers.nameTaken`, NotFound
 */
export async function changeDistrict(ctx: Ctx, id: string, given: DistrictForm): Promise<void> {
	demand(ctx.actor, 'papers.types');
	await write(ctx, async (tx) => {
		const known = await lockList(tx);
		if (!known.some((one) => one.id === id)) throw new NotFound('district');
		if (known.some((one) => one.id !== id && sameName(one.name) === sameName(given.name)))
			throw new RuleViolation('papers.nameTaken', {}, 'name');
		await tx.db
			.updateTable('papers.district')
			.set({ name: given.name, short_name: given.shortName })
			.where('id', '=', id)
			.execute();
		await place(tx, known, id, given.position);
		tx.touch('papers.district', id, { act: 'changed', fields: { name: given.name } });
	});
}

/** Takes a district out: it is no longer offered, papers that name it keep it. `offerDistrict` undoes it at any time. @throws NotFound */
export async function removeDistrict(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.types');
	await write(ctx, async (tx) => {
		const one = (await lockList(tx)).find((row) => row.id === id);
		if (!one) throw new NotFound('district');
		if (one.removed_at) return;
		await tx.db.updateTable('papers.district').set({ removed_at: tx.now }).where('id', '=', id).execute();
		tx.touch('papers.district', id, { act: 'removed', fields: { name: one.name } });
	});
}

/** Offers a district again that was taken out. @throws NotFound */
export async function offerDistrict(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.types');
	await write(ctx, async (tx) => {
		const one = (await lockList(tx)).find((row) => row.id === id);
		if (!one) throw new NotFound('district');
		if (one.removed_at) await offerAgain(tx, id);
	});
}

/**
 * Exactly these districts, of those that the town has. Also one that is no longer offered, when it was chosen while it was.
 * The caller has asked for permission and touches the paper.
 */
export async function setDistricts(tx: WriteCtx, paperId: string, districts: readonly string[]): Promise<void> {
	await tx.db
		.deleteFrom('papers.paper_district')
		.where('paper_id', '=', paperId)
		.$if(districts.length > 0, (q) => q.where('district_id', 'not in', districts))
		.execute();
	if (!districts.length) return;
	await sql`insert into papers.paper_district (body_id, paper_id, district_id)
		select d.body_id, ${paperId}, d.id from papers.district d
		where d.body_id = ${tx.body.id} and d.id = any (${[...districts]}::uuid[]) on conflict do nothing`.execute(tx.db);
}

/** The whole list, so that two who change it wait for each other. */
async function lockList(tx: WriteCtx) {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.body.id} districts`}, 0))`.execute(tx.db);
	return tx.db
		.selectFrom('papers.district')
		.select(['id', 'name', 'position', 'removed_at'])
		.orderBy('position')
		.orderBy('name')
		.execute();
}

async function offerAgain(tx: WriteCtx, id: string): Promise<void> {
	await tx.db.updateTable('papers.district').set({ removed_at: null }).where('id', '=', id).execute();
	tx.touch('papers.district', id, { act: 'offeredAgain' });
}

/** Puts one at its place among those that are offered and counts anew from 1; what was taken out stands behind. */
async function place(
	tx: WriteCtx,
	known: { id: string; removed_at: unknown }[],
	id: string,
	position: number,
): Promise<void> {
	const offered = known.filter((one) => one.id !== id && !one.removed_at).map((one) => one.id);
	const removed = known.filter((one) => one.id !== id && one.removed_at).map((one) => one.id);
	const order = [...offered.toSpliced(position - 1, 0, id), ...removed];
	const { rows } = await sql<{ id: string }>`update papers.district d set position = o.position
		from unnest(${order}::uuid[]) with ordinality as o (id, position)
		where d.body_id = ${tx.body.id} and d.id = o.id and d.position <> o.position returning d.id`.execute(tx.db);
	for (const moved of rows) if (moved.id !== id) tx.touch('papers.district', moved.id, { act: 'moved' });
}
