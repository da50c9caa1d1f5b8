import { sql } from 'kysely';
import type { Audience } from '#kernel/changes/audience.ts';
import type { Db } from '#kernel/db/scope.ts';
import type { KindDeclaration } from '#kernel/module.ts';
import type { SearchDocument } from '#kernel/search/document.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { memberKinds } from './search/members.server.ts';
import { kinds as minutes } from './minutes/kinds.server.ts';
import { kinds as planning } from './planning/kinds.server.ts';
import { votesKinds } from './votes/kinds.server.ts';

/** Who may know of the council's objects, and what can be found of them. Closed items never reach the search. */
export const kinds: Record<string, KindDeclaration> = {
	'council.meeting': {
		audience: async (db, id) => (await meetingAudiences(db, [id])).get(id) ?? 'none',
		audiences: meetingAudiences,
		searchDocument: async (db, id) => (await meetingDocuments(db, [id])).get(id) ?? null,
		searchDocuments: meetingDocuments,
		label: 'council_nav_meetings',
	},
	'council.councilBody': { audience: bodyAudience, searchDocument: bodyDocument, label: 'council_nav_bodies' },
	...memberKinds,
	'council.task': { audience: taskAudience },
	...minutes,
	// what somebody answered is told to nobody: the office looks at its list
	'council.invitation': { audience: async () => 'office' },
	// told to nobody: the office looks at its list, applicants at their receipt
	'council.application': { audience: async () => 'office' },
	...planning,
	...votesKinds,
};

async function one<Row>(db: Db, query: ReturnType<typeof sql<Row>>): Promise<Row | undefined> {
	return (await query.execute(db)).rows[0];
}

async function meetingAudiences(db: Db, ids: readonly string[]): Promise<Map<string, Audience>> {
	const { rows } = await sql<{
		id: string;
		shown: boolean;
	}>`select id, (public and published) as shown from council.meeting
		where body_id = kernel.current_body() and id = any (${ids}::uuid[])`.execute(db);
	return new Map(rows.map(({ id, shown }) => [id, shown ? 'public' : 'members']));
}

async function bodyAudience(db: Db, id: string): Promise<Audience> {
	const row = await one(
		db,
		sql<{ visibility: 'public' | 'members' }>`select visibility from council.council_body
		where body_id = kernel.current_body() and id = ${id}`,
	);
	return row?.visibility ?? 'none';
}

async function taskAudience(db: Db, id: string): Promise<Audience> {
	const row = await one(
		db,
		sql<{ shown: boolean }>`select (t.public and m.public and m.published and coalesce(i.public, true)) as shown
		from council.task t join council.meeting m on m.body_id = t.body_id and m.id = t.meeting_id
		left join council.agenda_item i on i.body_id = t.body_id and i.id = t.agenda_item_id
		where t.body_id = kernel.current_body() and t.id = ${id}`,
	);
	return row ? (row.shown ? 'public' : 'members') : 'none';
}

interface MeetingText {
	slug: string;
	title: string;
	body: string;
	date: Temporal.PlainDate;
	shown: boolean;
	council: string;
	numbers: string[];
	place: string;
	/** Other public bodies of a joint session. */
	joint: string[];
	items: { title: string; result: string | null; text: TextDocument; resolutions: string[] }[];
}

async function meetingDocuments(db: Db, ids: readonly string[]): Promise<Map<string, SearchDocument>> {
	const { rows } = await sql<
		MeetingText & { id: string }
	>`select m.id, m.slug, m.title, o.name as body, m.date, (m.public and m.published) as shown,
		m.council_body_id as council,
		coalesce((select json_agg(distinct pm.reference) from council.paper_mention pm
			left join council.agenda_item pi on pi.body_id = pm.body_id and pi.id = pm.agenda_item_id
			where pm.body_id = m.body_id and pm.meeting_id = m.id and coalesce(pi.public, true)), '[]') as numbers,
		coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, '')), '') as place,
		coalesce((select json_agg(jo.name order by jo.name) from council.meeting_body j
			join council.council_body jb on jb.body_id = j.body_id and jb.id = j.council_body_id and jb.visibility = 'public'
			join registry.organisation jo on jo.body_id = j.body_id and jo.id = j.council_body_id
			where j.body_id = m.body_id and j.meeting_id = m.id and j.council_body_id <> m.council_body_id), '[]') as joint,
		coalesce((select json_agg(json_build_object('title', i.title, 'result', i.result,
			-- a draft of the minutes is found by nobody (rulebook R2-64)
			'text', case when coalesce((select r.published_at is not null and r.withdrawn_at is null
				from council.minutes_record r where r.body_id = m.body_id and r.meeting_id = m.id), m.state not in ('running', 'held'))
				then i.text else '{"blocks":[]}'::jsonb end, 'resolutions',
			coalesce((select json_agg(r.text || case when r.kind = 'opinion' then ' (ohne Abstimmung)' else '' end) from council.resolution r where r.body_id = i.body_id and r.agenda_item_id = i.id), '[]'))
			order by i.position) from council.agenda_item i
			where i.body_id = m.body_id and i.meeting_id = m.id and i.public), '[]') as items
		from council.meeting m join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
		left join registry.place p on p.body_id = m.body_id and p.id = m.place_id
		where m.body_id = kernel.current_body() and m.id = any (${ids}::uuid[])`.execute(db);
	return new Map(rows.map((row) => [row.id, documentOf(row)]));
}

const LONG_DAY = new Intl.DateTimeFormat('de', { dateStyle: 'long', timeZone: 'UTC' });

function documentOf(row: MeetingText & { id: string }): SearchDocument {
	const day = LONG_DAY.format(new Date(`${row.date}T12:00:00Z`));
	return {
		kind: 'council.meeting',
		id: row.id,
		audience: row.shown ? ('public' as const) : ('members' as const),
		// What members read is read by those of this body only.
		organisationId: row.council,
		language: 'de',
		title: row.title || `Sitzung vom ${day}`,
		keywords: [row.body, ...row.joint, day, row.place, ...row.numbers].filter(Boolean),
		body: row.items.map((item) => [item.title, toPlainText(item.text), ...item.resolutions].join('\n')).join('\n\n'),
		href: `/sitzungen/${row.slug}`,
		date: row.date,
		facets: {
			body: [row.body, ...row.joint],
			result: [...new Set(row.items.flatMap(({ result }) => result ?? []))],
		},
	};
}

async function bodyDocument(db: Db, id: string) {
	const row = await one(
		db,
		sql<{
			slug: string;
			name: string;
			classification: string;
			purpose: string;
			visibility: 'public' | 'members';
			people: string[];
		}>`
		select cb.slug, o.name, o.classification, cb.purpose, cb.visibility, coalesce((select json_agg(concat_ws(' ', p.given_name, p.family_name))
			from registry.membership m join registry.person p on p.body_id = m.body_id and p.id = m.person_id
			where m.body_id = cb.body_id and m.organisation_id = cb.id and m.kind = 'member' and m.until_date is null), '[]') as people
		from council.council_body cb join registry.organisation o on o.body_id = cb.body_id and o.id = cb.id
		where cb.body_id = kernel.current_body() and cb.id = ${id}`,
	);
	if (!row) return null;
	const { slug, name, classification, purpose, people, visibility } = row;
	return {
		kind: 'council.councilBody',
		id,
		audience: visibility,
		organisationId: id,
		language: 'de',
		title: name,
		keywords: [classification],
		body: [purpose, ...people].join('\n'),
		href: `/gremien/${slug}`,
		date: null,
		facets: { body: name },
	};
}
