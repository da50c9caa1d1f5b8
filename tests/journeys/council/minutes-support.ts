import type { App } from '../../support/app.ts';
import { newId } from '../../../src/kernel/ids.ts';

/** A session that was held, with people of the demonstration's council; what its journey is about is added by the test. */
export interface HeldSession {
	id: string;
	slug: string;
	items: Record<string, string>;
}

interface Options {
	date: string;
	number?: number;
	state?: string;
	items: { title: string; kind?: string; public?: boolean; approves?: string; result?: string; text?: string }[];
	/** Seats by number whose presence nobody noted. */
	unknown?: number[];
	excused?: number[];
	body?: string;
}

export async function heldSession({ database: { sql } }: App, options: Options): Promise<HeldSession> {
	const { date, number = 99, state = 'held', items, unknown = [], excused = [], body = 'beirat' } = options;
	const [council] = await sql<{ body_id: string; id: string }>(
		'select body_id, id from council.council_body where slug = $1',
		[body],
	);
	const [chair] = await sql<{ id: string; name: string }>(
		`select p.id, p.given_name || ' ' || p.family_name as name from registry.membership m
		 join registry.person p on p.id = m.person_id where m.organisation_id = $1 and m.post = 'chair' and m.until_date is null`,
		[council!.id],
	);
	const id = newId();
	const slug = `probe-${date}`;
	await sql(
		`insert into council.meeting (body_id, id, council_body_id, slug, number, state, date, public, published, starts_at, ends_at,
			opened_at, closed_at, invited_on, place_text, chair_name, chair_person_id, minutes_taker_name)
		 values ($1, $2, $3, $4, $5, $6, $7::date, true, true, ($7 || ' 17:00 Europe/Berlin')::timestamptz, ($7 || ' 19:00 Europe/Berlin')::timestamptz,
			case when $6 in ('planned', 'invited') then null else ($7 || ' 17:03 Europe/Berlin')::timestamptz end,
			case when $6 in ('planned', 'invited', 'running') then null else ($7 || ' 18:41 Europe/Berlin')::timestamptz end,
			$7::date - 14, 'Altes Rathaus, Saal', $8, $9, 'Ines Hallfurth')`,
		[council!.body_id, id, council!.id, slug, number, state, date, chair!.name, chair!.id],
	);
	const ids: Record<string, string> = {};
	for (const [at, item] of items.entries()) {
		const itemId = newId();
		ids[item.title] = itemId;
		await sql(
			`insert into council.agenda_item (body_id, id, meeting_id, position, number, title, kind, public, neutral_title, closed_reason,
				approves_meeting_id, result)
			 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			[
				council!.body_id,
				itemId,
				id,
				at,
				String(at + 1),
				item.title,
				item.kind ?? 'topic',
				item.public ?? true,
				item.public === false ? 'Personalangelegenheit' : '',
				item.public === false ? 'Schutz einer Person' : '',
				item.approves ?? null,
				item.result ?? null,
			],
		);
	}
	await sql(
		`insert into council.attendance (body_id, id, meeting_id, position, person_id, name, organisation, seat_id, voting, status)
		 select s.body_id, gen_random_uuid(), $1, s.number, p.id, p.given_name || ' ' || p.family_name, coalesce(o.short_name, ''), s.id, true,
			case when s.number = any ($2) then 'unknown' when s.number = any ($3) then 'excused' else 'present' end
		 from council.seat s join council.seat_filling f on f.seat_id = s.id and f.from_date <= $4::date and (f.until_date is null or f.until_date > $4::date)
		 join registry.membership m on m.id = f.membership_id join registry.person p on p.id = m.person_id
		 left join registry.organisation o on o.id = s.organisation_id
		 where s.council_body_id = $5`,
		[id, unknown, excused, date, council!.id],
	);
	return { id, slug, items: ids };
}
