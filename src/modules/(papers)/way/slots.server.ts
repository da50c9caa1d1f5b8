import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { Slot, SlotLink, SlotName } from '#kernel/module.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { readable } from '../paper/sight.server.ts';

/** What papers put on the council's pages: the papers of an item. */
export const waySlots: Partial<Record<SlotName, Slot>> = {
	'council.agendaItem': { select: papersOfItems, link: paperLink } satisfies Slot<ItemPaper>,
};

interface ItemPaper {
	slug: string;
	type: string;
	reference: string | null;
	/** Null where nothing is proposed, and for visitors, who put nothing to the vote. */
	operative: TextDocument | null;
	/** It changes a paper that is heard under the same item. */
	amends: boolean;
}

/** Papers that are heard under an item, with the changes brought in to them, or whose number stands there. */
function papersOfItems(ctx: Ctx, ids: RawBuilder<string[]>): RawBuilder<{ id: string; line: ItemPaper }> {
	const operative =
		ctx.actor.kind === 'visitor'
			? sql`null`
			: sql`case when t.code in ('motion', 'resolutionProposal', 'amendment', 'recommendation', 'positionPaper') then p.operative end`;
	return sql`select heard.item_id as id, json_build_object('slug', p.slug, 'type', t.name, 'reference', p.reference,
			'operative', ${operative}, 'amends', exists (select from papers.amendment a
				join papers.consultation c on c.body_id = a.body_id and c.paper_id = a.base_id and c.agenda_item_id = heard.item_id
				where a.body_id = p.body_id and a.paper_id = p.id)) as line
		from (
			select c.agenda_item_id as item_id, c.paper_id from papers.consultation c
				where c.body_id = ${ctx.body.id} and c.agenda_item_id = any (${ids})
			union
			select c.agenda_item_id, a.paper_id from papers.consultation c
				join papers.amendment a on a.body_id = c.body_id and a.base_id = c.paper_id
				join papers.paper b on b.body_id = a.body_id and b.id = a.paper_id and b.state = 'filed'
				where c.body_id = ${ctx.body.id} and c.agenda_item_id = any (${ids})
			union
			select n.agenda_item_id, q.id from council.paper_mention n
				join papers.paper q on q.body_id = ${ctx.body.id} and q.reference = n.reference
				where n.body_id = ${ctx.body.id} and n.agenda_item_id = any (${ids})
		) heard join papers.paper p on p.body_id = ${ctx.body.id} and p.id = heard.paper_id
		join papers.paper_type t on t.body_id = ${ctx.body.id} and t.id = p.type_id
		where ${readable(ctx)} order by p.date, p.reference`;
}

function paperLink(_ctx: Ctx, { slug, type, reference, operative, amends }: ItemPaper): SlotLink {
	const wording = operative ? toPlainText(operative) : '';
	return {
		href: `/vorlagen/${slug}`,
		label: reference ? `${type} ${reference}` : type,
		...(reference && { reference }),
		...(wording && { wording }),
		...(amends && { amends }),
	};
}
