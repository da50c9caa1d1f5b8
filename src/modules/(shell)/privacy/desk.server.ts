import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { DeskItem } from '#kernel/module.ts';
import { personNames } from '#server/registry';
import { openRequests } from './requests.server.ts';

/** Requests for erasure that wait for an answer: the law gives a month. */
export async function deskItems(ctx: Ctx): Promise<DeskItem[]> {
	if (!may(ctx.actor, 'shell.privacy')) return [];
	const requests = await openRequests(ctx);
	const names = await personNames(
		ctx,
		requests.map(({ personId }) => personId),
	);
	return requests.map(({ id, personId, dueOn }) => {
		const href = `/personen/${personId}#auskunft`;
		return {
			id,
			group: 'office',
			title: m.shell_data_desk(),
			text: m.shell_data_desk_text({ name: names.get(personId) ?? '' }),
			href,
			due: dueOn,
			action: { label: m.shell_data_desk_read(), href },
		};
	});
}
