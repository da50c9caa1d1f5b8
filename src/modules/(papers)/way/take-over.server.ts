import { RuleViolation } from '#kernel/errors.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { wayTouched } from './lock.server.ts';
import { insertStation } from './stations.server.ts';
import type { Role } from './types.ts';

/** A line of the consultation chain of an old paper ("Verteiler", "Beratungsfolge"). */
export interface TakenOverStation {
	/** Null only for the approval by the mayor, who is no body. */
	organisationId: string | null;
	role: Role;
	date: Temporal.PlainDate | null;
	public: boolean;
	/** It took place on that day, as far as anybody knows; what came of it is told by the minutes. */
	held: boolean;
}

/** Adds the stations one after the other. @throws RuleViolation `decidesTwice`: only one station decides (rulebook R3-13) */
export async function takeOverStations(
	tx: WriteCtx,
	paperId: string,
	stations: readonly TakenOverStation[],
): Promise<void> {
	if (stations.filter(({ role }) => role === 'deciding').length > 1) throw new RuleViolation('decidesTwice');
	for (const { organisationId, role, date, public: open, held } of stations) {
		const bodies = organisationId ? [organisationId] : [];
		const id = await insertStation(tx, paperId, { role, public: open, plannedOn: date, bodies });
		if (!held) continue;
		await tx.db
			.updateTable('papers.consultation')
			.set({ state: 'done', happened_on: date })
			.where('id', '=', id)
			.execute();
	}
	if (stations.length) await wayTouched(tx, paperId, 'stationsTakenOver', { stations: stations.length });
}
