import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { readReference, writeReference } from '../paper/rules/reference.ts';
import { schemesOf } from '../paper/numbers.server.ts';

/**
 * The filed paper behind a number, however it was typed.
 * @param field of the form that the number stands in
 * @throws RuleViolation `papers.paperUnknown`
 */
export async function paperByReference(
	tx: Pick<WriteCtx, 'db' | 'today'>,
	typed: string,
	field: string,
): Promise<{ id: string; slug: string; reference: string; title: string }> {
	const schemes = await schemesOf(tx);
	const number = readReference(typed, schemes, tx.today);
	const scheme = schemes.find(({ id }) => id === number?.schemeId);
	const reference = number && scheme ? writeReference(scheme, number) : typed.trim();
	const paper = await tx.db
		.selectFrom('papers.paper')
		.select(['id', 'slug', 'title'])
		.where('reference', '=', reference)
		.where('state', '<>', 'draft')
		.executeTakeFirst();
	if (!paper) throw new RuleViolation('papers.paperUnknown', { reference }, field);
	return { ...paper, reference };
}
