import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { documentHash } from '#kernel/text/hash.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { fromWriting } from '#kernel/text/writing.ts';
import { keepOutcome, type DecidedPaper, type Outcome } from './outcome.server.ts';
import { stationRows, wayTouched } from './lock.server.ts';
import { insertStation, putInPlace } from './stations.server.ts';
import type { StationResult, StationVotes } from './types.ts';

/** How a session's result is called on a way. */
const RESULT: Record<string, StationResult> = {
	adopted: 'adopted',
	confirmed: 'adopted',
	elected: 'adopted',
	adoptedChanged: 'adoptedChanged',
	rejected: 'rejected',
	noted: 'noted',
	postponed: 'postponed',
	parked: 'setAside',
	referred: 'referred',
	settled: 'settled',
	withdrawn: 'withdrawn',
	withoutVote: 'opinion',
};

interface ItemRecord {
	stationId: string;
	paperId: string;
	result: string | null;
	note: string;
	date: Temporal.PlainDate;
	votes: StationVotes[];
	resolutions: { text: string; kind: string }[];
}

/** Reactions to the council's events, inside of its writes. */
export const fromCouncil: Record<string, (tx: WriteCtx, event: unknown) => Promise<void>> = {
	'council.itemDecided': (tx, event) => takeOver(tx, event as { meetingId: string; itemId: string | null }),
	'council.sessionClosed': (tx, event) => takeOver(tx, { ...(event as { meetingId: string }), itemId: null }),
	'council.itemCarriedOver': (tx, event) => carriedOver(tx, event as CarriedOver),
};

/** What the items of a session say comes to the stations that are heard there: result, figures, wording. */
async function takeOver(
	tx: WriteCtx,
	{ meetingId, itemId }: { meetingId: string; itemId: string | null },
): Promise<void> {
	const { rows } =
		await sql<ItemRecord>`select c.id as "stationId", c.paper_id as "paperId", i.result, i.result_note as note, m.date,
		coalesce((select json_agg(json_build_object('organisationId', coalesce(v.council_body_id, m.council_body_id), 'yes', v.yes,
			'no', v.no, 'abstain', v.abstain, 'unanimous', v.unanimous) order by v.position, v.id)
			from council.vote v left join council.motion t on t.body_id = v.body_id and t.id = v.motion_id
			where v.body_id = i.body_id and v.agenda_item_id = i.id and v.state = 'closed' and coalesce(t.kind, 'main') = 'main'), '[]') as votes,
		coalesce((select json_agg(json_build_object('text', r.text, 'kind', r.kind) order by r.number, r.id)
			from council.resolution r where r.body_id = i.body_id and r.agenda_item_id = i.id), '[]') as resolutions
		from papers.consultation c
		join council.agenda_item i on i.body_id = c.body_id and i.id = c.agenda_item_id
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		where c.body_id = ${tx.body.id} and i.meeting_id = ${meetingId} and not i.removed
		and (${itemId}::uuid is null or i.id = ${itemId}::uuid) order by c.paper_id`.execute(tx.db);
	for (const record of rows) await takeOne(tx, record);
}

async function takeOne(tx: WriteCtx, record: ItemRecord): Promise<void> {
	const paper = await tx.db
		.selectFrom('papers.paper')
		.select(['id', 'state', 'reference', 'operative'])
		.where('id', '=', record.paperId)
		.forUpdate()
		.executeTakeFirstOrThrow();
	const station = (await stationRows(tx, paper.id)).find(({ id }) => id === record.stationId)!;
	const decided: DecidedPaper = { ...paper, operative: paper.operative as TextDocument };
	const outcome = outcomeOf(record, decided);
	const seen = fingerprint(outcome);
	// What it says was taken over before, or there was never anything to take.
	if (JSON.stringify(station.fromSession) === JSON.stringify(seen) || (!outcome.result && !station.fromSession)) return;
	await keepOutcome(tx, decided, station, outcome, {
		source: 'session',
		reason: '',
		leads: { result: outcome.result, resubmitOn: null, referTo: null },
		fromSession: outcome.result ? seen : null,
	});
	await wayTouched(tx, paper.id, 'outcomeFromSession', { station: station.id, result: outcome.result });
}

function outcomeOf({ result, note, date, votes, resolutions }: ItemRecord, paper: DecidedPaper): Outcome {
	const none: Outcome = { result: null, text: '', wording: null, votes: [], happenedOn: null };
	if (!result) return none;
	const opinion = resolutions.filter(({ kind }) => kind === 'opinion').map(({ text }) => text);
	const resolved = resolutions.find(({ kind }) => kind !== 'opinion')?.text ?? '';
	return {
		result: RESULT[result] ?? 'noted',
		text: [note, ...opinion].filter(Boolean).join('\n'),
		wording: wordingOf(result, resolved, paper.operative),
		votes,
		happenedOn: date,
	};
}

/** What was resolved: the paper's own words where they were adopted as they stood (VOR-18), else those of the resolution. */
function wordingOf(result: string, resolved: string, operative: TextDocument): TextDocument | null {
	if (result !== 'adopted' && result !== 'adoptedChanged') return null;
	const own = operative.blocks.length ? operative : null;
	const unchanged = !resolved || words(resolved) === words(toPlainText(operative));
	if (unchanged) return result === 'adopted' ? own : null;
	return fromWriting(resolved);
}

/** Without line ends and numbers of a list: the session's record holds a motion as running text. */
function words(text: string): string {
	return text
		.normalize('NFC')
		.replaceAll(/(^|\s)\d{1,2}[.)]\s/g, ' ')
		.replaceAll(/\s+/g, ' ')
		.trim();
}

function fingerprint({ result, text, wording, votes }: Outcome): Record<string, unknown> {
	return { text, result, votes: JSON.stringify(votes), wording: wording && documentHash(wording) };
}

interface CarriedOver {
	fromItemId: string;
	itemId: string;
	meetingId: string;
}

/** A postponed item stands on the next agenda: there its station goes on (rulebook R3-20). */
async function carriedOver(tx: WriteCtx, { fromItemId, itemId, meetingId }: CarriedOver): Promise<void> {
	const { rows } = await sql<{
		id: string;
		paperId: string;
		date: Temporal.PlainDate;
	}>`select c.id, c.paper_id as "paperId",
		(select m.date from council.meeting m where m.body_id = c.body_id and m.id = ${meetingId}) as date
		from papers.consultation c where c.body_id = ${tx.body.id} and c.agenda_item_id = ${fromItemId}`.execute(tx.db);
	for (const { id, paperId, date } of rows) {
		await tx.db.selectFrom('papers.paper').select('id').where('id', '=', paperId).forUpdate().execute();
		const stations = await stationRows(tx, paperId);
		const station = stations.find((one) => one.id === id)!;
		const again = stations.find(
			(one) => one.repeatsId === id && one.follows !== 'referral' && one.state === 'planned' && !one.onAgenda,
		);
		const link = { agenda_item_id: itemId, meeting_id: meetingId, planned_on: date };
		if (again) await tx.db.updateTable('papers.consultation').set(link).where('id', '=', again.id).execute();
		else if (!stations.some((one) => one.repeatsId === id && one.follows !== 'referral')) {
			const fresh = await insertStation(tx, paperId, {
				role: station.role,
				public: station.public,
				plannedOn: date,
				bodies: station.bodies,
				repeatsId: id,
				follows: 'postponed',
				agendaItemId: itemId,
				meetingId,
			});
			await putInPlace(tx, paperId, fresh, `after:${id}`);
		}
		await wayTouched(tx, paperId, 'carriedOver', { station: id, item: itemId });
	}
}
