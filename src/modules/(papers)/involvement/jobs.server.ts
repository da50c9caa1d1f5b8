import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { forgetContacts } from './contacts.server.ts';
import { tellDue } from './letters.server.ts';
import { followContent } from './requests.server.ts';
import { fillVacancies } from './vacancies.server.ts';

/** Days before the end of a deadline on which a reminder goes out. */
const REMIND_BEFORE = 1;

/**
 * Every morning: opens the next step where a deadline has passed, asks who holds an office that was vacant, looks whether
 * texts are still those that were asked about, reminds of answers that are due, and deletes what was taken off the log of
 * contacts. Each matter is a write of its own; a
 * second run on the same day changes nothing.
 */
export async function everyDay(ctx: Ctx): Promise<void> {
	const { rows } = await sql<{ id: string }>`select m.id from papers.matter m where m.body_id = ${ctx.body.id}
		and m.state = 'open' and exists (select from papers.sign_request r where r.body_id = m.body_id and r.matter_id = m.id
			and r.state in ('open', 'waiting', 'answered')) and (m.mayor_approved_on is null
			or exists (select from papers.sign_request r where r.body_id = m.body_id and r.matter_id = m.id
				and r.state in ('open', 'waiting'))) order by m.id`.execute(ctx.db);
	for (const { id } of rows)
		await write(ctx, async (tx) => {
			await fillVacancies(tx, id);
			await followContent(tx, id);
		});
	await remind(ctx);
	await forgetContacts(ctx);
}

async function remind(ctx: Ctx): Promise<void> {
	const { rows } = await sql<{ id: string; matterId: string; title: string; personId: string; dueOn: string }>`
		select r.id, m.id as "matterId", m.title, r.person_id as "personId", r.due_on::text as "dueOn"
		from papers.sign_request r join papers.matter m on m.body_id = r.body_id and m.id = r.matter_id
		where r.body_id = ${ctx.body.id} and r.state = 'open' and m.state = 'open' and r.person_id is not null
		and r.reminded_at is null and r.due_on between ${ctx.today}::date and ${ctx.today.add({ days: REMIND_BEFORE })}::date
		and (r.requested_at at time zone ${ctx.body.timeZone})::date < ${ctx.today}::date`.execute(ctx.db);
	for (const { id, matterId, title, personId, dueOn } of rows)
		await write(ctx, async (tx) => {
			const [fresh] = await tx.db
				.updateTable('papers.sign_request')
				.set({ reminded_at: tx.now })
				.where('id', '=', id)
				.where('reminded_at', 'is', null)
				.where('state', '=', 'open')
				.returning('id')
				.execute();
			if (fresh) await tellDue(tx, { id: matterId, title }, { personId, dueOn });
		});
}
