import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { lockReadable } from './life.server.ts';
import { addOriginator } from './originators.server.ts';
import { ownOrganisations } from './rights.server.ts';

/**
 * Supports a filed paper: a member in their own name, or for a group or body in which they sit; the office for anybody. Twice
 * is once.
 * @param organisationId empty: in one's own name
 * @throws RuleViolation `papers.withdrawn`; Forbidden for a group that is not one's own
 */
export async function support(ctx: Ctx, slug: string, organisationId: string): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockReadable(tx, slug);
		if (paper.state === 'withdrawn') throw new RuleViolation('papers.withdrawn', {}, 'unterstuetzung');
		const office = may(tx.actor, 'papers.edit');
		if (organisationId && !office && !ownOrganisations(tx.actor).includes(organisationId))
			throw new Forbidden('papers.edit');
		const personId = organisationId ? '' : (tx.actor.personId ?? '');
		if (!organisationId && !personId) throw new NotFound('person');
		if (organisationId && !isId(organisationId)) throw new NotFound('organisation');
		const there = await tx.db
			.selectFrom('papers.originator')
			.select('id')
			.where('paper_id', '=', paper.id)
			.where('left_on', 'is', null)
			.where(organisationId ? 'organisation_id' : 'person_id', '=', organisationId || personId)
			.executeTakeFirst();
		if (there) return;
		await addOriginator(tx, paper.id, { organisationId, personId }, 'supporter', 100);
		tx.touch('papers.paper', paper.id, { act: 'supported', fields: { organisation: organisationId } });
	});
}

/**
 * A group, body or person withdraws its signature: the row stays with its day, the paper stays as long as anybody is left who
 * brings it in (rulebook, edge cases 3). Twice is once; `undo` takes it back on the same day.
 * @throws RuleViolation `papers.lastOriginator`: the last one withdraws the paper, not the signature
 */
export async function leave(ctx: Ctx, slug: string, rowId: string, undo = false): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockReadable(tx, slug);
		const rows = await tx.db
			.selectFrom('papers.originator')
			.select(['id', 'kind', 'organisation_id', 'person_id', 'left_on'])
			.where('paper_id', '=', paper.id)
			.execute();
		const row = rows.find(({ id }) => id === rowId);
		if (!row) return;
		const own =
			(row.person_id !== null && row.person_id === tx.actor.personId) ||
			(row.organisation_id !== null && ownOrganisations(tx.actor).includes(row.organisation_id));
		if (!own && !may(tx.actor, 'papers.edit')) throw new Forbidden('papers.edit');
		if (undo === (row.left_on === null)) return;
		const left = rows.filter(({ kind, left_on, id }) => kind === 'originator' && left_on === null && id !== rowId);
		if (!undo && row.kind === 'originator' && !left.length)
			throw new RuleViolation('papers.lastOriginator', {}, 'unterstuetzung');
		await tx.db
			.updateTable('papers.originator')
			.set({ left_on: undo ? null : tx.today })
			.where('id', '=', rowId)
			.execute();
		tx.touch('papers.paper', paper.id, { act: undo ? 'rejoined' : 'left', fields: { originator: rowId } });
	});
}
