import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import type { TakenFrom } from '#kernel/taken-from.ts';
import { touchPapers } from './take-over-many.server.ts';

/** Stations and files of papers of another council system, many at once. Ids are given: the same id again is the same record. */
export interface TakenStation {
	id: string;
	paperId: string;
	order: number;
	role: 'hearing' | 'advisory' | 'information' | 'deciding';
	authoritative: boolean;
	meetingId: string | null;
	itemId: string | null;
	/** ISO days. */
	plannedOn: string | null;
	heldOn: string | null;
	state: 'planned' | 'done' | 'skipped';
	/** As in papers.consultation. */
	result: string | null;
	resultText: string;
	votes: {
		organisationId: string | null;
		yes: number | null;
		no: number | null;
		abstain: number | null;
		unanimous: boolean;
	}[];
	organisations: string[];
}

/** Stations of the way. A second deciding one says that it is so in the source (rulebook R3-13). */
export async function takeOverStations(tx: WriteCtx, rows: readonly TakenStation[]): Promise<void> {
	demand(tx.actor, 'papers.edit');
	const ids = rows.map(({ id }) => id);
	const { rows: deciding } = await sql<{ paper: string }>`select distinct paper_id as paper from papers.consultation
		where body_id = ${tx.body.id} and paper_id = any (${rows.map(({ paperId }) => paperId)}::uuid[]) and role = 'deciding'
		and second_reason = '' and not id = any (${ids}::uuid[])`.execute(tx.db);
	const decided = new Set(deciding.map(({ paper }) => paper));
	const given = rows.map((row) => {
		const second = row.role === 'deciding' && decided.has(row.paperId);
		if (row.role === 'deciding') decided.add(row.paperId);
		return { ...row, secondReason: second ? 'So im übernommenen System.' : '' };
	});
	// The index knows one deciding station of a paper, also in the middle of a change.
	await sql`update papers.consultation set second_reason = '…' where body_id = ${tx.body.id} and id = any (${ids}::uuid[])`.execute(
		tx.db,
	);
	await sql`insert into papers.consultation (body_id, id, paper_id, step, role, public, authoritative, second_reason, planned_on, happened_on,
			meeting_id, agenda_item_id, state, skipped_reason, result, result_text, votes)
		select ${tx.body.id}, id, "paperId", "order" + 1, role, true, authoritative, "secondReason", "plannedOn", "heldOn",
			"meetingId", "itemId", state, case when state = 'skipped' then 'So im übernommenen System.' else '' end, result, "resultText", votes
		from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r (id uuid, "paperId" uuid, "order" int, role text, authoritative boolean,
			"secondReason" text, "plannedOn" date, "heldOn" date, "meetingId" uuid, "itemId" uuid, state text, result text,
			"resultText" text, votes jsonb)
		on conflict (body_id, id) do update set step = excluded.step, role = excluded.role, authoritative = excluded.authoritative,
			second_reason = excluded.second_reason, planned_on = excluded.planned_on, happened_on = excluded.happened_on,
			meeting_id = excluded.meeting_id, agenda_item_id = excluded.agenda_item_id, state = excluded.state,
			skipped_reason = excluded.skipped_reason, result = excluded.result, result_text = excluded.result_text,
			votes = excluded.votes`.execute(tx.db);
	await sql`delete from papers.consultation_body where body_id = ${tx.body.id} and consultation_id = any (${ids}::uuid[])`.execute(
		tx.db,
	);
	const bodies = rows.flatMap(({ id, organisations }) =>
		[...new Set(organisations)].map((organisation, position) => ({ id, organisation, position })),
	);
	if (bodies.length)
		await sql`insert into papers.consultation_body (body_id, consultation_id, organisation_id, position)
			select ${tx.body.id}, id, organisation, position
			from jsonb_to_recordset(${JSON.stringify(bodies)}::jsonb) as r (id uuid, organisation uuid, position int)`.execute(
			tx.db,
		);
}

/** @returns its paper */
export async function takeBackStation(tx: WriteCtx, id: string): Promise<string | null> {
	demand(tx.actor, 'papers.edit');
	await sql`savepoint taken_back`.execute(tx.db);
	try {
		const row = await tx.db
			.deleteFrom('papers.consultation')
			.where('id', '=', id)
			.returning('paper_id')
			.executeTakeFirst();
		await sql`release savepoint taken_back`.execute(tx.db);
		return row?.paper_id ?? null;
	} catch (error) {
		if ((error as { code?: string }).code !== '23503') throw error;
		await sql`rollback to savepoint taken_back`.execute(tx.db);
		const row = await tx.db
			.updateTable('papers.consultation')
			.set({ state: 'skipped', public: false, skipped_reason: 'Im übernommenen System nicht mehr enthalten.' })
			.where('id', '=', id)
			.returning('paper_id')
			.executeTakeFirst();
		return row?.paper_id ?? null;
	}
}

export async function linkPaperFiles(
	tx: WriteCtx,
	rows: readonly { id: string; files: TakenFrom['files'] }[],
): Promise<void> {
	demand(tx.actor, 'papers.edit');
	await sql`update papers.paper p set taken_from = p.taken_from || jsonb_build_object('files', r.files)
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, files jsonb)
		where p.body_id = ${tx.body.id} and p.id = r.id and p.taken_from is not null`.execute(tx.db);
}

export async function paperFilesAt(tx: WriteCtx, ids: readonly string[]): Promise<Map<string, TakenFrom['files']>> {
	const { rows } = await sql<{ id: string; files: TakenFrom['files'] | null }>`select id, taken_from -> 'files' as files
		from papers.paper where body_id = ${tx.body.id} and id = any (${ids}::uuid[])`.execute(tx.db);
	return new Map(rows.map(({ id, files }) => [id, files ?? []]));
}

export async function takeOverPaperFiles(
	tx: WriteCtx,
	rows: readonly {
		id: string;
		paperId: string;
		fileId: string;
		kind: 'main' | 'annex';
		title: string;
		position: number;
	}[],
): Promise<void> {
	demand(tx.actor, 'papers.edit');
	await sql`insert into papers.paper_file (body_id, id, paper_id, file_id, kind, title, public, position)
		select ${tx.body.id}, id, "paperId", "fileId", kind, title, true, position
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "paperId" uuid, "fileId" uuid, kind text, title text, position int)
		on conflict (body_id, id) do update set title = excluded.title, kind = excluded.kind, file_id = excluded.file_id,
			position = excluded.position`.execute(tx.db);
	touchPapers(tx, new Set(rows.map(({ paperId }) => paperId)));
}

/** Its bytes are here now: the link is not needed any more. */
export async function unlinkPaperFile(tx: WriteCtx, paperId: string, id: string): Promise<void> {
	const files = (await paperFilesAt(tx, [paperId])).get(paperId) ?? [];
	await linkPaperFiles(tx, [{ id: paperId, files: files.filter((file) => file.id !== id) }]);
}

/** @returns its paper */
export async function takeBackPaperFile(tx: WriteCtx, id: string): Promise<string | null> {
	demand(tx.actor, 'papers.edit');
	const row = await tx.db.deleteFrom('papers.paper_file').where('id', '=', id).returning('paper_id').executeTakeFirst();
	return row?.paper_id ?? null;
}
