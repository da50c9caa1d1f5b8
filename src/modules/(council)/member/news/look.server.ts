import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { originOf } from '../../agenda/links.server.ts';
import { newsOf, settled, type Facts, type News } from './rules.ts';
import { lookFurther } from './sources.server.ts';

export const LETTERS_JOB = 'council.news.letters';

interface Look {
	meetingId: string;
	now: Facts;
	told: Facts | null;
	seen: Facts | null;
}

/**
 * Looks at all public sessions, and into the sources of later modules, and orders letters about what is new in them. Runs every quarter of an hour; no command
 * has to think of subscribers. Sessions nobody was told of while they were coming are noted in silence.
 */
export async function lookForNews(ctx: Ctx, payload: unknown): Promise<void> {
	const origin = (payload as { origin?: string } | null)?.origin ?? originOf(ctx);
	const today = ctx.today.toString();
	await write(ctx, async (tx) => {
		// Two looks at once would tell everything twice.
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.body.id} council news`}, 0))`.execute(tx.db);
		const batch = newId();
		let found = 0;
		for (const { meetingId, now, told, seen } of await looks(tx)) {
			const still = settled(seen, now);
			const what = still ? newsOf(told, now, today) : [];
			const known = still ? now : told;
			if (still && told && settled(told, now)) continue;
			await keep(tx, meetingId, known, now);
			if (!what.length) continue;
			found++;
			await sql`insert into council.news (body_id, id, batch, meeting_id, what, at)
				values (${tx.body.id}, ${newId()}, ${batch}, ${meetingId}, ${what satisfies News[]}, ${tx.now})`.execute(tx.db);
		}
		found += await lookFurther(tx, batch);
		if (found) await tx.enqueue(LETTERS_JOB, { batch, origin });
	});
}

async function keep(tx: Pick<Ctx, 'db' | 'body'>, meetingId: string, told: Facts | null, seen: Facts): Promise<void> {
	const [known, now] = [told && JSON.stringify(told), JSON.stringify(seen)];
	await sql`insert into council.meeting_told (body_id, meeting_id, told, seen)
		values (${tx.body.id}, ${meetingId}, ${known}::jsonb, ${now}::jsonb)
		on conflict (body_id, meeting_id) do update set told = excluded.told, seen = excluded.seen`.execute(tx.db);
}

/** Public sessions from two years ago on: later changes of older ones reach their readers by the page. */
async function looks(tx: Pick<Ctx, 'db' | 'body' | 'today'>): Promise<Look[]> {
	const { rows } = await sql<Look>`
select m.id as "meetingId", t.told, t.seen, json_build_object('date', m.date, 'startsAt', m.starts_at, 'endsAt', m.ends_at,
	'place', coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, ''), nullif(p.street, '')), ''),
	'cancelled', m.cancelled, 'invited', m.state = 'invited' or coalesce((t.told->>'invited')::boolean, m.state <> 'planned'),
	'agenda', case when m.state in ('planned', 'invited') then coalesce((select md5(string_agg(i.number || ' ' ||
		case when i.public then i.title else i.neutral_title end, E'\n' order by i.position)) from council.agenda_item i
		where i.body_id = m.body_id and i.meeting_id = m.id and not i.removed), '') else coalesce(t.told->>'agenda', '') end,
	'minutes', (select coalesce((select max(v.number) from council.minutes_version v where v.body_id = r.body_id
		and v.minutes_id = r.id), 0) from council.minutes_record r where r.body_id = m.body_id and r.meeting_id = m.id
		and r.published_at is not null and r.withdrawn_at is null)) as now
from council.meeting m join council.council_body b on b.body_id = m.body_id and b.id = m.council_body_id
left join registry.place p on p.body_id = m.body_id and p.id = m.place_id
left join council.meeting_told t on t.body_id = m.body_id and t.meeting_id = m.id
where m.body_id = ${tx.body.id} and m.public and m.published and b.visibility = 'public' and m.state <> 'takenOver'
	and m.date >= ${tx.today.subtract({ years: 2 })}::date
order by m.date, m.starts_at, m.id`.execute(tx.db);
	return rows;
}
