import { sql, type RawBuilder } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { answeredAs, ask, question, together, type Question } from '#kernel/db/questions.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { contentsAsked, contentsOf, type Content } from './content.server.ts';
import { mattersAsked } from './matters.server.ts';
import { rulesAsked } from './rules.server.ts';
import { gateOf, type Gate, type OwedSignature } from './rules/gate.ts';
import { standingOf } from './rules/standing.ts';
import { owed, type Rule } from './rules/triggers.ts';
import type { MatterRow } from './view.ts';

/**
 * May this paper be approved by the mayor, as far as co-signatures are concerned (MIT-03)? The council's consultation is
 * another object and says nothing here (R4-09). One query.
 * @throws NotFound
 */
export async function coSignGate(ctx: Reader, paperId: string): Promise<Gate> {
	const gate = (await coSignGates(ctx, [paperId])).get(paperId);
	if (!gate) throw new NotFound('paper');
	return gate;
}

/** The same for several papers, by their ids. One query, however many there are. */
export async function coSignGates(ctx: Reader, paperIds: readonly string[]): Promise<Map<string, Gate>> {
	if (!paperIds.length) return new Map();
	return ask(ctx, gatesAsked(ctx, sql`= any (${[...paperIds]}::uuid[])`));
}

/** The gate of one paper, to be asked with more; null where there is no such paper. */
export function gateAsked(ctx: Reader, paperId: string): Question<Gate | null> {
	return answeredAs(gatesAsked(ctx, sql`= ${paperId}`), (gates) => gates.get(paperId) ?? null);
}

/** @param which what is said of the paper's id */
function gatesAsked(ctx: Reader, which: RawBuilder<unknown>): Question<Map<string, Gate>> {
	const papers = sql<PaperFacts>`select p.id, p.slug, p.integration_relevant as relevant, p.type_id as "typeId",
		p.under_direction_of_id as "departmentId", coalesce((select json_agg(x.topic_id) from papers.paper_topic x
			where x.body_id = p.body_id and x.paper_id = p.id), '[]') as topics
		from papers.paper p where p.body_id = ${ctx.body.id} and p.id ${which}`;
	const ofPapers = sql<boolean>`m.paper_id ${which}`;
	const asked = together({
		papers: question(papers, (rows) => rows),
		matters: mattersAsked(ctx, ofPapers),
		contents: contentsAsked(ctx, ofPapers),
		rules: rulesAsked(ctx),
	});
	return answeredAs(asked, ({ papers: rows, matters, contents, rules }) => {
		const gates = rows.map((paper): [string, Gate] => {
			const matter = matters.find((one) => one.paper?.id === paper.id);
			if (matter) return [paper.id, gateFrom(ctx, paper.relevant, matter, contents.get(matter.id))];
			const finding = gateOf({ relevant: paper.relevant, ruleHits: ruleHits(ctx, rules, paper), matter: null });
			return [paper.id, { ...finding, href: `/einbindung/neu?vorlage=${encodeURIComponent(paper.slug)}` }];
		});
		return new Map(gates);
	});
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

/** The same for a matter, with or without a paper. One query. */
export async function gateOfMatter(ctx: Reader, matter: MatterRow): Promise<Gate> {
	return (await gatesOfMatters(ctx, [matter])).get(matter.id)!;
}

/** The gates of several matters, by their ids. One query. */
export async function gatesOfMatters(ctx: Reader, matters: readonly MatterRow[]): Promise<Map<string, Gate>> {
	const contents = await contentsOf(ctx, idsOf(matters));
	return new Map(
		matters.map((matter) => {
			const relevant = matter.paper ? matter.paper.relevant : matter.relevant;
			return [matter.id, gateFrom(ctx, relevant, matter, contents.get(matter.id))];
		}),
	);
}

type Reader = Pick<Ctx, 'db' | 'body' | 'today'>;

const idsOf = (matters: readonly MatterRow[]) => matters.map(({ id }) => id);

function gateFrom(ctx: Reader, relevant: boolean | null, matter: MatterRow, content: Content | undefined): Gate {
	const signatures = signaturesOf(ctx, matter, content?.hash ?? null);
	const finding = gateOf({ relevant, ruleHits: false, matter: { relevant: matter.relevant, signatures } });
	return { ...finding, href: `/einbindung/${matter.id}` };
}

/** The co-signatures a matter owes, each with how it stands today. */
function signaturesOf(ctx: Reader, matter: MatterRow, hash: string | null): OwedSignature[] {
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
	id: string;
	slug: string;
	relevant: boolean | null;
	typeId: string;
	departmentId: string | null;
	topics: string[];
}

function ruleHits(ctx: Reader, rules: Rule[], paper: PaperFacts): boolean {
	const hits = owed(rules, {
		openedOn: ctx.today.toString(),
		relevant: paper.relevant !== false,
		departmentId: paper.departmentId ?? '',
		paperTypeId: paper.typeId,
		topics: paper.topics,
	});
	return hits.some(({ form }) => form === 'coSign');
}
