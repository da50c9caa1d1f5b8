import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { lockWay, stationOf, wayTouched } from './lock.server.ts';
import { demandPlanned, demandReason, insertStation, putInPlace } from './stations.server.ts';

/** A station that does not take place, with the reason (rulebook, edge cases 3). @throws RuleViolation `papers.way.happened`, `papers.way.reason`, `papers.way.onAgenda` */
export async function skipStation(ctx: Ctx, slug: string, id: string, reason: string): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const { paper, stations } = await lockWay(tx, slug);
		const station = stationOf(stations, id);
		if (station.state === 'skipped') return;
		demandPlanned(station);
		if (!reason.trim()) throw new RuleViolation('papers.way.reason', {}, 'reason');
		if (station.onAgenda) throw new RuleViolation('papers.way.onAgenda');
		await tx.db
			.updateTable('papers.consultation')
			.set({ state: 'skipped', skipped_reason: reason.trim() })
			.where('id', '=', id)
			.execute();
		await wayTouched(tx, paper.id, 'stationSkipped', { station: id, reason });
	});
}

/** A skipped station takes place after all. @throws RuleViolation `papers.way.secondDeciding` where another decides now */
export async function resumeStation(ctx: Ctx, slug: string, id: string): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const { paper, stations } = await lockWay(tx, slug);
		const station = stationOf(stations, id);
		if (station.state !== 'skipped') return;
		if (station.repeated) throw new RuleViolation('papers.way.happened');
		demandReason(stations, station.role, station.secondReason, station);
		await tx.db
			.updateTable('papers.consultation')
			.set({ state: 'planned', skipped_reason: '' })
			.where('id', '=', id)
			.execute();
		await wayTouched(tx, paper.id, 'stationResumed', { station: id });
	});
}

/**
 * The paper goes on in a new term: its number stays, what was planned is left out with the reason, and stands on the way
 * anew without a day (rulebook, edge cases 3). Twice does nothing twice, because nothing old is planned any more.
 * @returns how many stations were made anew
 */
export async function moveToNewTerm(ctx: Ctx, slug: string, reason: string): Promise<number> {
	demand(ctx.actor, 'papers.edit');
	return write(ctx, async (tx) => {
		const { paper, stations } = await lockWay(tx, slug);
		if (!reason.trim()) throw new RuleViolation('papers.way.reason', {}, 'reason');
		if (paper.state !== 'filed') throw new RuleViolation('papers.way.notFiled');
		const open = stations.filter(
			({ state, onAgenda, follows }) => state === 'planned' && !onAgenda && follows !== 'termChange',
		);
		for (const station of open) {
			await tx.db
				.updateTable('papers.consultation')
				.set({ state: 'skipped', skipped_reason: reason.trim() })
				.where('id', '=', station.id)
				.execute();
			const id = await insertStation(tx, paper.id, {
				role: station.role,
				public: station.public,
				plannedOn: null,
				bodies: station.bodies,
				secondReason: station.secondReason,
				repeatsId: station.id,
				follows: 'termChange',
			});
			await putInPlace(tx, paper.id, id, 'end');
		}
		if (open.length) await wayTouched(tx, paper.id, 'newTerm', { stations: open.length, reason });
		return open.length;
	});
}
