import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, listed, type Question } from '#kernel/db/questions.ts';
import type { DeskItem } from '#kernel/module.ts';
import { waitingTopics } from './topics/queries.server.ts';
import { myOpenPolls, type OpenPoll } from './polls/queries.server.ts';

/** What planning waits for: dates to answer. */
export function deskItems(ctx: Ctx): Question<DeskItem[]> {
	const polls = ctx.actor.personId && may(ctx.actor, 'council.members') ? myOpenPolls(ctx) : known([]);
	const topics = may(ctx.actor, 'council.convene') ? waitingTopics(ctx) : known([]);
	return listed(
		answeredAs(polls, (rows) => rows.map(pollItem)),
		answeredAs(topics, (rows) => rows.map(topicItem)),
	);
}

function pollItem({ id, title, answerBy, options }: OpenPoll): DeskItem {
	return {
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
	};
}

function topicItem({ id, title }: { id: string; title: string }): DeskItem {
	return {
		id,
		group: 'office',
		title: m.council_planning_topic_desk({ title }),
		text: m.council_planning_topic_desk_text(),
		href: `/themen#thema-${id}`,
		action: { label: m.council_planning_topic_desk_decide(), href: `/themen#thema-${id}` },
	};
}
