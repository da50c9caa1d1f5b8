import { sql, type RawBuilder } from 'kysely';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import type { Slot, SlotLink, SlotName } from '#kernel/module.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { readable } from '../paper/sight.server.ts';
import { stationShown } from './queries.server.ts';
import type { Role } from './types.ts';
import { roleWord } from './ui/words.ts';

/** What papers put on the council's pages: the papers of an item, and what could come on an agenda. */
export const waySlots: Partial<Record<SlotName, Slot>> = {
	'council.agendaItem': { select: papersOfItems, link: paperLink } satisfies Slot<ItemPaper>,
	'council.agendaProposals': { select: proposals, link: proposalLink } satisfies Slot<Proposed>,
};

interface ItemPaper {
	slug: string;
	type: string;
	reference: string | null;
	/** Null where nothing is proposed, and for visitors, who put nothing to the vote. */
	operative: TextDocument | null;
}

/** Papers that are heard under an item, or whose number stands there. */
function papersOfItems(ctx: Ctx, ids: RawBuilder<unknown>): RawBuilder<{ id: string; line: ItemPaper }> {
	const operative =
		ctx.actor.kind === 'visitor'
			? sql`null`
			: sql`case when t.code in ('motion', 'resolutionProposal', 'amendment', 'recommendation', 'positionPaper') then p.operative end`;
	return sql`select heard.item_id as id, json_build_object('slug', p.slug, 'type', t.name, 'reference', p.reference,
			'operative', ${operative}) as line
		from (
			select c.agenda_item_id as item_id, c.paper_id from papers.consultation c
				where c.body_id = ${ctx.body.id} and c.agenda_item_id in (${ids})
			union
			select n.agenda_item_id, q.id from council.paper_mention n
				join papers.paper q on q.body_id = ${ctx.body.id} and q.reference = n.reference
				where n.body_id = ${ctx.body.id} and n.agenda_item_id in (${ids})
		) heard join papers.paper p on p.body_id = ${ctx.body.id} and p.id = heard.paper_id
		join papers.paper_type t on t.body_id = ${ctx.body.id} and t.id = p.type_id
		where ${readable(ctx)} order by p.date, p.reference`;
}

function paperLink(_ctx: Ctx, { slug, type, reference, operative }: ItemPaper): SlotLink {
	const wording = operative ? toPlainText(operative) : '';
	return {
		href: `/vorlagen/${slug}`,
		label: reference ? `${type} ${reference}` : type,
		...(reference && { reference }),
		...(wording && { wording }),
	};
}

interface Proposed {
	meetingId: string;
	stationId: string;
	slug: string;
	title: string;
	type: string;
	reference: string;
	role: Role;
	plannedOn: string | null;
	open: boolean;
}

/** Papers whose planned station this body holds and that stand on no agenda yet; the ones planned for that day first. */
function proposals(ctx: Ctx, ids: RawBuilder<unknown>): RawBuilder<{ id: string; line: Proposed }> {
	return sql`select m.id, json_build_object('meetingId', m.id, 'stationId', c.id, 'slug', p.slug, 'title', p.title,
			'type', t.name, 'reference', p.reference, 'role', c.role, 'plannedOn', c.planned_on, 'open', p.public and c.public) as line
		from council.meeting m
		join papers.consultation_body b on b.body_id = m.body_id and b.organisation_id = m.council_body_id
		join papers.consultation c on c.body_id = b.body_id and c.id = b.consultation_id
		join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		left join council.agenda_item i on i.body_id = c.body_id and i.id = c.agenda_item_id and not i.removed
		where m.body_id = ${ctx.body.id} and m.id in (${ids}) and c.state = 'planned' and i.id is null
		and p.state = 'filed' and (c.planned_on is null or c.planned_on <= m.date) and ${readable(ctx)} and ${stationShown(ctx)}
		order by c.planned_on = m.date desc nulls last, c.planned_on nulls last, p.reference limit 30`;
}

function proposalLink({ locale }: Ctx, line: Proposed): SlotLink {
	const { meetingId, stationId, slug, title, type, reference, role, plannedOn, open } = line;
	return {
		href: `/vorlagen/${slug}`,
		label: `${title} (${type} ${reference})`,
		reference,
		note: plannedOn
			? m.papers_way_proposal({ role: roleWord(role), day: formatDay(plannedOn, 'long', locale) })
			: roleWord(role),
		// A closed item needs more words than a button can carry: they are asked for on the page of the way.
		...(open && {
			act: {
				label: m.papers_way_work_agenda_go(),
				href: `/vorlagen/${slug}/weg?/tagesordnung`,
				post: { id: stationId, meeting: meetingId },
			},
		}),
	};
}
