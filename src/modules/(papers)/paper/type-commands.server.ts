import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { fromWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import type { SchemeForm, TypeForm } from './type-schema.ts';
import { usualTypes } from './types.server.ts';

/** Gives a town without types the usual ones. */
export async function beginWithUsualTypes(ctx: Ctx): Promise<void> {
	demand(ctx.actor, 'papers.types');
	await write(ctx, async (tx) => {
		await usualTypes(tx);
		tx.touch('papers.paper_type', tx.body.id, { act: 'usualTypes' });
	});
}

/**
 * Makes a numbering scheme, or changes one: how numbers look from now on. Numbers that were given stay as they are, so the
 * letters of a scheme in use are not changed (rulebook R3-03).
 * @throws RuleViolation `papers.schemeUsed`, `papers.prefixTaken`
 */
export async function saveScheme(ctx: Ctx, id: string | null, given: SchemeForm): Promise<void> {
	demand(ctx.actor, 'papers.types');
	await write(ctx, async (tx) => {
		const columns = {
			name: given.name,
			prefix: given.prefix,
			digits: given.digits,
			year_digits: given.yearDigits,
			separator: given.separator,
			suffix_separator: given.suffixSeparator,
			organisation_id: given.organisationId || null,
		};
		await demandFreePrefix(tx, id, given);
		if (id) await changeScheme(tx, id, columns);
		else
			await tx.db
				.insertInto('papers.numbering_scheme')
				.values({ id: newId(), ...columns })
				.execute();
		tx.touch('papers.paper_type', id ?? tx.body.id, { act: 'schemeSaved', fields: columns });
	});
}

async function changeScheme(tx: WriteCtx, id: string, columns: { prefix: string; year_digits: number }): Promise<void> {
	const before = await tx.db
		.selectFrom('papers.numbering_scheme')
		.select(['prefix', 'year_digits'])
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (!before) throw new NotFound('numbering scheme');
	const used = await tx.db
		.selectFrom('papers.number_counter')
		.select('last')
		.where('scheme_id', '=', id)
		.where('last', '>', 0)
		.executeTakeFirst();
	if (used && (before.prefix !== columns.prefix || before.year_digits !== columns.year_digits))
		throw new RuleViolation('papers.schemeUsed', {}, 'prefix');
	await tx.db.updateTable('papers.numbering_scheme').set(columns).where('id', '=', id).execute();
}

async function demandFreePrefix(tx: WriteCtx, id: string | null, given: SchemeForm): Promise<void> {
	const taken = await tx.db
		.selectFrom('papers.numbering_scheme')
		.select('id')
		.where('prefix', '=', given.prefix)
		.where('organisation_id', 'is not distinct from', given.organisationId || null)
		.executeTakeFirst();
	if (taken && taken.id !== id) throw new RuleViolation('papers.prefixTaken', {}, 'prefix');
}

/** Makes a type of paper, or changes one. @throws RuleViolation `papers.nameTaken` */
export async function saveType(ctx: Ctx, id: string | null, given: TypeForm): Promise<void> {
	demand(ctx.actor, 'papers.types');
	await write(ctx, async (tx) => {
		const columns = {
			name: given.name,
			name_plural: given.namePlural,
			code: given.code,
			scheme_id: given.schemeId,
			public_by_default: given.publicByDefault,
			asks_statement: given.asksStatement,
			written_by: given.writtenBy,
			below: given.below,
			retired: given.retired,
			position: given.position,
			template_operative: JSON.stringify(fromWriting(given.templateOperative)),
			template_reasons: JSON.stringify(fromWriting(given.templateReasons)),
		};
		const taken = await tx.db
			.selectFrom('papers.paper_type')
			.select('id')
			.where('name', '=', given.name)
			.executeTakeFirst();
		if (taken && taken.id !== id) throw new RuleViolation('papers.nameTaken', {}, 'name');
		const scheme = await tx.db
			.selectFrom('papers.numbering_scheme')
			.select('id')
			.where('id', '=', given.schemeId)
			.executeTakeFirst();
		if (!scheme) throw new NotFound('numbering scheme');
		const typeId = id ?? newId();
		if (id) {
			const changed = await tx.db.updateTable('papers.paper_type').set(columns).where('id', '=', id).executeTakeFirst();
			if (!changed.numUpdatedRows) throw new NotFound('paper type');
		} else
			await tx.db
				.insertInto('papers.paper_type')
				.values({ id: typeId, ...columns })
				.execute();
		tx.touch('papers.paper_type', typeId, { act: 'saved', fields: { name: given.name, code: given.code } });
	});
}
