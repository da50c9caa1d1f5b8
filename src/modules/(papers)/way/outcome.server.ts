import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { documentHash } from '#kernel/text/hash.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { fromWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import { passGate } from '../involvement/gate.server.ts';
import { followUp, type LeadsTo } from './follow.server.ts';
import { stationOf, stationRows, wayTouched, type StationRow } from './lock.server.ts';
import type { OutcomeGiven } from './schema.ts';
import { statutesFollow } from './statute.server.ts';
import type { StationResult, StationVotes } from './types.ts';

/** What a station said. `result` null: it was taken back. */
export interface Outcome {
	result: StationResult | null;
	text: string;
	wording: TextDocument | null;
	votes: StationVotes[];
	happenedOn: Temporal.PlainDate | null;
}

/** What outcomes need of the paper, locked. */
export interface DecidedPaper {
	id: string;
	state: string;
	reference: string | null;
	operative: TextDocument;
}

/**
 * What came of a station, by hand: code, words, figures and the wording it recommends or decides (rulebook R3-14). It
 * stands for itself: no other station's outcome is touched. Adopted unchanged, the operative text is the resolution's (VOR-18).
 * Entering the same twice does nothing twice; another outcome is a correction and needs a reason.
 * An approval passes the gate of co-signatures (MIT-03).
 * @throws RuleViolation `papers.coSignMissing`, `papers.way.reason`, `papers.way.notFiled`, `papers.way.future`, `papers.way.skipped`,
 * `papers.way.notUnchanged`, `papers.way.referTo`, `papers.way.sum`
 */
export async function enterOutcome(ctx: Ctx, slug: string, id: string, given: OutcomeGiven): Promise<void> {
	demand(ctx.actor, 'papers.outcome');
	await write(ctx, async (tx) => {
		const paper = await lockDecided(tx, slug);
		const station = stationOf(await stationRows(tx, paper.id), id);
		demandEntry(tx, paper, station, given);
		if (given.result === 'approved' && station.result !== 'approved') await passGate(tx, paper.id);
		const outcome = outcomeFrom(tx, paper, station, given);
		const leads: LeadsTo = {
			result: outcome.result,
			resubmitOn: given.resubmitOn ? Temporal.PlainDate.from(given.resubmitOn) : null,
			referTo: given.referTo || null,
		};
		const kept = await keepOutcome(tx, paper, station, outcome, { source: 'hand', reason: given.reason, leads });
		if (kept) await wayTouched(tx, paper.id, 'outcomeEntered', { station: id, result: given.result });
	});
}

/**
 * Takes an outcome back that was entered by mistake; what stood there stays in the trace with the reason.
 * @throws RuleViolation `papers.way.reason`
 */
export async function takeOutcomeBack(ctx: Ctx, slug: string, id: string, reason: string): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const paper = await lockDecided(tx, slug);
		const station = stationOf(await stationRows(tx, paper.id), id);
		if (station.state !== 'done') return;
		if (!reason.trim()) throw new RuleViolation('papers.way.reason', {}, 'reason');
		const none: Outcome = { result: null, text: '', wording: null, votes: [], happenedOn: null };
		const leads = { result: null, resubmitOn: null, referTo: null };
		await keepOutcome(tx, paper, station, none, { source: 'hand', reason, leads });
		await wayTouched(tx, paper.id, 'outcomeTakenBack', { station: id, reason });
	});
}

async function lockDecided(tx: WriteCtx, slug: string): Promise<DecidedPaper> {
	const paper = await tx.db
		.selectFrom('papers.paper')
		.select(['id', 'state', 'reference', 'operative'])
		.where('slug', '=', slug)
		.forUpdate()
		.executeTakeFirst();
	if (!paper) throw new NotFound('paper');
	return { ...paper, operative: paper.operative as TextDocument };
}

/** The office enters every outcome, the mayor the approval. */
function demandEntry(tx: WriteCtx, paper: DecidedPaper, station: StationRow, given: OutcomeGiven): void {
	if (station.role !== 'approval' && !may(tx.actor, 'papers.edit')) throw new Forbidden('papers.edit');
	if (paper.state === 'withdrawn') throw new RuleViolation('papers.way.withdrawn');
	if (paper.state === 'draft' && station.role !== 'approval') throw new RuleViolation('papers.way.notFiled');
	if (station.state === 'skipped') throw new RuleViolation('papers.way.skipped');
	if (given.happenedOn > tx.today.toString()) throw new RuleViolation('papers.way.future', {}, 'happenedOn');
	if (given.result === 'referred' && !given.referTo) throw new RuleViolation('papers.way.referTo', {}, 'referTo');
	if ((given.result === 'approved') !== (station.role === 'approval') && given.result === 'approved')
		throw new RuleViolation('papers.way.onlyApproval', {}, 'result');
}

