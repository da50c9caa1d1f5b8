import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { DeskItem } from '#kernel/module.ts';
import { waitingTopics } from './topics/queries.server.ts';
import { myOpenPolls } from './polls/queries.server.ts';

/** What planning waits for: dates to answer. */
export async function deskItems(ctx: Ctx): Promise<DeskItem[]> {
	const items: DeskItem[] = [];
	if (ctx.actor.personId && may(ctx.actor, 'council.members')) items.push(...(await pollItems(ctx)));
	if (may(ctx.actor, 'council.convene')) items.push(...(await topicItems(ctx)));
	return items;
}

async function pollItems(ctx: Ctx): Promise<DeskItem[]> {
	return (await myOpenPolls(ctx)).map(({ id, title, answerBy, options }) => ({
		id,
		group: 'answer',
		title: m.council_planning_poll_desk({ title }),
		text: m.council_planning_poll_desk_text({ count: options.length }),
		href: `/terminfindung/${id}`,
		due: answerBy,
		action: {
			label: m.council_planning_poll_desk_all(),
			href: `/terminfindung/${id}?/antwort`,
			post: Object.fromEntries(options.map((option) => [`o-${option}`, 'yes'])),
		},
		second: { label: m.council_planning_poll_desk_answer(), href: `/terminfindung/${id}#meine` },
	}));
}

async function topicItems(ctx: Ctx): Promise<DeskItem[]> {
	return (await waitingTopics(ctx)).map(({ id, title }) => ({
		id,
		group: 'office',
		title: m.council_planning_topic_desk({ title }),
		text: m.council_planning_topic_desk_text(),
		href: `/themen#thema-${id}`,
		action: { label: m.council_planning_topic_desk_decide(), href: `/themen#thema-${id}` },
	}));
}
