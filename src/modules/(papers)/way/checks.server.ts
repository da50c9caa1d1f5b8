import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, ask, question, together, type Question } from '#kernel/db/questions.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { factsOf, waysAsked } from './queries.server.ts';
import { checkWay, type CheckedPaper, type Finding } from './rules/checks.ts';
import { reportDayIn } from './rules/deadline.ts';
import type { Station } from './types.ts';

export interface CheckedRow extends Omit<CheckedPaper, 'reportWords'> {
	id: string;
	operative: TextDocument;
	statuteOpen: string | null;
}

/** What is wrong with the way of a paper, for who works on it. One query besides the way itself. */
export async function findingsOf(ctx: Ctx, paperId: string, stations: Station[]): Promise<Finding[]> {
	return findings(ctx, await ask(ctx, checkedPaper(ctx, paperId)), stations);
}

/** What is checked of a paper besides its way, to be asked with more; `findings` says what is wrong. */
export function checkedPaper(ctx: Ctx, paperId: string): Question<CheckedRow | undefined> {
	return question(rowsSelect(ctx, sql`p.id = ${paperId}`), ([row]) => row);
}

/** The same for several papers by their ids, to be asked with more. @param which what is said of a paper's id */
export function findingsAsked(ctx: Ctx, which: RawBuilder<unknown>): Question<Map<string, Finding[]>> {
	const rows = question(rowsSelect(ctx, sql`p.id ${which}`), (found) => found);
	return answeredAs(
		together({ rows, ways: waysAsked(ctx, which) }),
		({ rows: papers, ways }) => new Map(papers.map((row) => [row.id, findings(ctx, row, ways.get(row.id) ?? [])])),
	);
}

const rowsSelect = (
	ctx: Ctx,
	which: RawBuilder<unknown>,
) => sql<CheckedRow>`select p.id, t.code, p.state, p.integration_relevant as relevant, p.report_by::text as "reportBy",
		p.operative, case when not exists (select from papers.originator g join council.council_body h on h.body_id = g.body_id
				and h.id = g.organisation_id and h.kind = 'council'
				where g.body_id = p.body_id and g.paper_id = p.id and g.kind = 'originator' and g.left_on is null)
			then (select o.name from council.council_body k join registry.organisation o on o.body_id = k.body_id and o.id = k.id
			where k.body_id = p.body_id and k.kind = 'council' order by o.name limit 1) end as council,
		(select s.statute_title from papers.statute_change s where s.body_id = p.body_id and s.paper_id = p.id
			and s.profile_id is null limit 1) as "statuteOpen"
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${ctx.body.id} and ${which}`;

/** What is wrong. A day that somebody entered counts; else the one that the wording itself names. */
export function findings(ctx: Ctx, row: CheckedRow | undefined, stations: Station[]): Finding[] {
	if (!row) return [];
	const { id: _, operative, statuteOpen, ...paper } = row;
	const read = paper.reportBy ? null : reportDayIn(toPlainText(operative));
	const checked = { ...paper, reportBy: paper.reportBy ?? read?.day ?? null, reportWords: read?.words ?? '' };
	const found = checkWay(checked, factsOf(stations), ctx.today.toString());
	const adopted = stations.some(
		({ role, state, result, repeated }) =>
			role === 'deciding' && state === 'done' && !repeated && (result === 'adopted' || result === 'adoptedChanged'),
	);
	if (statuteOpen && adopted) found.push({ code: 'statuteOpen', values: { statute: statuteOpen } });
	return found;
}
