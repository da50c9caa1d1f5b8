import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { factsOf, waysOf } from './queries.server.ts';
import { checkWay, type CheckedPaper, type Finding } from './rules/checks.ts';
import { reportDayIn } from './rules/deadline.ts';
import type { Station } from './types.ts';

interface Row extends Omit<CheckedPaper, 'reportWords'> {
	operative: TextDocument;
	statuteOpen: string | null;
}

/** What is wrong with the way of a paper, for who works on it. One query besides the way itself. */
export async function findingsOf(ctx: Ctx, paperId: string, stations: Station[]): Promise<Finding[]> {
	const row = (await rowsOf(ctx, [paperId])).get(paperId);
	return row ? findings(ctx, row, stations) : [];
}

/** The same for several papers by their ids; two queries, however many they are. */
export async function findingsOfAll(ctx: Ctx, paperIds: readonly string[]): Promise<Map<string, Finding[]>> {
	if (!paperIds.length) return new Map();
	const [rows, ways] = [await rowsOf(ctx, paperIds), await waysOf(ctx, paperIds)];
	return new Map([...rows].map(([id, row]) => [id, findings(ctx, row, ways.get(id) ?? [])]));
}

async function rowsOf(ctx: Ctx, paperIds: readonly string[]): Promise<Map<string, Row>> {
	const { rows } = await sql<
		Row & { id: string }
	>`select p.id, t.code, p.state, p.integration_relevant as relevant, p.report_by::text as "reportBy",
		p.operative, (select o.name from council.council_body k join registry.organisation o on o.body_id = k.body_id and o.id = k.id
			where k.body_id = p.body_id and k.kind = 'council' order by o.name limit 1) as council,
		(select s.statute_title from papers.statute_change s where s.body_id = p.body_id and s.paper_id = p.id
			and s.profile_id is null limit 1) as "statuteOpen"
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${ctx.body.id} and p.id = any (${[...paperIds]}::uuid[])`.execute(ctx.db);
	return new Map(rows.map(({ id, ...row }) => [id, row]));
}

/** A day that somebody entered counts; else the one that the wording itself names. */
function findings(ctx: Ctx, { operative, statuteOpen, ...paper }: Row, stations: Station[]): Finding[] {
	const read = paper.reportBy ? null : reportDayIn(toPlainText(operative));
	const checked = { ...paper, reportBy: paper.reportBy ?? read?.day ?? null, reportWords: read?.words ?? '' };
	const found = checkWay(checked, factsOf(stations), ctx.today.toString());
	const adopted = stations.some(
		({ role, state, result, repeated }) =>
			role === 'deciding' && state === 'done' && !repeated && (result === 'adopted' || result === 'adoptedChanged'),
	);
	if (statuteOpen && adopted) found.push({ code: 'statuteOpen', rule: 'R0-1', values: { statute: statuteOpen } });
	return found;
}
