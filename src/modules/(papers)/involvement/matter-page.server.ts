import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { diffBlocks } from '#kernel/text/diff.ts';
import { diffToHtml } from '#kernel/text/diff-html.ts';
import { toHtml } from '#kernel/text/html.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { contentOf, type Content } from './content.server.ts';
import { gateOfMatter } from './gate.server.ts';
import { worksOn } from './matter-commands.server.ts';
import { matterView, relevanceRows } from './matters.server.ts';
import { papersToLink } from './paper-link.server.ts';
import { factsOf } from './requests.server.ts';
import { askedInTime, daysUntilInformed, earliness } from './rules/milestones.ts';
import { inTime, standingOf } from './rules/standing.ts';
import { askedIn } from './sight.server.ts';
import { diffWords } from './diff-words.ts';
import type { InvolvementRow, InvolvementView, MatterPage, MatterRow } from './view.ts';

/** Everything that a matter's page shows to this reader. Up to eight queries. @throws NotFound */
export async function matterPage(ctx: Ctx, id: string): Promise<MatterPage> {
	const { involvements, ...matter } = await matterView(ctx, id);
	const content = await contentOf(ctx, id);
	const mine = await askedHere(ctx, id);
	const works = may(ctx.actor, 'papers.involvement.open') && worksOn(ctx, { ...matter, involvements });
	const views = [];
	for (const involvement of involvements)
		views.push(await viewOf(ctx, matter, { involvement, content, mine: mine.has(involvement.id) }));
	const today = ctx.today.toString();
	const reads = works || may(ctx.actor, 'papers.involvement.all');
	const shown = reads || views.some((view) => view.mine && (view.last !== null || matter.draftSentOn !== null));
	return {
		matter,
		involvements: views,
		history: await relevanceRows(ctx, id),
		earliness: earliness(matter, today),
		daysUntilInformed: daysUntilInformed(matter, today),
		gate: await gateOfMatter(ctx, { ...matter, involvements }),
		draft: shown ? await draftOf(ctx, matter, content) : null,
		works,
		papers: works && !matter.paper && !matter.withdrawn ? await papersToLink(ctx, matter.departmentId) : [],
		mayApprove: may(ctx.actor, 'papers.involvement.approve'),
	};
}

async function askedHere(ctx: Ctx, matterId: string): Promise<Set<string>> {
	const forBody = may(ctx.actor, 'papers.edit') ? sql<boolean>`i.organisation_id is not null` : sql<boolean>`false`;
	const { rows } = await sql<{ id: string }>`select i.id from papers.involvement i where i.body_id = ${ctx.body.id}
		and i.matter_id = ${matterId} and (${askedIn(ctx)} or ${forBody})`.execute(ctx.db);
	return new Set(rows.map(({ id }) => id));
}

async function viewOf(
	ctx: Ctx,
	matter: Omit<MatterRow, 'involvements'>,
	{ involvement, content, mine }: { involvement: InvolvementRow; content: Content | null; mine: boolean },
): Promise<InvolvementView> {
	const { requests, ...rest } = involvement;
	const views = requests.map((request) => ({
		...request,
		standing: standingOf(factsOf(request), ctx.today.toString(), content?.hash ?? null),
		askedLate: !askedInTime(request.requestedOn, matter, involvement.omittedOn),
		answeredLate: request.answeredOn !== null && !inTime(request),
	}));
	const last = views.at(-1) ?? null;
	const before = views.at(-2);
	const compare = mine && last?.state === 'open' && before?.answer && content?.text ? before.hash : null;
	const changes = compare ? await changesSince(ctx, matter.id, { hash: compare, content: content! }) : null;
	return { ...rest, last, earlier: views.slice(0, -1).reverse(), mine, changes };
}

async function changesSince(
	ctx: Ctx,
	matterId: string,
	{ hash, content }: { hash: string; content: Content },
): Promise<string | null> {
	const old = await ctx.db
		.selectFrom('papers.asked_text')
		.select(['operative', 'reasons'])
		.where('matter_id', '=', matterId)
		.where('hash', '=', hash)
		.executeTakeFirst();
	if (!old || !content.text) return null;
	const difference = (before: unknown, after: TextDocument) =>
		diffToHtml(diffBlocks((before as TextDocument).blocks, after.blocks), { labels: diffWords(), headingOffset: 3 });
	return difference(old.operative, content.text.operative) + difference(old.reasons, content.text.reasons);
}

async function draftOf(
	ctx: Ctx,
	matter: Omit<MatterRow, 'involvements'>,
	content: Content | null,
): Promise<MatterPage['draft']> {
	if (content?.text)
		return {
			href: `/vorlagen/${matter.paper!.slug}`,
			html: toHtml(content.text.operative, { headingOffset: 3 }),
			reasonsHtml: toHtml(content.text.reasons, { headingOffset: 3 }),
		};
	if (!content?.fileId) return null;
	const file = await ctx.db
		.selectFrom('kernel.file')
		.select('name')
		.where('id', '=', content.fileId)
		.executeTakeFirst();
	return { href: `/dateien/${content.fileId}`, name: file?.name ?? '' };
}
