import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { lockPaper, type LockedPaper } from '../paper/commands.server.ts';
import type { Placed } from './rules/order.ts';
import type { Follows, Role, StationResult } from './types.ts';

/** A station as commands need it. */
export interface StationRow {
	id: string;
	step: number;
	position: number;
	role: Role;
	public: boolean;
	state: 'planned' | 'done' | 'skipped';
	result: StationResult | null;
	secondReason: string;
	plannedOn: Temporal.PlainDate | null;
	happenedOn: Temporal.PlainDate | null;
	repeatsId: string | null;
	follows: Follows | null;
	agendaItemId: string | null;
	fromSession: unknown;
	bodies: string[];
	/** It stands on the way again; a referral leads on, not back. */
	repeated: boolean;
	/** On the agenda of a session from which nobody took it off. */
	onAgenda: boolean;
}

/** All stations of a paper whose row the caller has locked. One query. */
export async function stationRows(tx: Pick<WriteCtx, 'db' | 'body'>, paperId: string): Promise<StationRow[]> {
	const { rows } = await sql<StationRow>`select c.id, c.step, c.position, c.role, c.public, c.state, c.result,
		c.second_reason as "secondReason", c.planned_on as "plannedOn", c.happened_on as "happenedOn",
		c.repeats_id as "repeatsId", c.follows, c.agenda_item_id as "agendaItemId", c.from_session as "fromSession",
		coalesce((select array_agg(b.organisation_id::text order by b.position) from papers.consultation_body b
			where b.body_id = c.body_id and b.consultation_id = c.id), '{}') as bodies,
		exists (select from papers.consultation r where r.body_id = c.body_id and r.repeats_id = c.id
			and r.follows is distinct from 'referral') as repeated,
		exists (select from council.agenda_item i where i.body_id = c.body_id and i.id = c.agenda_item_id and not i.removed) as "onAgenda"
		from papers.consultation c where c.body_id = ${tx.body.id} and c.paper_id = ${paperId}
		order by c.step, c.position, c.id`.execute(tx.db);
	return rows;
}

/** A paper and its way, locked for who may change the paper. @throws NotFound, Forbidden */
export async function lockWay(tx: WriteCtx, slug: string): Promise<{ paper: LockedPaper; stations: StationRow[] }> {
	const paper = await lockPaper(tx, slug);
	return { paper, stations: await stationRows(tx, paper.id) };
}

/** @throws NotFound for a station of another paper */
export function stationOf(stations: readonly StationRow[], id: string): StationRow {
	const station = isId(id) ? stations.find((one) => one.id === id) : undefined;
	if (!station) throw new NotFound('station');
	return station;
}

export const placedOf = (stations: readonly StationRow[]): Placed[] =>
	stations.map(({ id, step, position, state }) => ({ id, step, position, fixed: state === 'done' }));

/** Writes an order that a rule made. */
export async function writeOrder(tx: WriteCtx, order: readonly Placed[]): Promise<void> {
	if (!order.length) return;
	const values = sql.join(order.map(({ id, step, position }) => sql`(${id}::uuid, ${step}::int, ${position}::int)`));
	await sql`update papers.consultation c set step = v.step, position = v.position from (values ${values}) v (id, step, position)
		where c.body_id = ${tx.body.id} and c.id = v.id and (c.step, c.position) <> (v.step, v.position)`.execute(tx.db);
}

/** What can be done to the way of a paper, as the audit log names it. */
type WayAct =
	| 'wayArranged'
	| 'stationAdded'
	| 'stationChanged'
	| 'stationMoved'
	| 'stationRemoved'
	| 'stationBroughtBack'
	| 'stationSkipped'
	| 'stationResumed'
	| 'stationsTakenOver'
	| 'putOnAgenda'
	| 'carriedOver'
	| 'newTerm'
	| 'outcomeEntered'
	| 'outcomeFromSession'
	| 'outcomeTakenBack'
	| 'statuteNamed'
	| 'statuteUnnamed';

/** Says that the way of a paper changed (`papers.wayChanged`): its page, its search document, its open data, what is due follow. */
export async function wayTouched(
	tx: WriteCtx,
	paperId: string,
	act: WayAct,
	fields: Record<string, unknown> = {},
): Promise<void> {
	await tx.db.updateTable('papers.paper').set({ modified_at: tx.now }).where('id', '=', paperId).execute();
	tx.touch('papers.paper', paperId, { act, fields });
	await tx.emit('papers.wayChanged', { paperId });
}
