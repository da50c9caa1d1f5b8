import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addOrganisation } from '#server/registry';
import { keepRemoved, takeRemoved } from './removed.server.ts';
import { lockWay, placedOf, stationOf, stationRows, wayTouched, writeOrder, type StationRow } from './lock.server.ts';
import { besides, moved, placedBefore } from './rules/order.ts';
import type { StationGiven } from './schema.ts';
import type { Follows, Role } from './types.ts';

/**
 * A further station of a paper's way (rulebook R3-12). Without a place it goes before the decision.
 * @returns its id
 * @throws NotFound, Forbidden; RuleViolation `papers.way.noBody`, `papers.way.secondDeciding` without a reason (VOR-16),
 * `papers.way.withdrawn`
 */
export async function addStation(ctx: Ctx, slug: string, given: StationGiven): Promise<string> {
	demand(ctx.actor, 'papers.write');
	return write(ctx, async (tx) => {
		const { paper, stations } = await lockWay(tx, slug);
		if (paper.state === 'withdrawn') throw new RuleViolation('papers.way.withdrawn');
		demandReason(stations, given.role, given.secondReason);
		const bodies = await bodiesOf(tx, given);
		const id = await insertStation(tx, paper.id, {
			role: given.role,
			public: !given.closed,
			plannedOn: given.plannedOn ? Temporal.PlainDate.from(given.plannedOn) : null,
			bodies,
			secondReason: given.secondReason,
		});
		await putInPlace(tx, paper.id, id, given.place);
		await wayTouched(tx, paper.id, 'stationAdded', { station: id, role: given.role });
		return id;
	});
}

/** What a new station is made of, by hand or because another one leads to it. */
export interface NewStation {
	role: Role;
	public: boolean;
	plannedOn: Temporal.PlainDate | null;
	bodies: readonly string[];
	secondReason?: string;
	repeatsId?: string | null;
	follows?: Follows | null;
	agendaItemId?: string | null;
	meetingId?: string | null;
}

/** Adds a station at the end; the caller puts it in its place. Approval is the house's own affair (VOR-13). @returns id */
export async function insertStation(tx: WriteCtx, paperId: string, given: NewStation): Promise<string> {
	const id = newId();
	const stations = await stationRows(tx, paperId);
	const last = Math.max(0, ...stations.map(({ step }) => step));
	await tx.db
		.insertInto('papers.consultation')
		.values({
			id,
			paper_id: paperId,
			step: last + 1,
			role: given.role,
			public: given.public && given.role !== 'approval',
			authoritative: given.role === 'deciding',
			second_reason: given.secondReason ?? '',
			planned_on: given.plannedOn,
			repeats_id: given.repeatsId ?? null,
			follows: given.follows ?? null,
			agenda_item_id: given.agendaItemId ?? null,
			meeting_id: given.meetingId ?? null,
		})
		.execute();
	await setBodies(tx, id, given.bodies);
	return id;
}

async function setBodies(tx: WriteCtx, id: string, bodies: readonly string[]): Promise<void> {
	await tx.db.deleteFrom('papers.consultation_body').where('consultation_id', '=', id).execute();
	for (const [position, organisation_id] of bodies.entries())
		await tx.db
			.insertInto('papers.consultation_body')
			.values({ consultation_id: id, organisation_id, position })
			.execute();
}

/** A second deciding station needs its reason; one that returns is the same (rulebook R3-13). */
export function demandReason(stations: readonly StationRow[], role: Role, reason: string, own?: StationRow): void {
	if (role !== 'deciding' || reason.trim() || own?.repeatsId) return;
	const other = stations.find(
		(one) =>
			one.id !== own?.id && one.role === 'deciding' && one.state !== 'skipped' && !one.secondReason && !one.repeatsId,
	);
	if (other) throw new RuleViolation('papers.way.secondDeciding', {}, 'secondReason');
}

/** The bodies of a station, the leading one first; one that the register does not know yet is added as a committee. */
async function bodiesOf(tx: WriteCtx, { body, bodyName, jointly, role }: StationGiven): Promise<string[]> {
	const named = bodyName ? [await committee(tx, bodyName)] : [];
	const all = [...new Set([...named, ...(body && !bodyName ? [body] : []), ...jointly])].filter(isId);
	if (!all.length && role !== 'approval') throw new RuleViolation('papers.way.noBody', {}, 'body');
	if (!all.length) return [];
	const known = await tx.db.selectFrom('registry.organisation').select('id').where('id', 'in', all).execute();
	if (known.length !== all.length) throw new RuleViolation('papers.way.noBody', {}, 'body');
	return all;
}

async function committee(tx: WriteCtx, name: string): Promise<string> {
	const known = await tx.db
		.selectFrom('registry.organisation')
		.select('id')
		.where('name', '=', name)
		.where('until_date', 'is', null)
		.executeTakeFirst();
	return known?.id ?? addOrganisation(tx, { name, type: 'committee' });
}

/**
 * The station before which a new one usually goes: the first that is planned for a later day, else the decision. What is
 * planned without a day keeps its place.
 */
function usuallyNext(stations: readonly StationRow[], own: StationRow | undefined): StationRow | undefined {
	const ahead = stations.filter((one) => one.id !== own?.id && one.state === 'planned');
	const on = own?.plannedOn;
	const later = on && ahead.find(({ plannedOn }) => plannedOn && Temporal.PlainDate.compare(plannedOn, on) > 0);
	return later || ahead.find(({ role }) => role === 'deciding');
}

