import { sql } from 'kysely';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { letterDay, originOf, owingPeople, remind } from '../letters.server.ts';
import { planOn, planRows } from '../plans.server.ts';
import { leadDays, reminderStep } from '../rules/reminders.ts';

interface Waiting {
	id: string;
	title: string;
	due: string;
	departmentId: string;
}

/** Every morning: reminds departments of resolutions whose date comes near or has passed, until they report (rulebook R3-24). */
export async function remindOfResolutions(ctx: Ctx, payload: unknown): Promise<void> {
	const origin = (payload as { origin?: string } | null)?.origin ?? originOf(ctx);
	const plan = planOn(await planRows(ctx), 'control', ctx.today);
	const { rows } = await sql<Waiting>`select id, title, due::text as due, department_id as "departmentId"
		from papers.control_entry where body_id = ${ctx.body.id} and state in ('inProgress', 'deadline', 'recurring')
		and due <= ${ctx.today}::date + ${leadDays(plan)}::int and department_id is not null order by due, id`.execute(ctx.db);
	for (const row of rows) {
		const step = reminderStep(plan, Temporal.PlainDate.from(row.due), ctx.today);
		// A new date begins the steps anew.
		if (step) await remindOne(ctx, row, `${row.due} ${step}`, origin);
	}
}

async function remindOne(
	ctx: Ctx,
	{ id, title, due, departmentId }: Waiting,
	key: string,
	origin: string,
): Promise<void> {
	await write(ctx, async (tx) => {
		for (const person of await owingPeople(tx, { departmentId, officeId: null }))
			await remind(tx, person, {
				objectId: id,
				key,
				origin,
				path: `/beschlusskontrolle/${id}/melden`,
				words: (locale) => ({
					subject: m.papers_duties_mail_control({ title, day: letterDay(due, locale) }),
					lines: [m.papers_duties_mail_control_text({ day: letterDay(due, locale) }), title],
					button: m.papers_duties_report_standing(),
				}),
			});
	});
}
