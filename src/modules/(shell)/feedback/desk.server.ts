import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { DeskItem } from '#kernel/module.ts';
import { feedbackRows } from './queries.server.ts';

const PAGE = '/barrierefreiheit/rueckmeldungen';

/** Messages about barriers that wait for an answer: the law gives a date. */
export async function deskItems(ctx: Ctx): Promise<DeskItem[]> {
	if (!may(ctx.actor, 'shell.feedback')) return [];
	const rows = await feedbackRows(ctx, { open: true });
	return rows.map(({ id, message, dueOn }) => ({
		id,
		group: 'office',
		title: m.shell_feedback_desk(),
		text: message.length > 140 ? `${message.slice(0, 139)}…` : message,
		href: `${PAGE}#${id}`,
		due: dueOn,
		action: { label: m.shell_feedback_desk_read(), href: `${PAGE}#${id}` },
	}));
}
