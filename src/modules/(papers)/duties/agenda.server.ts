import { sql } from 'kysely';
import * as m from '#messages';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { isId } from '#kernel/ids.ts';
import type { ProposalsFor, ProposedItem } from '#modules/council';
import { OPEN_DUTY } from './sight.server.ts';

const KEY = 'papers.report:';

interface Row {
	id: string;
	dutyId: string;
	due: string;
	subject: string;
	owedBy: string;
	open: boolean;
	papers: string[];
}

/**
 * Reports for the next agenda of who receives them (VOR-23): of each duty the latest one that is due by the session or was
 * handed in, and that no other agenda has taken up. The number of the report and of the paper that asked for it come along.
 */
export async function proposedReports(ctx: Ctx, { councilBodyId, day }: ProposalsFor): Promise<ProposedItem[]> {
	const { rows } =
		await sql<Row>`select * from (select distinct on (d.id) r.id, d.id as "dutyId", r.due::text as due, d.subject, ${OPEN_DUTY} as open,
		coalesce(g.name, f.title, '') as "owedBy",
		coalesce((select json_agg(distinct p.reference) from papers.paper p where p.body_id = d.body_id and p.reference is not null
			and (p.id = d.paper_id or exists (select from papers.report_fulfilment l where l.body_id = r.body_id and l.due_id = r.id
				and l.paper_id = p.id and l.taken_back_on is null))), '[]') as papers
		from papers.report_duty d join papers.report_due r on r.body_id = d.body_id and r.duty_id = d.id
		left join registry.organisation g on g.body_id = d.body_id and g.id = d.department_id
		left join registry.office f on f.body_id = d.body_id and f.id = d.office_id
		where d.body_id = ${ctx.body.id} and d.recipient_id = ${councilBodyId} and d.state = 'active'
		and ((r.state in ('open', 'partly') and r.due <= ${day}::date) or (r.state in ('partly', 'done') and r.due >= ${day}::date - 366))
		and not exists (select from council.agenda_item i join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
			where i.body_id = r.body_id and i.id = r.agenda_item_id and not i.removed and not m.cancelled
			and coalesce(i.result, '') <> 'postponed')
		order by d.id, r.due desc) one order by due, id`.execute(ctx.db);
	return rows.map(({ id, dutyId, due, subject, owedBy, open, papers }) => ({
		key: KEY + id,
		standing: true,
		href: `/berichtspflichten/${dutyId}`,
		note: m.papers_duties_proposal({ day: formatDay(due, 'long', ctx.locale) }),
		kind: 'report',
		title: `Bericht: ${subject}`,
		public: open,
		closedCode: open ? '' : 'other',
		closedBasis: '',
		neutralTitle: open ? '' : 'Bericht der Verwaltung',
		reporterText: owedBy,
		papers,
	}));
}

/** A proposed report stands on an agenda: no other one proposes it. */
export async function noteTaken(tx: WriteCtx, event: unknown): Promise<void> {
	const { key, itemId } = event as { key: string; itemId: string };
	const id = key.startsWith(KEY) ? key.slice(KEY.length) : '';
	if (!isId(id)) return;
	const row = await tx.db
		.updateTable('papers.report_due')
		.set({ agenda_item_id: itemId })
		.where('id', '=', id)
		.returning('duty_id')
		.executeTakeFirst();
	if (row) tx.touch('papers.duty', row.duty_id, { act: 'onAgenda', fields: { itemId } });
}
