import type { WriteCtx } from '#kernel/ctx.ts';
import { addMembership, addOffice, addOrganisation, addPerson, holdOffice } from '#server/registry';
import { addCouncilBody } from '../commands/bodies.server.ts';
import { rememberPosts } from './posts.server.ts';
import { fill } from './appointments.server.ts';
import { insertSeat } from './seats.server.ts';

/** A working group of the demonstration's council with places of three sides and a speaker, and the council's term. All invented. */
export async function addStructure(tx: WriteCtx, council: string, from: Temporal.PlainDate): Promise<void> {
	await rememberPosts(tx, council);
	await tx.db
		.updateTable('council.term')
		.set({
			name: `Wahlperiode ${from.year} bis ${from.year + 5}`,
			council_elected_on: from.with({ month: 6, day: 9 }),
			council_term_from: from.with({ month: 7, day: 1 }),
			council_term_until: from.with({ year: from.year + 5, month: 7, day: 1 }),
		})
		.where('council_body_id', '=', council)
		.execute();
	await addWorkingGroup(tx, council, tx.today.subtract({ months: 8 }));
}

async function addWorkingGroup(tx: WriteCtx, council: string, from: Temporal.PlainDate): Promise<void> {
	const id = await addOrganisation(tx, {
		name: 'AG Sprache und Ankommen',
		shortName: 'AG Sprache',
		type: 'committee',
		classification: 'AG',
		parentId: council,
		startDate: from,
		officeLabel: 'Geschäftsstelle',
	});
	await addCouncilBody(tx, {
		organisationId: id,
		slug: 'ag-sprache',
		kind: 'workingGroup',
		preset: 'working-group',
		purpose: 'Die Arbeitsgruppe sammelt, wo Sprachkurse fehlen, und schlägt dem Beirat Abhilfe vor.',
		from,
	});
	await tx.db
		.insertInto('council.working_group')
		.values({
			council_body_id: id,
			parent_body_id: council,
			temporary: true,
			planned_end: tx.today.add({ months: 10 }),
			report_due: tx.today.add({ months: 9 }),
		})
		.execute();
	const places = [
		['council', 'Golnar Sepantar'],
		['council', 'Yonas Tekleberg'],
		['civilSociety', 'Lioba Harksen'],
		['civilSociety', ''],
		['administration', 'Jörn Matthies'],
	] as const;
	for (const [index, [side, name]] of places.entries()) await place(tx, id, index + 1, side, name, from);
	const officeId = await addOffice(tx, { title: 'Sprecherin der AG Sprache', kind: 'speaker', organisationId: id });
	await holdOffice(tx, { officeId, personId: await personOf(tx, 'Golnar Sepantar'), from, until: null });
}

async function place(
	tx: WriteCtx,
	councilBodyId: string,
	number: number,
	side: 'council' | 'civilSociety' | 'administration',
	name: string,
	from: Temporal.PlainDate,
): Promise<void> {
	const seatId = await insertSeat(tx, {
		councilBodyId,
		number,
		kind: 'organisation',
		voting: true,
		organisation: null,
		substitutes: 'named',
		successors: 'none',
		side,
		from,
	});
	if (!name) return;
	const membershipId = await addMembership(tx, {
		personId: await personOf(tx, name),
		organisationId: councilBodyId,
		kind: 'member',
		votingRight: true,
		from,
	});
	await fill(tx, { seatId, membershipId, from });
}

async function personOf(tx: WriteCtx, name: string): Promise<string> {
	const found = await tx.db
		.selectFrom('registry.person')
		.select('id')
		.where('family_name', '=', name.split(' ').at(-1)!)
		.executeTakeFirst();
	return found?.id ?? addPerson(tx, name, { namePublic: true });
}
