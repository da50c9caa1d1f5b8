import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import type { DeskItem } from '#kernel/module.ts';
import { waitingInWriting } from './queries.server.ts';

/** Written procedures that wait for this actor's answer. */
export async function deskItems(ctx: Ctx): Promise<DeskItem[]> {
	if (!ctx.actor.personId) return [];
	return (await waitingInWriting(ctx)).map(({ id, slug, number, title, body, lastDay, silent }) => ({
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
	}));
}
