import * as m from '#messages';
import type { WriteCtx } from '#kernel/ctx.ts';
import { addOffice, endHolding, holdOffice } from '#server/registry';

/**
 * The chair becomes commissioner for the same time (rulebook R1-10): the body's office opens for the same person until the end
 * of the membership, and whoever held it before holds it no longer (R1-15).
 */
export async function openCommissioner(
	tx: WriteCtx,
	{ councilBodyId, membershipId, on }: { councilBodyId: string; membershipId: string; on: Temporal.PlainDate },
): Promise<void> {
	const officeId = await officeOf(tx, councilBodyId);
	const { person_id: personId, until_date: until } = await tx.db
		.selectFrom('registry.membership')
		.select(['person_id', 'until_date'])
		.where('id', '=', membershipId)
		.executeTakeFirstOrThrow();
	const running = await tx.db
		.selectFrom('registry.office_holding')
		.select(['id', 'person_id'])
		.where('office_id', '=', officeId)
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', on)]))
		.forUpdate()
		.execute();
	for (const { id } of running.filter((row) => row.person_id !== personId)) await endHolding(tx, id, on);
	const own = running.find((row) => row.person_id === personId);
	const holdingId = own?.id ?? (await holdOffice(tx, { officeId, personId, from: on, until }));
	await tx.db
		.updateTable('council.post_holding')
		.set({ office_holding_id: holdingId })
		.where('membership_id', '=', membershipId)
		.where('post', '=', 'chair')
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', on)]))
		.execute();
}

/** The commissioner's office ends with the chair it came with. */
export async function closeCommissioner(tx: WriteCtx, holdingId: string, on: Temporal.PlainDate): Promise<void> {
	await endHolding(tx, holdingId, on);
}

/** The office named on the body; else the only commissioner of the town; else a new honorary one. */
async function officeOf(tx: WriteCtx, councilBodyId: string): Promise<string> {
	const { commissioner_office_id: named } = await tx.db
		.selectFrom('council.council_body')
		.select('commissioner_office_id')
		.where('id', '=', councilBodyId)
		.executeTakeFirstOrThrow();
	if (named) return named;
	const known = await tx.db.selectFrom('registry.office').select('id').where('kind', '=', 'commissioner').execute();
	const title = m.council_structure_commissioner_office({}, { locale: 'de' });
	const id =
		known.length === 1
			? known[0]!.id
			: await addOffice(tx, { title, kind: 'commissioner', employment: 'honorary', organisationId: councilBodyId });
	await tx.db
		.updateTable('council.council_body')
		.set({ commissioner_office_id: id })
		.where('id', '=', councilBodyId)
		.execute();
	return id;
}
