import { sql, type RawBuilder } from 'kysely';
import type { AgendaFinding } from '../agenda/rules/urgent.ts';
import type { ElectionResult, ItemView, VoteView } from '../view.ts';

/**
 * What stands under the items of a session is listed once for each kind, not once for each item: setting up and running six lists for
 * each of thirty items cost the database more than what they found. `itemViews` puts every line under its item.
 */
export interface ItemLists {
	items: (Omit<ItemView, 'votes' | 'elections' | 'resolutions' | 'papers' | 'removal'> & { removalReason: string })[];
	/** By whom an item was taken off the agenda: the newest change that says so. */
	removals: Under<{ finding: AgendaFinding | null }>[];
	votes: Under<OfBody<Omit<VoteView, 'bodyName'>>>[];
	elections: Under<ElectionResult>[];
	resolutions: Under<OfBody<Omit<ItemView['resolutions'][number], 'bodyName'>>>[];
	papers: Under<{ reference: string }>[];
}

type Under<Line> = Line & { itemId: string };
/** `bodyId` of the council body that resolved; null for the leading one. */
type OfBody<Line> = Line & { bodyId: string | null };

/**
 * Columns with the lists, in a statement with the common tables `item` (the items of the session, each with its `line`) and `known` (the
 * ids of those whose content this reader may know, as an array).
 */
export function itemColumns(body: string): RawBuilder<unknown> {
	const known = sql`(select ids from known)::uuid[]`;
	return sql`coalesce((select json_agg(line order by position) from item), '[]') as items,
	coalesce((select json_agg(line) from (select distinct on (g.agenda_item_id) g.agenda_item_id as "itemId", g.majority as finding
		from council.agenda_change g where g.body_id = ${body} and g.meeting_id = m.id and g.act = 'removed'
		order by g.agenda_item_id, g.at desc) line), '[]') as removals,
	coalesce((select json_agg(json_build_object('itemId', v.agenda_item_id, 'id', v.id, 'text', v.text, 'yes', v.yes, 'no', v.no,
			'abstain', v.abstain, 'invalid', v.invalid, 'biased', v.biased, 'unanimous', v.unanimous, 'adopted', v.adopted,
			'method', v.method, 'finding', case when v.finding ? 'inputs' then v.finding end, 'voices', coalesce((
				select json_agg(json_build_object('name', rc.name, 'voice', rc.voice) order by rc.name)
				from council.roll_call_voice rc where rc.body_id = ${body} and rc.vote_id = v.id), '[]'),
			'bodyId', v.council_body_id) order by v.position, v.id)
		from council.vote v where v.body_id = ${body} and v.agenda_item_id = any (${known}) and v.state = 'closed'), '[]') as votes,
	coalesce((select json_agg(json_build_object('itemId', e.agenda_item_id, 'id', e.id, 'post', e.post, 'title', e.title,
			'state', e.state, 'elected', coalesce(ec.name, ''), 'rounds', coalesce((select json_agg(json_build_object(
				'number', er.number, 'blank', er.blank, 'invalid', er.invalid, 'against', er.against, 'lot', er.lot is not null,
				'votes', coalesce((select json_agg(json_build_object('name', c.name, 'votes', x.votes) order by x.votes desc, c.position)
					from council.round_candidate x join council.candidate c on c.body_id = ${body} and c.id = x.candidate_id
					where x.body_id = ${body} and x.round_id = er.id), '[]')) order by er.number)
				from council.election_round er where er.body_id = ${body} and er.election_id = e.id and er.state = 'counted'), '[]'))
			order by e.position)
		from council.election e left join council.candidate ec on ec.body_id = ${body} and ec.id = e.elected_id
		where e.body_id = ${body} and e.agenda_item_id = any (${known}) and e.state <> 'cancelled'), '[]') as elections,
	coalesce((select json_agg(json_build_object('itemId', r.agenda_item_id, 'id', r.id, 'number', r.number, 'text', r.text,
			'kind', r.kind, 'bodyId', r.council_body_id) order by r.number, r.id)
		from council.resolution r where r.body_id = ${body} and r.agenda_item_id = any (${known})), '[]') as resolutions,
	coalesce((select json_agg(json_build_object('itemId', pm.agenda_item_id, 'reference', pm.reference) order by pm.reference)
		from council.paper_mention pm where pm.body_id = ${body} and pm.meeting_id = m.id and pm.agenda_item_id = any (${known})), '[]') as papers`;
}

/** @param bodyName name of the council body that resolved (null: the leading one); empty where there is only one */
export function itemViews(lists: ItemLists, bodyName: (id: string | null) => string): ItemView[] {
	const removals = new Map(lists.removals.map(({ itemId, finding }) => [itemId, finding]));
	const votes = byItem(lists.votes);
	const elections = byItem(lists.elections);
	const resolutions = byItem(lists.resolutions);
	const papers = byItem(lists.papers);
	return lists.items.map(({ removalReason, ...item }) => ({
		...item,
		removal: item.removed ? removal(removalReason, removals.get(item.id)) : null,
		votes: votes(item.id).map(({ bodyId, ...vote }) => ({ ...vote, bodyName: bodyName(bodyId) })),
		elections: elections(item.id),
		resolutions: resolutions(item.id).map(({ bodyId, ...resolution }) => ({
			...resolution,
			bodyName: bodyName(bodyId),
		})),
		papers: papers(item.id).map(({ reference }) => reference),
	}));
}

function byItem<Line extends { itemId: string }>(lines: readonly Line[]): (id: string) => Omit<Line, 'itemId'>[] {
	const found = new Map<string, Omit<Line, 'itemId'>[]>();
	for (const { itemId, ...line } of lines) {
		const there = found.get(itemId);
		if (there) there.push(line);
		else found.set(itemId, [line]);
	}
	return (id) => found.get(id) ?? [];
}

/** @param finding the majority of the body in its session, null where nobody voted; undefined where it was not done in a session */
function removal(reason: string, finding: AgendaFinding | null | undefined): NonNullable<ItemView['removal']> {
	const { yes = null, no = null, abstain = null } = finding?.inputs ?? {};
	return {
		reason,
		inSession: finding !== undefined,
		votes: finding ? ({ yes, no, abstain } as { yes: number; no: number; abstain: number }) : null,
		finding: finding ?? null,
	};
}
