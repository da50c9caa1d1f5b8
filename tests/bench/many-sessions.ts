/** Sessions of many towns: copies of the demonstration's fullest one, each twelve days before the other. */
import type pg from 'pg';
import { asSuperuser } from './many-papers.ts';
import type { Workshop } from './program.ts';

/** So many for each town that is there; the demonstration's own count among them. */
export async function fillSessions(workshop: Pick<Workshop, 'dataDir'>, each: number): Promise<void> {
	await asSuperuser(workshop, async (client) => {
		const { rows } = await client.query<{ town: string; id: string; there: number }>(
			`select t.id as town, (select i.meeting_id from council.agenda_item i where i.body_id = t.id
				group by 1 order by count(*) desc, 1 limit 1) as id,
				(select count(*)::int from council.meeting m where m.body_id = t.id) as there from kernel.town t where demonstration`,
		);
		const [{ town, id, there }] = rows as [(typeof rows)[0]];
		await client.query('begin');
		await copyMeetings(client, { town, id, each, there });
		for (const table of ['council.agenda_item', 'council.attendance']) await copyParts(client, table, id);
		await client.query('commit');
		await client.query('vacuum (analyze) council.meeting, council.agenda_item, council.attendance');
	});
}

async function copyMeetings(client: pg.Client, model: { town: string; id: string; each: number; there: number }) {
	await client.query(
		`insert into council.meeting select (jsonb_populate_record(m, jsonb_build_object('body_id', t.id, 'id', uuidv7(), 'slug', 'reihe-' || n,
			'number', n, 'date', m.date - 12 * n, 'current_item_id', null))).*
		from council.meeting m, kernel.town t, generate_series(1, $2::int) n
		where m.body_id = $3 and m.id = $1 and not (t.id = $3 and n > $2::int - $4::int)`,
		[model.id, model.each, model.town, model.there],
	);
}

async function copyParts(client: pg.Client, table: string, model: string): Promise<void> {
	await client.query(
		`insert into ${table} select (jsonb_populate_record(i, jsonb_build_object('body_id', c.body_id, 'id', uuidv7(), 'meeting_id', c.id))).*
		from ${table} i, council.meeting c where i.meeting_id = $1 and c.slug like 'reihe-%'`,
		[model],
	);
}