function outcomeFrom(tx: WriteCtx, paper: DecidedPaper, station: StationRow, given: OutcomeGiven): Outcome {
	const planned =
		station.plannedOn && Temporal.PlainDate.compare(station.plannedOn, tx.today) <= 0 ? station.plannedOn : tx.today;
	return {
		result: given.result,
		text: given.text,
		wording: wordingFrom(paper, given),
		votes: given.votes.map((row) => ({ ...row, unanimous: given.unanimous || (!!row.yes && !row.no && !row.abstain) })),
		happenedOn: given.happenedOn ? Temporal.PlainDate.from(given.happenedOn) : planned,
	};
}

/** Adopted as it was put: the paper's own words. @throws RuleViolation for other words that are called unchanged */
function wordingFrom(paper: DecidedPaper, { result, wording }: OutcomeGiven): TextDocument | null {
	const typed = wording.trim() ? fromWriting(wording) : null;
	const own = paper.operative.blocks.length ? paper.operative : null;
	if (result !== 'adopted') return typed;
	if (typed && own && documentHash(typed) !== documentHash(own))
		throw new RuleViolation('papers.way.notUnchanged', {}, 'result');
	return own;
}

export interface Kept {
	source: 'hand' | 'session';
	reason: string;
	leads: LeadsTo;
	/** How the session's record stood, where it comes from there. */
	fromSession?: unknown;
}

/**
 * Adds an outcome to the trace of a station and makes it the one in force; only this station is written. Emits
 * `papers.stationDecided` with `{ paperId, stationId, role, result }`.
 * @returns whether it said anything new
 */
export async function keepOutcome(
	tx: WriteCtx,
	paper: DecidedPaper,
	station: StationRow,
	outcome: Outcome,
	{ source, reason, leads, fromSession }: Kept,
): Promise<boolean> {
	const last = await tx.db
		.selectFrom('papers.station_outcome')
		.selectAll()
		.where('consultation_id', '=', station.id)
		.orderBy('number', 'desc')
		.executeTakeFirst();
	if (last && says(outcome) === says(outcomeOf(last)) && source === 'hand') return false;
	if (last?.result && source === 'hand' && !reason.trim()) throw new RuleViolation('papers.way.reason', {}, 'reason');
	const columns = {
		result: outcome.result,
		result_text: outcome.text,
		wording: outcome.wording && JSON.stringify(outcome.wording),
		votes: JSON.stringify(outcome.votes),
		happened_on: outcome.happenedOn,
	};
	await tx.db
		.insertInto('papers.station_outcome')
		.values({
			id: newId(),
			consultation_id: station.id,
			number: (last?.number ?? 0) + 1,
			...columns,
			source,
			reason: reason.trim(),
			at: tx.now,
			by_person_id: tx.actor.personId,
		})
		.execute();
	await tx.db
		.updateTable('papers.consultation')
		.set({
			...columns,
			state: outcome.result ? 'done' : 'planned',
			resubmit_on: leads.resubmitOn,
			...(fromSession !== undefined && { from_session: JSON.stringify(fromSession) }),
		})
		.where('id', '=', station.id)
		.execute();
	await followUp(tx, paper.id, station, leads);
	if (station.role === 'deciding') await statutesFollow(tx, paper, outcome.result);
	await tx.emit('papers.stationDecided', {
		paperId: paper.id,
		stationId: station.id,
		role: station.role,
		result: outcome.result,
	});
	return true;
}

function outcomeOf(row: {
	result: string | null;
	result_text: string;
	wording: unknown;
	votes: unknown;
	happened_on: Temporal.PlainDate | null;
}): Outcome {
	return {
		result: row.result as StationResult | null,
		text: row.result_text,
		wording: row.wording as TextDocument | null,
		votes: row.votes as StationVotes[],
		happenedOn: row.happened_on,
	};
}

/** Equal for outcomes that say the same, whatever ids the blocks of their wording have. */
export function says({ result, text, wording, votes, happenedOn }: Outcome): string {
	const figures = votes.map(({ organisationId, yes, no, abstain, unanimous }) => [
		organisationId,
		yes,
		no,
		abstain,
		unanimous,
	]);
	return JSON.stringify([result, text, wording && documentHash(wording), figures, happenedOn?.toString() ?? null]);
}
