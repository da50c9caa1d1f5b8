import { sql } from 'kysely';
import type { Audience } from '#kernel/changes/audience.ts';
import type { Db } from '#kernel/db/scope.ts';
import type { KindDeclaration } from '#kernel/module.ts';

/**
 * Motions, votes and elections are changes of their session, so its viewers learn of them. A written procedure stands
 * alone: it is among members until a session has told its result, and public from then on in a body the public may see.
 */
export const votesKinds: Record<string, KindDeclaration> = {
	'council.writtenProcedure': {
		audience: async (db, id) => (await writtenText(db, id))?.audience ?? 'none',
		searchDocument: writtenDocument,
		label: 'council_votes_written',
	},
};

interface WrittenText {
	audience: Audience;
	council: string;
	body: string;
	slug: string;
	number: number;
	title: string;
	text: string;
	day: Temporal.PlainDate;
}

async function writtenText(db: Db, id: string): Promise<WrittenText | undefined> {
	const { rows } = await sql<WrittenText>`
		select case when cb.visibility = 'public' and exists (select from council.agenda_item i
				join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
				where i.body_id = w.body_id and i.id = w.announced_item_id and not i.removed and i.opened_at is not null
				and m.public and m.published and m.state in ('held', 'minutesSigned')) then 'public' else 'members' end as audience,
			w.council_body_id as council, o.name as body, cb.slug, w.number, w.title, w.text, w.last_day as day
		from council.written_procedure w
		join council.council_body cb on cb.body_id = w.body_id and cb.id = w.council_body_id
		join registry.organisation o on o.body_id = w.body_id and o.id = w.council_body_id
		where w.body_id = kernel.current_body() and w.id = ${id}`.execute(db);
	return rows[0];
}

async function writtenDocument(db: Db, id: string) {
	const row = await writtenText(db, id);
	if (!row || (row.audience !== 'public' && row.audience !== 'members')) return null;
	return {
		kind: 'council.writtenProcedure',
		id,
		audience: row.audience,
		// What members read is read by those of this body only.
		organisationId: row.council,
		language: 'de',
		title: row.title,
		keywords: [row.body],
		body: row.text,
		href: `/gremien/${row.slug}/umlauf/${row.number}`,
		date: row.day,
		facets: { body: row.body, year: String(row.day.year) },
	};
}
