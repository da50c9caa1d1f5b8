import { sql } from 'kysely';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { letterDay, originOf, owingPeople, remind } from './letters.server.ts';
import { planOn, planRows } from './plans.server.ts';
import { leadDays, reminderStep } from './rules/reminders.ts';
import { lockDuty, settleDues } from './settle.server.ts';

interface Waiting {
	id: string;
	dutyId: string;
	due: string;
	subject: string;
	recipient: string;
	office: boolean;
	departmentId: string | null;
	officeId: string | null;
}

/**
 * Every morning: adds due dates that have come near, and reminds who owes a report until its paper is linked (VOR-22). Each
 * reminder is noted with its mail in one write, so a run that broke off goes on where it stood.
 */
export async function remindOfReports(ctx: Ctx, payload: unknown): Promise<void> {
	const origin = (payload as { origin?: string } | null)?.origin ?? originOf(ctx);
	await bringUpToDate(ctx);
	const plans = await planRows(ctx);
	const lead = Math.max(
		leadDays(planOn(plans, 'report', ctx.today)),
		leadDays(planOn(plans, 'officeReport', ctx.today)),
	);
	const { rows } = await sql<Waiting>`select r.id, d.id as "dutyId", r.due::text as due, d.subject, o.name as recipient,
		d.kind = 'office' as office, d.department_id as "departmentId", d.office_id as "officeId"
		from papers.report_due r join papers.report_duty d on d.body_id = r.body_id and d.id = r.duty_id
		join registry.organisation o on o.body_id = d.body_id and o.id = d.recipient_id
		where r.body_id = ${ctx.body.id} and r.state in ('open', 'partly') and d.state = 'active'
		and r.due <= ${ctx.today}::date + ${lead}::int order by r.due, r.id`.execute(ctx.db);
	for (const row of rows) {
		const plan = planOn(plans, row.office ? 'officeReport' : 'report', ctx.today);
		const key = reminderStep(plan, Temporal.PlainDate.from(row.due), ctx.today);
		if (key) await remindOne(ctx, row, key, origin);
	}
}

async function remindOne(ctx: Ctx, row: Waiting, key: string, origin: string): Promise<void> {
	const late = key.startsWith('after');
	await write(ctx, async (tx) => {
		for (const person of await owingPeople(tx, row)) {
			await remind(tx, person, {
				objectId: row.id,
				key,
				origin,
				path: `/berichtspflichten/${row.dutyId}/melden`,
				words: (locale) => {
					const day = letterDay(row.due, locale);
					const { subject, recipient } = row;
					return {
						subject: late ? m.papers_duties_mail_late({ subject, day }) : m.papers_duties_mail_soon({ subject, day }),
						lines: [
							late
								? m.papers_duties_mail_late_text({ recipient, day })
								: m.papers_duties_mail_soon_text({ recipient, day }),
							subject,
							m.papers_duties_mail_how(),
						],
						button: m.papers_duties_mail_button(),
					};
				},
			});
		}
	});
}

/** Duties whose next date has passed without a further one: the calendar went on, nobody touched them. */
async function bringUpToDate(ctx: Ctx): Promise<void> {
	const { rows } = await sql<{ id: string }>`select d.id from papers.report_duty d
		where d.body_id = ${ctx.body.id} and d.state = 'active' and not exists (select from papers.report_due r
			where r.body_id = d.body_id and r.duty_id = d.id and r.due > ${ctx.today}::date and r.state <> 'done')`.execute(ctx.db);
	for (const { id } of rows)
		await write(ctx, async (tx) => {
			await lockDuty(tx, id);
			if (await settleDues(tx, id)) tx.touch('papers.duty', id, { act: 'datesAdded' });
		});
}
