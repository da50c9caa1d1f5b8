import { sql } from 'kysely';
import * as m from '#messages';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { isId } from '#kernel/ids.ts';
import type { ProposalsFor, ProposedItem } from '#modules/council';
import { readable } from '../paper/sight.server.ts';
import { stationOnAgenda } from './agenda.server.ts';
import { stationShown } from './queries.server.ts';
import type { Role } from './types.ts';
import { roleWord } from './ui/words.ts';

const KEY = 'papers.station:';
/** The list is for one agenda. */
const MOST = 30;

interface Row {
	stationId: string;
	slug: string;
	title: string;
	reference: string;
	role: Role;
	plannedOn: string | null;
	open: boolean;
}

/** Papers whose planned station this body holds and that stand on no agenda yet; the ones planned for that day first. One query. */
export async function proposedPapers(ctx: Ctx, { councilBodyId, day }: ProposalsFor): Promise<ProposedItem[]> {
	const { rows } = await sql<Row>`select c.id as "stationId", p.slug, p.title, p.reference, c.role,
		c.planned_on::text as "plannedOn", (p.public and c.public) as open
		from papers.consultation_body b
		join papers.consultation c on c.body_id = b.body_id and c.id = b.consultation_id
		join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id
		left join council.agenda_item i on i.body_id = c.body_id and i.id = c.agenda_item_id and not i.removed
		where b.body_id = ${ctx.body.id} and b.organisation_id = ${councilBodyId} and c.state = 'planned' and i.id is null
		and p.state = 'filed' and (c.planned_on is null or c.planned_on <= ${day}::date) and ${readable(ctx)} and ${stationShown(ctx)}
		order by c.planned_on = ${day}::date desc nulls last, c.planned_on nulls last, p.reference limit ${MOST}`.execute(
		ctx.db,
	);
	return rows.map(({ stationId, slug, title, reference, role, plannedOn, open }) => ({
		key: KEY + stationId,
		standing: false,
		href: `/vorlagen/${slug}`,
		note: plannedOn
			? m.papers_way_proposal({ role: roleWord(role), day: formatDay(plannedOn, 'long', ctx.locale) })
			: roleWord(role),
		kind: 'topic',
		title,
		public: open,
		closedCode: '',
		closedBasis: '',
		neutralTitle: '',
		reporterText: '',
		papers: [reference],
	}));
}

/** A proposed paper stands on an agenda: its station knows the item from then on. */
export async function notePaperTaken(tx: WriteCtx, event: unknown): Promise<void> {
	const { key, itemId, meetingId } = event as { key: string; itemId: string; meetingId: string };
	const id = key.startsWith(KEY) ? key.slice(KEY.length) : '';
	if (!isId(id)) return;
	const { rows } = await sql<{ paperId: string; date: Temporal.PlainDate }>`select p.id as "paperId",
		(select date from council.meeting where body_id = ${tx.body.id} and id = ${meetingId}) as date
		from papers.consultation c join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id
		where c.body_id = ${tx.body.id} and c.id = ${id} for update of p`.execute(tx.db);
	const [station] = rows;
	if (!station) return;
	await stationOnAgenda(tx, station.paperId, id, { id: meetingId, date: station.date, item: itemId });
}
