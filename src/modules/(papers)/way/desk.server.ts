import { sql } from 'kysely';
import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, question, together, type Question } from '#kernel/db/questions.ts';
import type { DeskItem } from '#kernel/module.ts';
import { findingsAsked } from './checks.server.ts';
import type { Finding } from './rules/checks.ts';
import { findingSentence } from './ui/words.ts';

/** Most papers that are looked at for the desk: the newest undecided ones. */
const LOOKED_AT = 25;

interface Row {
	id: string;
	slug: string;
	title: string;
	reference: string;
}

/** Ways with something wrong, for the office: the first finding in words, the day it is about as the day it is due. */
export function wayDesk(ctx: Ctx): Question<DeskItem[]> {
	if (!may(ctx.actor, 'papers.edit')) return known([]);
	const undecided = sql<Row>`select p.id, p.slug, p.title, p.reference
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${ctx.body.id} and p.state = 'filed' and not p.taken_over
		and t.code in ('motion', 'resolutionProposal', 'recommendation', 'inquiry', 'information')
		and not exists (select from papers.consultation c where c.body_id = p.body_id and c.paper_id = p.id and c.role = 'deciding'
			and c.result in ('adopted', 'adoptedChanged', 'rejected', 'noted', 'settled', 'withdrawn'))
		order by p.date desc, p.id limit ${LOOKED_AT}`;
	const found = findingsAsked(ctx, sql`in (select u.id from (${undecided}) u)`);
	return answeredAs(together({ papers: question(undecided, (rows) => rows), found }), ({ papers, found: findings }) =>
		papers.flatMap((paper) => itemOf(ctx, paper, findings.get(paper.id) ?? [])),
	);
}

function itemOf(ctx: Ctx, { id, slug, title, reference }: Row, findings: Finding[]): DeskItem[] {
	const [first] = findings;
	if (!first) return [];
	const sentence = findingSentence(first, ctx.locale);
	const due = first.values.report ?? first.values.day;
	const href = `/vorlagen/${slug}/weg`;
	return [
		{
			id: `way-${id}`,
			group: 'office',
			title: `${title} (${reference})`,
			titleLang: 'de',
			text: findings.length > 1 ? m.papers_way_desk_more({ finding: sentence }) : sentence,
			href,
			...(due && { due }),
			action: { label: m.papers_way_desk_act(), href },
		},
	];
}
