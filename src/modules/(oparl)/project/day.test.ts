import { expect, test } from 'vitest';
import { VISITOR } from '#kernel/access/actor.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addMembership, addOrganisation, addPerson } from '#server/registry';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { read } from '../serve/read.server.ts';
import { tellAnew, tellDay } from './follow.server.ts';

const database = await freshDatabase();

async function told(list: string): Promise<Record<string, unknown>> {
	const answer = await read(database.ctx(VISITOR), `body/${database.town.id}/${list}`, new URLSearchParams());
	return (JSON.parse((answer as { json: string }).json) as { data: Record<string, unknown>[] }).data[0]!;
}

test('seats and offices that begin or end are told on their day, though nobody writes', async () => {
	const { council, person, office, seats } = await write(database.ctx(), async (tx) => {
		const body = await addOrganisation(tx, { name: 'Beirat', type: 'committee' });
		await tx.db.insertInto('council.council_body').values({ id: body, slug: 'beirat' }).execute();
		tx.touch('council.councilBody', body, { act: 'founded' });
		const ada = await addPerson(tx, 'Ada Marwitz');
		const from = tx.today.subtract({ years: 1 });
		await addMembership(tx, { personId: ada, organisationId: body, kind: 'member', votingRight: true, from });
		const ids = [newId(), newId()];
		const later = tx.today.add({ months: 1 });
		const seat = { council_body_id: body, kind: 'delegated', voting: true };
		await tx.db
			.insertInto('council.seat')
			.values([
				{ ...seat, id: ids[0]!, number: 1, from_date: from },
				{ ...seat, id: ids[1]!, number: 2, from_date: later },
			])
			.execute();
		const post = newId();
		await tx.db
			.insertInto('registry.office')
			.values({ id: post, title: 'Schriftführung', organisation_id: body })
			.execute();
		await tx.db
			.insertInto('registry.office_holding')
			.values({ id: newId(), office_id: post, person_id: ada, from_date: later })
			.execute();
		await tx.db.updateTable('registry.person').set({ name_public: true }).where('id', '=', ada).execute();
		tx.touch('registry.person', ada, { act: 'changed' });
		return { council: body, person: ada, office: post, seats: ids };
	});
	expect(await told('organization')).toMatchObject({ memberCount: 1 });
	expect(await told('person')).not.toHaveProperty('status');
	expect(await tellDay(database.ctx())).toBe(0);
	// a month later
	const today = database.ctx().today.toString();
	await database.sql('update council.seat set from_date = $2 where id = $1', [seats[1], today]);
	await database.sql('update registry.office_holding set from_date = $2 where office_id = $1', [office, today]);
	expect(await tellDay(database.ctx())).toBe(2);
	expect(await told('organization')).toMatchObject({ id: expect.stringContaining(council) as string, memberCount: 2 });
	expect(await told('person')).toMatchObject({
		id: expect.stringContaining(person) as string,
		status: ['Schriftführung'],
	});
	// and the day on which one ends
	await database.sql('update council.seat set until_date = $2 where id = $1', [seats[0], today]);
	expect(await tellDay(database.ctx())).toBe(1);
	expect(await told('organization')).toMatchObject({ memberCount: 1 });
	expect(await tellAnew(database.ctx())).toBe(0);
});
