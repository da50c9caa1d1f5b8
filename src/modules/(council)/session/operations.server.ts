import { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Conflict, RuleViolation } from '#kernel/errors.ts';
import {
	applyOperations,
	UNDO,
	type Answer,
	type Operation,
	type OperationKind,
	type OperationKinds,
} from '#kernel/live/operations.ts';
import type { RowScope } from '#kernel/live/rows.ts';
import { normalise } from '#kernel/text/normalise.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { toWriting } from '#kernel/text/writing.ts';
import { saveItemText } from '../minutes/item-text.server.ts';
import { challengeQuorum, objectToConvening, stateQuorumNow } from './course-quorum.server.ts';
import { beginBreak, closeSession, endBreak, openSession, switchPart } from './course.server.ts';
import { askForFloor, endFloor, giveFloor, leaveList } from './floor.server.ts';
import { tellDecided } from './decided.server.ts';
import { closeItem, openItem, recordOpinion, setResult } from './items.server.ts';
import { checkIn, connectionBack, connectionLost, handOver, leave } from './presence.server.ts';
import { demandUndoInTime, voteKinds } from '../votes/operations.server.ts';
import { ownId } from './own-id.ts';
import { prepareRoll } from './roll.server.ts';
import { guestArrives, markInRoll, MARKS, NewGuest } from './roll-marks.server.ts';
import { addTask, NewTask, reviewTask, TaskReview } from './session-tasks.server.ts';
import { rowMeant } from './row-meant.server.ts';
import { addSubstitute } from './substitutes.server.ts';
import {
	AddedItem,
	addItemInSession,
	confirmAgenda,
	MovedItem,
	moveItemInSession,
	PapersMissing,
	RemovedItem,
	removeForMissingPapers,
	removeItemInSession,
} from './agenda-changes.server.ts';
import { closeWithoutQuorum, SecondConvening } from './second-convening.server.ts';

/** The room of a session in the log of operations. */
export function roomOf(meetingId: string): string {
	return `meeting:${meetingId}`;
}

/**
 * Does what the office's screen sends, in order (see kernel/live/operations.ts): one answer for each.
 * @throws NotFound, Forbidden
 */
export async function actInSession(
	ctx: Ctx,
	meeting: { id: string; councilBodyId: string },
	operations: readonly Operation[],
): Promise<Answer[]> {
	demand(ctx.actor, 'council.edit', meeting.councilBodyId);
	return applyOperations(ctx, roomOf(meeting.id), kindsFor(meeting.id), operations);
}

const id = z.uuid();
const row = z.object({ row: id });
const item = z.object({ item: id });
const none = z.object({});
const ticked = z.union([z.boolean(), z.literal('on'), z.literal('ja'), z.literal('')]).default(false);
const yes = (value: unknown): boolean => value === true || value === 'on' || value === 'ja';
const results = [
	'adopted',
	'adoptedChanged',
	'rejected',
	'noted',
	'postponed',
	'referred',
	'withdrawn',
	'parked',
	'settled',
	'withoutVote',
	'confirmed',
	'elected',
] as const;

/** Ties the type of a payload to its schema. */
function kind<Schema extends z.ZodType>(
	payload: Schema,
	rows: (payload: z.output<Schema>) => RowScope[],
	apply: (tx: WriteCtx, payload: z.output<Schema>, base: string) => Promise<unknown>,
): OperationKind<z.output<Schema>> {
	return { payload: payload as z.ZodType<z.output<Schema>>, rows, apply };
}

