import { sql } from 'kysely';
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
	'council.agendaItem': papersOfItems,
	'council.agendaProposals': proposals,
};

interface ItemPaper {
	itemId: string;
	slug: string;
	type: string;
	reference: string | null;
	operative: TextDocument;
	proposes: boolean;
}

/** Papers that are heard under an item, or whose number stands there. One query. */
async function papersOfItems(ctx: Ctx, ids: readonly string[]): Promise<Map<string, SlotLink[]>> {
	const { rows } = await sql<ItemPaper>`with at as (
			select c.agenda_item_id as item_id, c.paper_id from papers.consultation c
				where c.body_id = ${ctx.body.id} and c.agenda_item_id = any (${[...ids]}::uuid[])
			union
			select n.agenda_item_id, p.id from council.paper_mention n join papers.paper p on p.body_id = n.body_id and p.reference = n.reference
				where n.body_id = ${ctx.body.id} and n.agenda_item_id = any (${[...ids]}::uuid[]))
		select at.item_id as "itemId", p.slug, t.name as type, p.reference, p.operative,
			t.code in ('motion', 'resolutionProposal', 'amendment', 'recommendation', 'positionPaper') as proposes
		from at join papers.paper p on p.body_id = ${ctx.body.id} and p.id = at.paper_id
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where ${readable(ctx)} order by p.date, p.reference`.execute(ctx.db);
	const found = new Map<string, SlotLink[]>();
	for (const { itemId, slug, type, reference, operative, proposes } of rows) {
		const wording = proposes ? toPlainText(operative) : '';
		const link: SlotLink = {
			href: `/vorlagen/${slug}`,
			label: reference ? `${type} ${reference}` : type,
			...(reference && { reference }),
			...(wording && { wording }),
		};
		found.set(itemId, [...(found.get(itemId) ?? []), link]);
	}
	return found;
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
async function proposals(ctx: Ctx, ids: readonly string[]): Promise<Map<string, SlotLink[]>> {
	const { rows } = await sql<Proposed>`select m.id as "meetingId", c.id as "stationId", p.slug, p.title, t.name as type,
		p.reference, c.role, c.planned_on::text as "plannedOn", (p.public and c.public) as open
		from council.meeting m
		join papers.consultation_body b on b.body_id = m.body_id and b.organisation_id = m.council_body_id
		join papers.consultation c on c.body_id = b.body_id and c.id = b.consultation_id
		join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		left join council.agenda_item i on i.body_id = c.body_id and i.id = c.agenda_item_id and not i.removed
		where m.body_id = ${ctx.body.id} and m.id = any (${[...ids]}::uuid[]) and c.state = 'planned' and i.id is null
		and p.state = 'filed' and (c.planned_on is null or c.planned_on <= m.date) and ${readable(ctx)} and ${stationShown(ctx)}
		order by c.planned_on = m.date desc nulls last, c.planned_on nulls last, p.reference limit 30`.execute(ctx.db);
	const found = new Map<string, SlotLink[]>();
	for (const { meetingId, stationId, slug, title, type, reference, role, plannedOn, open } of rows) {
		const link: SlotLink = {
			href: `/vorlagen/${slug}`,
			label: `${title} (${type} ${reference})`,
			reference,
			note: plannedOn
				? m.papers_way_proposal({ role: roleWord(role), day: formatDay(plannedOn, 'long', ctx.locale) })
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
		found.set(meetingId, [...(found.get(meetingId) ?? []), link]);
	}
	return found;
}
