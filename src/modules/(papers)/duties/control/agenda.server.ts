import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { isId } from '#kernel/ids.ts';
import type { ProposalsFor, ProposedItem } from '#modules/council';
import { quarterOf, readQuarter, writeQuarter } from '../rules/control.ts';
import { OPEN_ENTRY } from './sight.server.ts';

const KEY = 'papers.control:';

/** The body's list of the quarter, once, where something public stands on it that it has not noted as it stands. */
export async function proposedList(ctx: Ctx, { councilBodyId, day }: ProposalsFor): Promise<ProposedItem[]> {
	const { year, quarter } = quarterOf(day);
	const { rows } = await sql<{ news: boolean }>`select exists (select from papers.control_entry c
			where c.body_id = ${ctx.body.id} and c.decided_by_id = ${councilBodyId} and c.state <> 'declined' and c.noted_off_on is null and ${OPEN_ENTRY}
			and not exists (select from papers.control_noting n where n.body_id = c.body_id and n.entry_id = c.id and n.noted_on >= c.state_since))
		and not exists (select from papers.control_list l join council.agenda_item i on i.body_id = l.body_id and i.id = l.agenda_item_id
			join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
			where l.body_id = ${ctx.body.id} and l.organisation_id = ${councilBodyId} and l.year = ${year} and l.quarter = ${quarter}
			and not i.removed and not m.cancelled) as news`.execute(ctx.db);
	if (!rows[0]!.news) return [];
	return [
		{
			key: `${KEY}${councilBodyId}:${writeQuarter({ year, quarter })}`,
			standing: true,
			href: '/beschlusskontrolle',
			note: '',
			kind: 'report',
			title: `Beschlusskontrolle: ${quarter}. Vierteljahr ${year}`,
			public: true,
			closedCode: '',
			closedBasis: '',
			neutralTitle: '',
			reporterText: '',
			papers: [],
		},
	];
}

/** The list stands on an agenda. */
export async function noteListTaken(tx: WriteCtx, event: unknown): Promise<void> {
	const { key, itemId } = event as { key: string; itemId: string };
	const [organisationId, text] = key.startsWith(KEY) ? key.slice(KEY.length).split(':') : [];
	const quarter = readQuarter(text ?? null);
	if (!isId(organisationId) || !quarter) return;
	await tx.db
		.insertInto('papers.control_list')
		.values({ organisation_id: organisationId, ...quarter, agenda_item_id: itemId })
		.onConflict((conflict) =>
			conflict.columns(['body_id', 'organisation_id', 'year', 'quarter']).doUpdateSet({ agenda_item_id: itemId }),
		)
		.execute();
}