/** Empty: by its day, before the planned decision; `end`; beside the station named; `after:<id>`: right behind it. */
export async function putInPlace(tx: WriteCtx, paperId: string, id: string, place: string): Promise<void> {
	const stations = await stationRows(tx, paperId);
	const placed = placedOf(stations);
	const behindId = place.startsWith('after:') ? place.slice(6) : null;
	if (isId(place)) return writeOrder(tx, besides(placed, id, place));
	if (place === 'end') return writeOrder(tx, placedBefore(placed, id, null));
	const own = stations.find((one) => one.id === id);
	const behind = stations.find((one) => one.id === behindId);
	const next = behind ? stations.find((one) => one.id !== id && one.step > behind.step) : usuallyNext(stations, own);
	const atEnd = !behind && own?.role === 'deciding';
	await writeOrder(tx, placedBefore(placed, id, atEnd ? null : (next?.id ?? null)));
}

/** What was there before it was changed or taken off, to bring it back. */
export async function changeStation(ctx: Ctx, slug: string, id: string, given: StationGiven): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const { paper, stations } = await lockWay(tx, slug);
		const station = demandPlanned(stationOf(stations, id));
		demandReason(stations, given.role, given.secondReason, station);
		const bodies = await bodiesOf(tx, given);
		const otherBody = bodies.join() !== station.bodies.join() || given.role !== station.role;
		if (station.onAgenda && otherBody) throw new RuleViolation('papers.way.onAgenda', {}, 'body');
		await tx.db
			.updateTable('papers.consultation')
			.set({
				role: given.role,
				public: !given.closed && given.role !== 'approval',
				authoritative: given.role === 'deciding',
				second_reason: given.secondReason,
				planned_on: given.plannedOn ? Temporal.PlainDate.from(given.plannedOn) : null,
			})
			.where('id', '=', id)
			.execute();
		await setBodies(tx, id, bodies);
		if (isId(given.place) && given.place !== id) await putInPlace(tx, paper.id, id, given.place);
		await wayTouched(tx, paper.id, 'stationChanged', { station: id, role: given.role });
	});
}

/**
 * Takes a planned station off the way; what happened stays for ever. It can be brought back whenever it is missed.
 * @throws RuleViolation `papers.way.happened`, `papers.way.onAgenda`
 */
export async function removeStation(ctx: Ctx, slug: string, id: string): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const { paper, stations } = await lockWay(tx, slug);
		// Pressed twice: it is gone already.
		if (!stations.some((one) => one.id === id)) return;
		const station = demandPlanned(stationOf(stations, id));
		if (station.onAgenda) throw new RuleViolation('papers.way.onAgenda');
		if (stations.some(({ repeatsId }) => repeatsId === id)) throw new RuleViolation('papers.way.happened');
		await keepRemoved(tx, paper.id, station);
		await tx.db.deleteFrom('papers.consultation').where('id', '=', id).execute();
		await writeOrder(tx, placedBefore(placedOf(await stationRows(tx, paper.id)), '', null));
		await wayTouched(tx, paper.id, 'stationRemoved', { station: id, role: station.role });
	});
}

/**
 * Brings a station back that was taken off, now or long ago, with its day and its bodies, in the usual place. Twice brings it once.
 * @returns its new id, or null where it stands on the way again
 * @throws RuleViolation `papers.way.secondDeciding` where another one decides meanwhile, `papers.way.withdrawn`
 */
export async function bringStationBack(ctx: Ctx, slug: string, removedId: string): Promise<string | null> {
	demand(ctx.actor, 'papers.write');
	return write(ctx, async (tx) => {
		const { paper, stations } = await lockWay(tx, slug);
		if (paper.state === 'withdrawn') throw new RuleViolation('papers.way.withdrawn');
		const known = await takeRemoved(tx, paper.id, removedId);
		if (!known) return null;
		demandReason(stations, known.role, known.secondReason);
		const id = await insertStation(tx, paper.id, known);
		await putInPlace(tx, paper.id, id, '');
		await wayTouched(tx, paper.id, 'stationBroughtBack', { station: id, role: known.role });
		return id;
	});
}

/** @throws RuleViolation `papers.way.happened` */
export function demandPlanned(station: StationRow): StationRow {
	if (station.state !== 'planned') throw new RuleViolation('papers.way.happened');
	return station;
}

/** Up, down, before another one (null: at the end), or beside it. */
export type Move = { by: -1 | 1 } | { before: string | null } | { beside: string };

/** Changes the order of what is still to come. */
export async function moveStation(ctx: Ctx, slug: string, id: string, move: Move): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const { paper, stations } = await lockWay(tx, slug);
		stationOf(stations, id);
		const placed = placedOf(stations);
		if ('by' in move) await writeOrder(tx, moved(placed, id, move.by));
		else if ('beside' in move) await writeOrder(tx, besides(placed, id, move.beside));
		else await writeOrder(tx, placedBefore(placed, id, move.before));
		await wayTouched(tx, paper.id, 'stationMoved', { station: id });
	});
}

/** May this actor arrange the way of this paper? The office of every one, everybody else of their own draft. */
export function mayArrange(ctx: Pick<Ctx, 'actor'>, paper: { state: string; own: boolean }): boolean {
	return may(ctx.actor, 'papers.edit') || (paper.own && paper.state === 'draft');
}
