import { beforeAll, describe, expect, test } from 'vitest';
import { VISITOR } from '#kernel/access/actor.ts';
import { newId } from '#kernel/ids.ts';
import { freshDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { latestOutcomes, nextPublicMeeting } from './front.server.ts';

let database: TestDatabase;
const council = newId();

beforeAll(async () => {
	database = await freshDatabase();
	const town = database.town.id;
	await database.sql(
		`insert into registry.organisation (body_id, id, name, organisation_type) values ($1, $2, 'Beirat', 'committee')`,
		[town, council],
	);
	await database.sql(`insert into council.council_body (body_id, id, slug) values ($1, $2, 'beirat')`, [town, council]);
});

async function addMeeting(slug: string, days: number, more = 'true, true, false'): Promise<string> {
	const id = newId();
	await database.sql(
		`insert into council.meeting (body_id, id, council_body_id, slug, state, date, public, published, cancelled) values ($1, $2, $3, $4, 'held', (now() at time zone 'Europe/Berlin')::date + $5::int, ${more})`,
		[database.town.id, id, council, slug, days],
	);
	return id;
}

let position = 0;
async function addItem(
	meetingId: string,
	title: string,
	result: string | null,
	plain = '',
	isPublic = true,
): Promise<void> {
	await database.sql(
		`insert into council.agenda_item (body_id, id, meeting_id, position, number, title, result, outcome_plain, public) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		[database.town.id, newId(), meetingId, position++, String(position), title, result, plain, isPublic],
	);
}

test('a town without sessions has neither', async () => {
	expect(await nextPublicMeeting(database.ctx(VISITOR))).toBeNull();
	expect(await latestOutcomes(database.ctx(VISITOR))).toEqual([]);
});

describe('the next public session', () => {
	test('is the soonest that everybody may attend, today included', async () => {
		await addMeeting('zu', 1, 'false, true, false');
		await addMeeting('entwurf', 2, 'true, false, false');
		await addMeeting('abgesagt', 3, 'true, true, true');
		const coming = await addMeeting('kommt', 9);
		await addItem(coming, 'Eins', null);
		await addItem(coming, 'Geheim', null, '', false);
		expect(await nextPublicMeeting(database.ctx(VISITOR))).toMatchObject({ slug: 'kommt', topics: ['Eins'] });
		await addMeeting('heute', 0);
		// whoever may see more reads the same: the page speaks to everybody
		expect(await nextPublicMeeting(database.ctx())).toMatchObject({ slug: 'heute' });
	});
});

describe('what was decided last', () => {
	test('comes from public items of published sessions, newest first, in plain words where there are some', async () => {
		const old = await addMeeting('alt', -60);
		const late = await addMeeting('neu', -7);
		const hidden = await addMeeting('intern', -3, 'false, true, false');
		await addItem(old, 'Alter Punkt', 'adopted');
		await addItem(late, 'Dolmetschen', 'adoptedChanged', 'Im Bürgerbüro wird gedolmetscht.');
		await addItem(late, 'Bericht', 'noted');
		await addItem(late, 'Personal', 'adopted', 'Frau X wird eingestellt.', false);
		await addItem(hidden, 'Intern', 'adopted');
		const found = await latestOutcomes(database.ctx(), 3);
		expect(found.map(({ sentence, meeting }) => [sentence, meeting.slug])).toEqual([
			['Im Bürgerbüro wird gedolmetscht.', 'neu'],
			['Alter Punkt', 'alt'],
		]);
	});
});
