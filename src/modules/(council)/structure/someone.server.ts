import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { addPerson } from '#server/registry';

/** A person of the register, or a new one by the name that was typed. @throws RuleViolation `council.noPerson` */
export async function someone(
	tx: WriteCtx,
	given: { person: string | null; name: string },
	field: string,
): Promise<string> {
	if (!given.person) {
		if (!given.name) throw new RuleViolation('council.noPerson', {}, field);
		return addPerson(tx, given.name);
	}
	const found = await tx.db
		.selectFrom('registry.person')
		.select('id')
		.where('id', '=', given.person)
		.executeTakeFirst();
	if (!found) throw new RuleViolation('council.noPerson', {}, field);
	return found.id;
}
