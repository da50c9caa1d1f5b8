import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import type { Originator } from './schema.ts';

/**
 * Those who bring it in, in their order. Who is no longer named has left; of a filed paper the row stays, so that everybody
 * sees who once brought it in (rulebook, edge cases 3); of a draft it goes.
 */
export async function setOriginators(tx: WriteCtx, paperId: string, given: readonly Originator[]): Promise<void> {
	const { state } = await tx.db
		.selectFrom('papers.paper')
		.select('state')
		.where('id', '=', paperId)
		.executeTakeFirstOrThrow();
	const rows = await tx.db
		.selectFrom('papers.originator')
		.select(['id', 'organisation_id', 'person_id'])
		.where('paper_id', '=', paperId)
		.where('kind', '=', 'originator')
		.where('left_on', 'is', null)
		.execute();
	const wanted = once(given);
	const keys = new Set(wanted.map(keyOf));
	const key = (row: (typeof rows)[number]) =>
		keyOf({ organisationId: row.organisation_id ?? '', personId: row.person_id ?? '' });
	const gone = rows.filter((row) => !keys.has(key(row))).map(({ id }) => id);
	if (gone.length && state === 'draft') await tx.db.deleteFrom('papers.originator').where('id', 'in', gone).execute();
	else if (gone.length)
		await tx.db.updateTable('papers.originator').set({ left_on: tx.today }).where('id', 'in', gone).execute();
	for (const [position, one] of wanted.entries()) {
		const known = rows.find((row) => key(row) === keyOf(one));
		if (known) await tx.db.updateTable('papers.originator').set({ position }).where('id', '=', known.id).execute();
		else await addOriginator(tx, paperId, one, 'originator', position);
	}
}

/** Adds one that brings it in or supports it, from today on. @returns the row's id */
export async function addOriginator(
	tx: WriteCtx,
	paperId: string,
	{ organisationId, personId }: Originator,
	kind: 'originator' | 'supporter',
	position: number,
): Promise<string> {
	const id = newId();
	await tx.db
		.insertInto('papers.originator')
		.values({
			id,
			paper_id: paperId,
			position,
			kind,
			organisation_id: organisationId || null,
			person_id: personId || null,
			joined_on: tx.today,
		})
		.execute();
	return id;
}

const keyOf = ({ organisationId, personId }: Originator) => `${organisationId} ${personId}`;

function once(given: readonly Originator[]): Originator[] {
	return [...new Map(given.map((one) => [keyOf(one), one])).values()];
}
