import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { forgetTowns } from '#kernel/towns.ts';
import { write } from '#kernel/write.ts';
import { LICENCES } from './licence.ts';

/**
 * Code of the licence that the town chose; null: none. Read from the same moment as the rest of an answer: the towns that a thread
 * has in mind may be some seconds old, and an answer is kept until the next public change. One query.
 */
export async function chosenLicence({ db, body }: Pick<Ctx, 'db' | 'body'>): Promise<string | null> {
	const { rows } = await sql<{ licence: string | null }>`
		select settings #>> '{openData,licence}' as licence from kernel.town where id = ${body.id}`.execute(db);
	return rows[0]?.licence ?? null;
}

/**
 * Chooses the licence of the town's open data; for administrators.
 * @param code one of `LICENCES`; null: none is given @throws RuleViolation `opendata.licence` for any other
 */
export async function chooseLicence(ctx: Ctx, code: string | null): Promise<void> {
	demand(ctx.actor, 'opendata.licence');
	if (code !== null && !Object.hasOwn(LICENCES, code)) throw new RuleViolation('opendata.licence', {}, 'lizenz');
	await write(ctx, async (tx) => {
		if ((await chosenLicence(tx)) === code) return;
		await sql`select kernel.choose_licence(${code})`.execute(tx.db);
		tx.touch('opendata.licence', tx.body.id, { act: 'changed', fields: { licence: code } });
	});
	forgetTowns();
}
