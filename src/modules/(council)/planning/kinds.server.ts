import type { Audience } from '#kernel/changes/audience.ts';
import type { Db } from '#kernel/db/scope.ts';
import type { KindDeclaration } from '#kernel/module.ts';

const inside = { audience: async (): Promise<Audience> => 'none' };

async function eventRow(db: Db, id: string) {
	return db.selectFrom('council.event').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Polls, proposals, lists are followed by nobody but through their own pages; events are public. */
export const kinds: Record<string, KindDeclaration> = {
	'council.datePoll': inside,
	'council.topicProposal': inside,
	'council.saveTheDate': inside,
	'council.conveningRequest': inside,
	'council.yearPlan': inside,
	'council.event': {
		label: 'council_calendar_title',
		audience: async (db, id) => {
			const row = await eventRow(db, id);
			return row ? (row.published ? 'public' : 'members') : 'none';
		},
		searchDocument: async (db, id) => {
			const row = await eventRow(db, id);
			if (!row?.published) return null;
			const { title, text, place, slug, date } = row;
			return {
				kind: 'council.event',
				id,
				audience: 'public',
				language: 'de',
				title,
				keywords: [place],
				body: text,
				href: `/veranstaltungen/${slug}`,
				date,
				facets: { year: String(date.year) },
			};
		},
	},
};
