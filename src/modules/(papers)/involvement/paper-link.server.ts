import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import * as m from '#messages';
import type { Choice } from '#ui/types.ts';
import { readable } from '../paper/sight.server.ts';
import { lockMatter } from './matter-commands.server.ts';
import { followContent } from './requests.server.ts';

/** Most papers that a matter is offered. */
const MOST = 60;

/**
 * Drafts and papers that could be what a matter became: without a matter of their own, the asker's drafts first, then those of
 * its department. One query.
 */
export async function papersToLink(ctx: Ctx, departmentId: string): Promise<Choice[]> {
	const { rows } = await sql<{ id: string; title: string; reference: string | null }>`select p.id, p.title, p.reference
		from papers.paper p where p.body_id = ${ctx.body.id} and p.state <> 'withdrawn' and not p.taken_over and ${readable(ctx)}
		and not exists (select from papers.matter m where m.body_id = p.body_id and m.paper_id = p.id)
		order by (p.state = 'draft' and p.created_by = ${ctx.actor.personId}::uuid) desc nulls last, p.state = 'draft' desc,
			p.under_direction_of_id = ${departmentId} desc nulls last, p.created_at desc, p.id limit ${MOST}`.execute(ctx.db);
	return rows.map(({ id, title, reference }) => ({
		value: id,
		label: `${reference ?? m.papers_paper_draft()}: ${title}`,
		lang: 'de',
	}));
}

/**
 * A matter that began without a paper becomes one: from then on people are asked about its words, and what was answered to a file
 * before is asked anew (R4-06). Linking the same one again changes nothing.
 * @throws RuleViolation `papers.matterTwice` for a paper that has a matter, `papers.paperToChoose`; NotFound
 */
export async function linkPaper(ctx: Ctx, id: string, paperId: string): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	await write(ctx, async (tx) => {
		const matter = await lockMatter(tx, id);
		if (matter.paper?.id === paperId) return;
		if (matter.paper || !isId(paperId)) throw new RuleViolation('papers.paperToChoose', {}, 'paperId');
		const { rows } = await sql<{
			taken: boolean;
		}>`select exists (select from papers.matter m where m.body_id = p.body_id
				and m.paper_id = p.id) as taken
			from papers.paper p where p.body_id = ${tx.body.id} and p.id = ${paperId} and p.state <> 'withdrawn'
			and ${readable(tx)} for update`.execute(tx.db);
		if (!rows[0]) throw new RuleViolation('papers.paperToChoose', {}, 'paperId');
		if (rows[0].taken) throw new RuleViolation('papers.matterTwice', {}, 'paperId');
		await tx.db.updateTable('papers.matter').set({ paper_id: paperId }).where('id', '=', id).execute();
		tx.touch('papers.matter', id, { act: 'paperLinked', fields: { paperId } });
		tx.touch('papers.paper', paperId, { act: 'matterLinked', fields: { matterId: id } });
		await followContent(tx, id);
	});
}

/** It was another paper after all. What was answered to its words is asked anew about whatever comes next. */
export async function unlinkPaper(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	await write(ctx, async (tx) => {
		const { paper } = await lockMatter(tx, id);
		if (!paper) return;
		await tx.db.updateTable('papers.matter').set({ paper_id: null }).where('id', '=', id).execute();
		tx.touch('papers.matter', id, { act: 'paperUnlinked', fields: { paperId: paper.id } });
		tx.touch('papers.paper', paper.id, { act: 'matterUnlinked', fields: { matterId: id } });
		await followContent(tx, id);
	});
}
