import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';

export interface FeedbackRow {
	id: string;
	message: string;
	page: string;
	name: string;
	email: string;
	locale: string;
	createdAt: string;
	dueOn: string;
	answeredOn: string | null;
}

/** What readers told about barriers: what waits for an answer first, most urgent first. One query. */
export async function feedbackRows(ctx: Ctx, { open = false } = {}): Promise<FeedbackRow[]> {
	demand(ctx.actor, 'shell.feedback');
	let query = ctx.db.selectFrom('shell.feedback').selectAll();
	if (open) query = query.where('answered_on', 'is', null);
	const rows = await query
		.orderBy('answered_on', (by) => by.desc().nullsFirst())
		.orderBy('due_on')
		.limit(200)
		.execute();
	return rows.map(({ id, message, page, name, email, locale, ...row }) => ({
		id,
		message,
		page,
		name,
		email,
		locale,
		createdAt: row.created_at.toString(),
		dueOn: row.due_on.toString(),
		answeredOn: row.answered_on?.toString() ?? null,
	}));
}
