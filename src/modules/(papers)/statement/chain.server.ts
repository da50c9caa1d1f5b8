import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';

interface Station {
	role: string;
	authoritative: boolean;
	public: boolean;
	planned_on: Temporal.PlainDate | null;
	meeting_id: string | null;
	bodies: string[];
}

/**
 * Gives a statement its way (rulebook R3-16, "Verteiler/Tag"): the mayor's approval, which is internal, then the stations that
 * the answered papers still have before them, there for information.
 */
export async function passOnChain(
	tx: WriteCtx,
	given: { statementPaperId: string; answered: readonly string[]; approvedOn: Temporal.PlainDate },
): Promise<void> {
	await tx.db
		.insertInto('papers.consultation')
		.values({
			id: newId(),
			paper_id: given.statementPaperId,
			step: 1,
			role: 'approval',
			public: false,
			happened_on: given.approvedOn,
			state: 'done',
			result: 'approved',
		})
		.execute();
	const ahead = await stationsAhead(tx, given.answered);
	await addStations(
		tx,
		given.statementPaperId,
		ahead.map((station) => ({ ...station, role: 'information', authoritative: false })),
		2,
	);
}

/** Sends an amendment the way its paper still has to go, to the same bodies in the same roles. */
export async function followBase(tx: WriteCtx, amendmentId: string, baseId: string): Promise<void> {
	await addStations(tx, amendmentId, await stationsAhead(tx, [baseId]), 1);
}

/** Planned stations of papers, one of each body and day. */
async function stationsAhead(tx: WriteCtx, papers: readonly string[]): Promise<Station[]> {
	const { rows } = await sql<Station>`select distinct on (c.planned_on, c.meeting_id, bodies) c.role, c.authoritative,
			c.public, c.planned_on, c.meeting_id, bodies
		from papers.consultation c cross join lateral (select array_agg(b.organisation_id order by b.position) as bodies
			from papers.consultation_body b where b.body_id = c.body_id and b.consultation_id = c.id) held
		where c.body_id = ${tx.body.id} and c.paper_id = any (${[...papers]}::uuid[]) and c.state = 'planned'
		and c.role <> 'approval' and bodies is not null
		order by c.planned_on nulls last, c.meeting_id, bodies, c.step`.execute(tx.db);
	return rows;
}

async function addStations(tx: WriteCtx, paperId: string, stations: readonly Station[], from: number): Promise<void> {
	for (const [index, { bodies, ...station }] of stations.entries()) {
		const id = newId();
		await tx.db
			.insertInto('papers.consultation')
			.values({ id, paper_id: paperId, step: from + index, ...station })
			.execute();
		for (const [position, organisationId] of bodies.entries())
			await tx.db
				.insertInto('papers.consultation_body')
				.values({ consultation_id: id, organisation_id: organisationId, position })
				.execute();
	}
}