/** Everything that the office does in a running session, by name; what becomes of the rows is the way back. */
export function kindsFor(meetingId: string): OperationKinds {
	const all = (table: string): RowScope => ({ table: `council.${table}`, where: { meeting_id: meetingId } });
	const items: RowScope = { ...all('agenda_item'), except: ['text'] };
	const meeting: RowScope = { table: 'council.meeting', where: { id: meetingId }, except: ['modified_at'] };
	const people = () => [all('attendance'), all('presence')];
	const speakers = () => [all('speaker')];
	const agenda = () => [items, all('agenda_change')];
	const course = () => [meeting, items, all('speaker')];
	const one = (itemId: string): RowScope => ({
		table: 'council.agenda_item',
		where: { id: itemId, meeting_id: meetingId },
	});
	return {
		prepare: kind(none, people, (tx) => prepareRoll(tx, meetingId)),
		open: kind(
			z.object({
				proper: ticked,
				note: z.string().max(500).default(''),
				chair: z.union([id, z.literal('')]).default(''),
			}),
			() => [...course(), ...people()],
			(tx, { proper, note, chair }) =>
				openSession(tx, meetingId, { proper: yes(proper), note, ...(chair && { chair }) }),
		),
		quorum: kind(
			none,
			() => [all('quorum_finding')],
			(tx) => stateQuorumNow(tx, meetingId),
		),
		challenge: kind(
			row,
			() => [all('quorum_finding')],
			(tx, given) => challengeQuorum(tx, meetingId, given.row),
		),
		mark: kind(z.object({ row: id, mark: z.enum(MARKS) }), people, (tx, given) =>
			markInRoll(tx, meetingId, given.row, given.mark),
		),
		roll: kind(z.object({ marks: z.record(id, z.enum(MARKS)) }), people, async (tx, { marks }) => {
			for (const [attendance, mark] of Object.entries(marks)) await markInRoll(tx, meetingId, attendance, mark);
		}),
		checkIn: kind(z.object({ row: id, mode: z.enum(['room', 'remote']).default('room') }), people, (tx, given) =>
			inside(tx, meetingId, given.row, (row) => checkIn(tx, row, { mode: given.mode })),
		),
		leave: kind(row, people, (tx, given) => inside(tx, meetingId, given.row, (row) => leave(tx, row))),
		lost: kind(row, people, (tx, given) => inside(tx, meetingId, given.row, (row) => connectionLost(tx, row))),
		back: kind(row, people, (tx, given) => inside(tx, meetingId, given.row, (row) => connectionBack(tx, row))),
		handOver: kind(z.object({ from: id, to: id, stays: ticked }), people, (tx, { from, to, stays }) =>
			inside(tx, meetingId, from, async (row) =>
				handOver(tx, row, await rowMeant(tx, meetingId, to), { stays: yes(stays) }),
			),
		),
		substitute: kind(z.object({ seat: id, person: id, row: ownId }), people, (tx, { seat, person, row: own }) =>
			addSubstitute(tx, meetingId, seat, person, own),
		),
		guest: kind(NewGuest, people, (tx, guest) => guestArrives(tx, meetingId, guest)),
		item: kind(item, course, (tx, given) => openItem(tx, meetingId, given.item)),
		closeItem: kind(item, course, (tx, given) => closeItem(tx, meetingId, given.item)),
		result: kind(
			z.object({
				item: id,
				result: z.union([z.literal(''), z.enum(results)]),
				note: z.string().trim().max(300).default(''),
				confirmed: ticked,
			}),
			(given) => [{ ...one(given.item), except: ['text'] }],
			(tx, { item: itemId, result, note, confirmed }, base) =>
				setResult(tx, meetingId, itemId, { result: result || null, note, confirmed: yes(confirmed) }, base),
		),
		opinion: kind(
			z.object({ item: id, text: z.string().trim().min(1).max(4000) }),
			(given) => [
				{ ...one(given.item), except: ['text'] },
				{ table: 'council.resolution', where: { agenda_item_id: given.item } },
			],
			(tx, given) => recordOpinion(tx, meetingId, given.item, given.text),
		),
		text: kind(
			z.object({ item: id, text: z.string().max(200_000) }),
			(given) => [one(given.item)],
			async (tx, given, base) => {
				const { hash } = await saveItemText(tx, given.item, given.text, base);
				return { hash };
			},
		),
		ask: kind(z.object({ item: id, row: id }), speakers, async (tx, given) =>
			askForFloor(tx, meetingId, given.item, await rowMeant(tx, meetingId, given.row)),
		),
		floor: kind(z.object({ item: id, row: id }), speakers, async (tx, given) =>
			giveFloor(tx, meetingId, given.item, await rowMeant(tx, meetingId, given.row)),
		),
		endFloor: kind(none, speakers, (tx) => endFloor(tx, meetingId)),
		unask: kind(z.union([z.object({ speaker: id }), z.object({ item: id, row: id })]), speakers, async (tx, given) =>
			leaveList(tx, meetingId, 'row' in given ? { ...given, row: await rowMeant(tx, meetingId, given.row) } : given),
		),
		task: kind(
			NewTask,
			() => [all('task')],
			(tx, given) => addTask(tx, meetingId, given),
		),
		taskReview: kind(
			TaskReview,
			(given) => [all('task_review'), { table: 'council.task', where: { id: given.task } }],
			(tx, given) => reviewTask(tx, meetingId, given),
		),
		part: kind(
			z.object({ closed: z.enum(['ja', 'nein']) }),
			() => [meeting, all('public_switch')],
			(tx, { closed }) => switchPart(tx, meetingId, closed === 'ja'),
		),
		pause: kind(
			z.object({ reason: z.string().trim().max(200).default('') }),
			() => [all('session_break')],
			(tx, { reason }) => beginBreak(tx, meetingId, reason),
		),
		resume: kind(
			none,
			() => [all('session_break')],
			(tx) => endBreak(tx, meetingId),
		),
		close: kind(
			none,
			() => [...course(), ...people(), all('session_break')],
			(tx) => closeSession(tx, meetingId),
		),
		confirmAgenda: kind(none, agenda, (tx) => confirmAgenda(tx, meetingId)),
		addItem: kind(AddedItem, agenda, (tx, given) => addItemInSession(tx, meetingId, given)),
		removeItem: kind(RemovedItem, agenda, (tx, given) => removeItemInSession(tx, meetingId, given)),
		papersMissing: kind(PapersMissing, agenda, (tx, given) => removeForMissingPapers(tx, meetingId, given)),
		objectConvening: kind(
			row,
			() => [meeting],
			(tx, given) => objectToConvening(tx, meetingId, given.row),
		),
		moveItem: kind(MovedItem, agenda, (tx, given) => moveItemInSession(tx, meetingId, given)),
		// The session that is convened again is a record of its own: no way back once it stands.
		closeWithoutQuorum: {
			payload: SecondConvening,
			apply: (tx, given: SecondConvening) => closeWithoutQuorum(tx, meetingId, given),
		},
		...voteKinds(meetingId),
		[UNDO]: {
			payload: z.unknown(),
			apply: (tx, meant) => demandOpenForUndo(tx, meetingId, meant),
			undone: (tx) => tellDecided(tx, meetingId, null),
		},
	};
}

