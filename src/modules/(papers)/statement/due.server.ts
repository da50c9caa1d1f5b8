import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { FIRST_COMMITTEE, ruleOn, townOff } from './rule.server.ts';
import { dueDates } from './rules/due.ts';

interface Open {
	id: string;
	requested_on: Temporal.PlainDate;
	due_on: Temporal.PlainDate | null;
	approval_due_on: Temporal.PlainDate | null;
	papers: { code: string; firstCommittee: string | null }[];
}

/**
 * Computes the days of open statements anew: of one paper, or of all. Days set by hand stay. A matter keeps the rule that
 * was in force when it was asked for.
 * @returns how many changed
 */
export async function refreshDues(tx: WriteCtx, paperId?: string): Promise<number> {
	const { rows } = await sql<Open>`select s.id, s.requested_on, s.due_on, s.approval_due_on,
		json_agg(json_build_object('code', t.code, 'firstCommittee', ${FIRST_COMMITTEE}::text)) as papers
		from papers.statement s
		join papers.statement_on o on o.body_id = s.body_id and o.statement_id = s.id
		join papers.paper p on p.body_id = o.body_id and p.id = o.paper_id
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where s.body_id = ${tx.body.id} and s.state not in ('published', 'stopped') and s.due_basis <> 'hand'
		${
			paperId
				? sql`and exists (select from papers.statement_on n where n.body_id = s.body_id and n.statement_id = s.id
			and n.paper_id = ${paperId})`
				: sql``
		}
		group by s.body_id, s.id`.execute(tx.db);
	let changed = 0;
	const isOff = rows.length ? await townOff(tx) : () => false;
	for (const row of rows) {
		const rule = await ruleOn(tx, row.requested_on);
		const found = row.papers
			.map(({ code, firstCommittee }) =>
				dueDates(
					{
						kind: code === 'inquiry' ? 'inquiry' : 'motion',
						filedOn: row.requested_on,
						firstCommittee: firstCommittee ? Temporal.PlainDate.from(firstCommittee) : null,
					},
					rule,
					isOff,
				),
			)
			.reduce((a, b) => (!b.dueOn || (a.dueOn && Temporal.PlainDate.compare(a.dueOn, b.dueOn) <= 0) ? a : b));
		if (`${found.dueOn}` === `${row.due_on}` && `${found.approvalDueOn}` === `${row.approval_due_on}`) continue;
		await tx.db
			.updateTable('papers.statement')
			.set({
				due_on: found.dueOn,
				approval_due_on: found.approvalDueOn,
				due_basis: found.basis,
				base_on: found.baseOn,
				rule_from: rule.validFrom,
			})
			.where('id', '=', row.id)
			.execute();
		tx.touch('papers.statement', row.id, { act: 'dueComputed', fields: { dueOn: `${found.dueOn}` } });
		changed += 1;
	}
	return changed;
}
