import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { putOnAgenda, type ItemToPut } from '#server/council';
import { readable } from '../paper/sight.server.ts';
import { stationOf, stationRows, wayTouched } from './lock.server.ts';
import type { AgendaGiven } from './schema.ts';
import type { SessionChoice } from './work-view.ts';

/**
 * Puts a paper on the agenda of a session of a body that holds the station, for whoever convenes it. The item and the
 * station know each other from then on; what the session decides comes back by itself. Twice puts it there once.
 * @returns id of the agenda item
 * @throws NotFound, Forbidden; RuleViolation `papers.way.notFiled`, `papers.way.otherBody`, `papers.way.onAgenda`,
 * `papers.way.happened`, and those of `putOnAgenda`
 */
export async function putPaperOnAgenda(ctx: Ctx, slug: string, stationId: string, given: AgendaGiven): Promise<string> {
	demand(ctx.actor, 'papers.write');
	return write(ctx, async (tx) => {
		// The session first: whoever decides in it holds it, too, when the outcome comes back to the paper.
		const meeting = await tx.db
			.selectFrom('council.meeting')
			.select(['id', 'council_body_id', 'date'])
			.where('id', '=', given.meeting)
			.forUpdate()
			.executeTakeFirst();
		if (!meeting) throw new NotFound('session');
		demand(tx.actor, 'council.convene', meeting.council_body_id);
		const { rows } = await sql<{ id: string; state: string; title: string; reference: string | null; public: boolean }>`
			select p.id, p.state, p.title, p.reference, p.public from papers.paper p
			where p.body_id = ${tx.body.id} and p.slug = ${slug} and ${readable(tx)} for update`.execute(tx.db);
		const paper = rows[0];
		if (!paper) throw new NotFound('paper');
		if (paper.state !== 'filed') throw new RuleViolation('papers.way.notFiled');
		const station = stationOf(await stationRows(tx, paper.id), stationId);
		if (!station.bodies.includes(meeting.council_body_id))
			throw new RuleViolation('papers.way.otherBody', {}, 'meeting');
		if (station.onAgenda && station.agendaItemId) {
			const there = await tx.db
				.selectFrom('council.agenda_item')
				.select('meeting_id')
				.where('id', '=', station.agendaItemId)
				.executeTakeFirstOrThrow();
			if (there.meeting_id === meeting.id) return station.agendaItemId;
			throw new RuleViolation('papers.way.onAgenda', {}, 'meeting');
		}
		if (station.state !== 'planned') throw new RuleViolation('papers.way.happened', {}, 'meeting');
		const open = paper.public && station.public;
		const item = await putOnAgenda(tx, {
			meetingId: meeting.id,
			title: paper.title,
			public: open,
			papers: paper.reference ? [paper.reference] : [],
			reason: given.late,
			...(!open && {
				closedCode: given.closedCode as NonNullable<ItemToPut['closedCode']>,
				closedBasis: given.closedBasis,
				neutralTitle: given.neutralTitle,
			}),
		});
		await stationOnAgenda(tx, paper.id, station.id, { ...meeting, item });
		return item;
	});
}

/** Links a station with the item under which it is heard; the caller holds the paper's row. */
export async function stationOnAgenda(
	tx: WriteCtx,
	paperId: string,
	station: string,
	{ id, date, item }: { id: string; date: Temporal.PlainDate; item: string },
): Promise<void> {
	await tx.db
		.updateTable('papers.consultation')
		.set({ agenda_item_id: item, meeting_id: id, planned_on: date })
		.where('id', '=', station)
		.execute();
	await wayTouched(tx, paperId, 'putOnAgenda', { station, item });
}

/** Sessions to come of some bodies whose agenda is still open, the next first. One query. */
export async function sessionChoices(ctx: Ctx, bodies: readonly string[]): Promise<SessionChoice[]> {
	if (!bodies.length) return [];
	const { rows } =
		await sql<SessionChoice>`select m.id, m.slug, m.council_body_id as "councilBodyId", m.date::text, m.title
		from council.meeting m where m.body_id = ${ctx.body.id} and m.council_body_id = any (${[...bodies]}::uuid[])
		and m.state in ('planned', 'invited', 'running') and not m.cancelled and m.date >= ${ctx.today}::date
		order by m.date, m.starts_at limit 40`.execute(ctx.db);
	return rows;
}