async function inside(
	tx: WriteCtx,
	meetingId: string,
	attendanceId: string,
	work: (row: string) => Promise<void>,
): Promise<void> {
	await work(await rowMeant(tx, meetingId, attendanceId));
}

/**
 * Nothing is taken back once the minutes are signed, the result of a vote only while its item is open, and an item not with
 * what was written under it.
 */
async function demandOpenForUndo(tx: WriteCtx, meetingId: string, meant: unknown): Promise<void> {
	const { state, current_item_id } = await tx.db
		.selectFrom('council.meeting')
		.select(['state', 'current_item_id'])
		.where('id', '=', meetingId)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (state === 'minutesSigned' || state === 'takenOver') throw new RuleViolation('council_session_over');
	const done = meant as { kind: string; payload: unknown; result: unknown };
	const { kind } = done;
	await demandUndoInTime(tx, done, { state, currentItemId: current_item_id });
	if (kind === 'addItem') await demandUnwritten(tx, String(done.result));
	tx.touch('council.meeting', meetingId, { act: 'undone', fields: { what: kind } });
}

async function demandUnwritten(tx: WriteCtx, itemId: string): Promise<void> {
	const item = await tx.db.selectFrom('council.agenda_item').select('text').where('id', '=', itemId).executeTakeFirst();
	if (item && toWriting(normalise(item.text as unknown as TextDocument)).trim()) throw new Conflict('text');
}
