import { sql } from 'kysely';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { known, question, type Question } from '#kernel/db/questions.ts';
import type { DeskItem } from '#kernel/module.ts';

interface Row {
	id: string;
	title: string;
	slug: string;
	why: 'called' | 'asked' | 'own';
	by: string;
}

/** Drafts that this person was asked to write, remarks that call them, and their own drafts. */
export function draftDesk(ctx: Ctx): Question<DeskItem[]> {
	const { personId } = ctx.actor;
	if (ctx.actor.kind !== 'person' || !personId) return known([]);
	const select = sql<Row>`
		select distinct on (p.id) p.id, p.title, p.slug, x.why, coalesce(x.by, '') as by from (
			select c.paper_id as paper, 'called' as why, 1 as rank,
				(select concat_ws(' ', nullif(q.given_name, ''), q.family_name) from registry.person q
					where q.body_id = c.body_id and q.id = c.written_by) as by
				from papers.draft_mention t join papers.draft_comment c on c.body_id = t.body_id and c.id = t.comment_id
				where t.body_id = ${ctx.body.id} and t.person_id = ${personId} and t.seen_at is null and c.settled_at is null
			union all select w.paper_id, 'asked', 2, null from papers.co_writer w
				where w.body_id = ${ctx.body.id} and w.person_id = ${personId} and w.seen_at is null
			union all select d.id, 'own', 3, null from papers.paper d
				where d.body_id = ${ctx.body.id} and d.created_by = ${personId} and d.state = 'draft') x
		join papers.paper p on p.body_id = ${ctx.body.id} and p.id = x.paper and p.state = 'draft'
		order by p.id, x.rank limit 50`;
	return question(select, (rows) => rows.map(itemOf));
}

function itemOf({ id, title, slug, why, by }: Row): DeskItem {
	const href = `/vorlagen/${slug}/bearbeiten${why === 'called' ? '#bemerkungen' : ''}`;
	const text = { called: m.papers_paper_desk_called({ name: by }), asked: m.papers_paper_desk_asked(), own: '' }[why];
	return {
		id: `draft ${id}`,
		group: why === 'own' ? 'draft' : 'answer',
		title,
		titleLang: 'de',
		text: text || m.papers_paper_desk_own(),
		href,
		action: { label: m.papers_paper_write_on(), href },
		...(why !== 'own' && {
			second: {
				label: m.papers_paper_seen(),
				href: `/vorlagen/${slug}/bearbeiten?/gesehen`,
				post: { paper: slug },
			},
		}),
	};
}
