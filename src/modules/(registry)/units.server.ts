import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';

/** A part of the administration: how a town orders them is its own affair (GRE-31). */
export interface Unit {
	id: string;
	name: string;
	shortName: string;
	classification: string;
	parentId: string | null;
	/** 0 for units that stand alone. */
	depth: number;
}

/** All parts of the administration, each after the one it belongs to, those of one level by name. One query. */
export async function unitRows(ctx: Ctx): Promise<Unit[]> {
	const { rows } = await sql<Unit>`
		with recursive tree as (
			select o.id, o.name, o.short_name, o.classification, o.parent_id, 0 as depth, array[o.name || o.id::text] as path
			from registry.organisation o
			where o.body_id = ${ctx.body.id} and o.organisation_type = 'department' and o.until_date is null
				and not exists (select from registry.organisation p where p.body_id = o.body_id and p.id = o.parent_id
					and p.organisation_type = 'department' and p.until_date is null)
			union all
			select o.id, o.name, o.short_name, o.classification, o.parent_id, tree.depth + 1, tree.path || (o.name || o.id::text)
			from registry.organisation o join tree on o.body_id = ${ctx.body.id} and o.parent_id = tree.id
			where o.organisation_type = 'department' and o.until_date is null
		)
		select id, name, short_name as "shortName", classification, parent_id as "parentId", depth
		from tree order by path`.execute(ctx.db);
	return rows;
}

/**
 * Adds a part of the administration or changes one.
 * @throws NotFound, Forbidden without `registry.edit`, RuleViolation `registry.unitCircle` when it would lie beneath itself
 */
export async function saveUnit(
	ctx: Ctx,
	given: { id: string | null; name: string; shortName: string; classification: string; parentId: string | null },
): Promise<string> {
	demand(ctx.actor, 'registry.edit');
	for (const id of [given.id, given.parentId]) if (id !== null && !isId(id)) throw new NotFound('unit');
	return write(ctx, async (tx) => {
		// Two people who move two units at once could each make half a circle.
		await sql`select id from registry.organisation where body_id = ${tx.body.id} and organisation_type = 'department'
			order by id for update`.execute(tx.db);
		const units = await unitRows(tx);
		const known = (id: string) => units.find((unit) => unit.id === id);
		if ((given.id && !known(given.id)) || (given.parentId && !known(given.parentId))) throw new NotFound('unit');
		for (let above = given.parentId; above; above = known(above)?.parentId ?? null)
			if (above === given.id)
				throw new RuleViolation('registry.unitCircle', { name: known(given.parentId!)!.name }, 'parentId');
		const values = {
			name: given.name,
			short_name: given.shortName,
			classification: given.classification,
			parent_id: given.parentId,
		};
		const id = given.id ?? newId();
		if (given.id)
			await tx.db
				.updateTable('registry.organisation')
				.set({ ...values, modified_at: tx.now })
				.where('id', '=', id)
				.execute();
		else
			await tx.db
				.insertInto('registry.organisation')
				.values({ id, organisation_type: 'department', ...values })
				.execute();
		tx.touch('registry.organisation', id, { act: given.id ? 'changed' : 'created', fields: { ...values } });
		return id;
	});
}
