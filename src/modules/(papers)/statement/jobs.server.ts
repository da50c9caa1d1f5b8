import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { refreshDues } from './due.server.ts';
import { writeToDepartment } from './letters.server.ts';
import { ruleOn } from './rule.server.ts';
import { reminderKey } from './rules/due.ts';

/**
 * Every morning: days that follow from changed stations, then reminders to whoever has to do something. Each reminder goes
 * once, however often this runs; what was missed is made up for by the latest one alone.
 */
export async function remindStatements(ctx: Ctx): Promise<void> {
	await write(ctx, async (tx) => void (await refreshDues(tx)));
	const { reminderDays } = await ruleOn(ctx, ctx.today);
	const { rows } = await sql<{ id: string; organisationId: string; dueOn: Temporal.PlainDate; coSign: boolean }>`
		select s.id, s.department_id as "organisationId", s.due_on as "dueOn", false as "coSign"
		from papers.statement s where s.body_id = ${ctx.body.id} and s.state in ('requested', 'drafting', 'coSigning')
		and s.department_id is not null and s.due_on is not null and ${ANY_FILED}
		union all
		select s.id, c.organisation_id, c.due_on, true from papers.statement s
		join papers.statement_co_sign c on c.body_id = s.body_id and c.statement_id = s.id and c.state = 'asked'
		where s.body_id = ${ctx.body.id} and s.state = 'coSigning' and c.due_on is not null and ${ANY_FILED}`.execute(ctx.db);
	for (const { id, organisationId, dueOn, coSign } of rows) {
		const key = reminderKey(dueOn, ctx.today, coSign ? [1, 0] : reminderDays);
		if (!key) continue;
		const name = coSign ? `coSign-${dueOn}-${key}` : `${key}-${dueOn}`;
		await write(ctx, async (tx) => void (await writeToDepartment(tx, id, organisationId, name)));
	}
}

/** A paper that was withdrawn reminds nobody. */
const ANY_FILED = sql<boolean>`exists (select from papers.statement_on o
	join papers.paper p on p.body_id = o.body_id and p.id = o.paper_id and p.state = 'filed'
	where o.body_id = s.body_id and o.statement_id = s.id)`;
