import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { failedJobs } from '#kernel/jobs/failed.ts';
import type { DeskItem } from '#kernel/module.ts';

/** Failed jobs reach the desk of those who can do something about them. */
export async function deskItems(ctx: Ctx): Promise<DeskItem[]> {
	if (!may(ctx.actor, 'shell.operation')) return [];
	const jobs = await failedJobs(ctx);
	if (!jobs.length) return [];
	return [
		{
			id: 'shell-operation',
			group: 'office',
			title: m.shell_operation_desk(),
			text: m.shell_operation_desk_text({ count: jobs.length }),
			href: '/betrieb',
			action: { label: m.shell_operation_desk_look(), href: '/betrieb' },
		},
	];
}
