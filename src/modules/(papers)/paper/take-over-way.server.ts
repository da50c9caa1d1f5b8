import { RuleViolation } from '#kernel/errors.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';

/** A line of the consultation chain of an old paper ("Verteiler", "Beratungsfolge"). */
export interface TakenOverStation {
	/** Null only for the approval by the mayor, who is no body. */
	organisationId: string | null;
	role: 'approval' | 'hearing' | 'advisory' | 'information' | 'deciding';
	date: Temporal.PlainDate | null;
	public: boolean;
	/** It took place on that day, as far as anybody knows; what came of it is told by the minutes. */
	held: boolean;
}

/** Adds the stations one after the other. @throws RuleViolation `decidesTwice`: only one station decides (rulebook R3-13) */
export async function addStations(tx: WriteCtx, paperId: string, stations: readonly TakenOverStation[]): Promise<void> {
	if (stations.filter(({ role }) => role === 'deciding').length > 1) throw new RuleViolation('decidesTwice');
	for (const [index, station] of stations.entries()) {
		const id = newId();
		await tx.db
			.insertInto('papers.consultation')
			.values({
				id,
				paper_id: paperId,
				step: index + 1,
				role: station.role,
				// The mayor's approval is never a public meeting (rulebook R3-13, VOR-13).
				public: station.public && station.role !== 'approval',
				authoritative: station.role === 'deciding',
				planned_on: station.date,
				happened_on: station.held ? station.date : null,
				state: station.held ? 'done' : 'planned',
			})
			.execute();
		if (station.organisationId)
			await tx.db
				.insertInto('papers.consultation_body')
				.values({ consultation_id: id, organisation_id: station.organisationId })
				.execute();
	}
}
