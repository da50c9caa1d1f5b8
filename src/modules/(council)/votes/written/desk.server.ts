import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, type Question } from '#kernel/db/questions.ts';
import type { DeskItem } from '#kernel/module.ts';
import { waitingInWriting, type WaitingForMe } from './queries.server.ts';

/** Written procedures that wait for this actor's answer. */
export function deskItems(ctx: Ctx): Question<DeskItem[]> {
	if (!ctx.actor.personId) return known([]);
	return answeredAs(waitingInWriting(ctx), (waiting) => waiting.map(itemOf));
}

function itemOf({ id, slug, number, title, body, lastDay, silent }: WaitingForMe): DeskItem {
	return {
		id,
		group: 'answer',
		title: m.council_votes_written_desk({ title }),
		text: m.council_votes_written_desk_text({ body }),
		href: `/gremien/${slug}/umlauf/${number}`,
		due: lastDay,
		// Where silence is no objection, agreeing is one press; an objection wants a second look.
		...(silent
			? {
					action: {
						label: m.council_votes_written_agree(),
						href: `/gremien/${slug}/umlauf/${number}?/antworten`,
						post: { voice: 'yes' },
					},
					second: {
						label: m.council_votes_written_desk_other(),
						href: `/gremien/${slug}/umlauf/${number}#antwort`,
					},
				}
			: {
					action: { label: m.council_votes_written_desk_answer(), href: `/gremien/${slug}/umlauf/${number}#antwort` },
				}),
	};
}
