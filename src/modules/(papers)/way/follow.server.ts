import type { WriteCtx } from '#kernel/ctx.ts';
import { stationRows, type StationRow } from './lock.server.ts';
import { insertStation, putInPlace } from './stations.server.ts';
import type { Follows, StationResult } from './types.ts';

/** What an outcome leads to on the way. */
export interface LeadsTo {
	result: StationResult | null;
	resubmitOn: Temporal.PlainDate | null;
	/** Committee it is referred to. */
	referTo: string | null;
}

interface Wanted {
	follows: Follows;
	bodies: readonly string[];
	role: StationRow['role'];
	plannedOn: Temporal.PlainDate | null;
}

/**
 * Postponed: the same station comes again, on the day of resubmission where there is one. Set aside: only with such a day.
 * Referred: the other committee is asked next, and who decides gets it back afterwards (rulebook R3-20). Stations that an
 * earlier outcome had led to and that nobody has touched go, when this one does not lead there.
 */
export async function followUp(tx: WriteCtx, paperId: string, station: StationRow, leads: LeadsTo): Promise<void> {
	const wanted = wantedAfter(station, leads);
	const there = (await stationRows(tx, paperId)).filter(
		({ repeatsId, follows }) => repeatsId === station.id && follows,
	);
	for (const one of there) {
		const at = wanted.findIndex(
			({ follows, bodies }) => same(follows, one.follows!) && bodies.join() === one.bodies.join(),
		);
		const [kept] = at < 0 ? [] : wanted.splice(at, 1);
		if (one.state !== 'planned' || one.onAgenda || one.follows === 'termChange') continue;
		if (!kept) await tx.db.deleteFrom('papers.consultation').where('id', '=', one.id).execute();
		else if (kept.plannedOn)
			await tx.db
				.updateTable('papers.consultation')
				.set({ planned_on: kept.plannedOn, follows: kept.follows })
				.where('id', '=', one.id)
				.execute();
	}
	let behind = station.id;
	for (const next of wanted) {
		const id = await insertStation(tx, paperId, { ...next, public: station.public, repeatsId: station.id });
		await putInPlace(tx, paperId, id, `after:${behind}`);
		behind = id;
	}
}

const same = (a: Follows, b: Follows): boolean => (a === 'referral') === (b === 'referral');

function wantedAfter(station: StationRow, { result, resubmitOn, referTo }: LeadsTo): Wanted[] {
	const again: Wanted = {
		follows: resubmitOn ? 'resubmission' : 'postponed',
		bodies: station.bodies,
		role: station.role,
		plannedOn: resubmitOn,
	};
	if (result === 'postponed') return [again];
	if (result === 'setAside') return resubmitOn ? [again] : [];
	if (result !== 'referred' || !referTo) return [];
	const to: Wanted = { follows: 'referral', bodies: [referTo], role: 'advisory', plannedOn: null };
	return station.role === 'deciding' ? [to, { ...again, follows: 'postponed' }] : [to];
}
