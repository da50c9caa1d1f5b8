import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { contentOf } from './content.server.ts';
import { matterRows } from './matters.server.ts';
import { rulesOn } from './rules.server.ts';
import { gateOf, type Gate, type OwedSignature } from './rules/gate.ts';
import { standingOf } from './rules/standing.ts';
import { owed } from './rules/triggers.ts';
import type { MatterRow } from './view.ts';

/**
 * May this paper be approved by the mayor, as far as co-signatures are concerned (MIT-03)? The council's consultation is
 * another object and says nothing here (R4-09). Up to four queries.
 * @throws NotFound
 */
export async function coSignGate(ctx: Pick<Ctx, 'db' | 'body' | 'today'>, paperId: string): Promise<Gate> {
	const { rows } = await sql<PaperFacts>`select p.slug, p.integration_relevant as relevant, p.type_id as "typeId",
		p.under_direction_of_id as "departmentId", coalesce((select json_agg(x.topic_id) from papers.paper_topic x
			where x.body_id = p.body_id and x.paper_id = p.id), '[]') as topics
		from papers.paper p where p.body_id = ${ctx.body.id} and p.id = ${paperId}`.execute(ctx.db);
	const paper = rows[0];
	if (!paper) throw new NotFound('paper');
	const [matter] = await matterRows(ctx, sql<boolean>`m.paper_id = ${paperId}`);
	const finding = gateOf({
		relevant: paper.relevant,
		ruleHits: matter ? false : await ruleHits(ctx, paper),
		matter: matter ? { relevant: matter.relevant, signatures: await signaturesOf(ctx, matter) } : null,
	});
	const href = matter ? `/einbindung/${matter.id}` : `/einbindung/neu?vorlage=${encodeURIComponent(paper.slug)}`;
	return { ...finding, href };
}

/**
 * The mayor approves a paper: refuses while a co-signature is missing, and notes the day on its matter. For the rooms in
 * which papers and statements are approved.
 * @throws RuleViolation `papers.coSignMissing` with the path of the page that helps in `href`; NotFound
 */
export async function passGate(tx: WriteCtx, paperId: string): Promise<void> {
	const gate = await coSignGate(tx, paperId);
	if (!gate.open) throw new RuleViolation('papers.coSignMissing', { href: gate.href, reason: gate.reason }, 'approval');
	await tx.db
		.updateTable('papers.matter')
		.set({ mayor_approved_on: tx.today })
		.where('paper_id', '=', paperId)
		.where('mayor_approved_on', 'is', null)
		.execute();
}

/** The same for a matter, with or without a paper. */
export async function gateOfMatter(ctx: Pick<Ctx, 'db' | 'body' | 'today'>, matter: MatterRow): Promise<Gate> {
	if (matter.paper) return coSignGate(ctx, matter.paper.id);
	const signatures = await signaturesOf(ctx, matter);
	const finding = gateOf({ relevant: matter.relevant, ruleHits: false, matter: { ...matter, signatures } });
	return { ...finding, href: `/einbindung/${matter.id}` };
}

/** The co-signatures a matter owes, each with how it stands today. One query. */
async function signaturesOf(ctx: Pick<Ctx, 'db' | 'body' | 'today'>, matter: MatterRow): Promise<OwedSignature[]> {
	const hash = (await contentOf(ctx, matter.id))?.hash ?? null;
	return matter.involvements
		.filter(({ form }) => form === 'coSign')
		.map(({ who, requests, omittedCode }) => {
			const last = requests.at(-1);
			const standing = last
				? standingOf({ ...last, vacant: last.askedAs === 'vacant' }, ctx.today.toString(), hash)
				: null;
			return { who, standing, omitted: omittedCode !== null };
		});
}

interface PaperFacts {
	slug: string;
	relevant: boolean | null;
	typeId: string;
	departmentId: string | null;
	topics: string[];
}

async function ruleHits(ctx: Pick<Ctx, 'db' | 'body' | 'today'>, paper: PaperFacts): Promise<boolean> {
	const rules = await rulesOn(ctx);
	const hits = owed(rules, {
		openedOn: ctx.today.toString(),
		relevant: paper.relevant !== false,
		departmentId: paper.departmentId ?? '',
		paperTypeId: paper.typeId,
		topics: paper.topics,
	});
	return hits.some(({ form }) => form === 'coSign');
}
