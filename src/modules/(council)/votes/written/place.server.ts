import { sql } from 'kysely';
import { SYSTEM } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { formatInstantDay } from '#kernel/i18n/format.ts';
import { putOnAgenda } from '../../agenda/put.server.ts';
import type { WrittenFinding } from '../rules/written.ts';

/** Titles of items that a written procedure leaves to a session; German, because they stand in the record. */
const TITLES = {
	announcement: (number: number, title: string) => `Ergebnis des Umlaufverfahrens ${number}: ${title}`,
	late: 'Bekanntgabe des Ergebnisses eines Umlaufverfahrens',
};

interface Decided {
	id: string;
	number: number;
	title: string;
	text: string;
	state: 'adopted' | 'rejected' | 'failed';
}

/** Decided, and in no session yet that told it: taken off an agenda or not reached, it comes on the next one. */
const UNTOLD = sql`w.state in ('adopted', 'rejected', 'failed') and not exists (select from council.agenda_item i
	join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
	where i.body_id = w.body_id and i.id = w.announced_item_id and not i.removed and not m.cancelled
	and (m.state in ('planned', 'invited', 'running') or i.opened_at is not null or i.result is distinct from 'postponed'))`;

/**
 * Puts what written procedures of a body came to on the agenda of its next session: the result of one that was decided as
 * an announcement, one that failed as the topic it was about, with its wording as the motion. A topic waits for an agenda
 * that has not gone out; an announcement may join one that has (rulebook R2-40).
 * @param meetingId only this session: one that is just being created
 */
export async function placeWritten(tx: WriteCtx, councilBodyId: string, meetingId?: string): Promise<void> {
	// The body first, as everybody who plans a session does.
	await sql`select from council.council_body where body_id = ${tx.body.id} and id = ${councilBodyId} for share`.execute(
		tx.db,
	);
	const { rows } = await sql<Decided>`select w.id, w.number, w.title, w.text, w.state from council.written_procedure w
		where w.body_id = ${tx.body.id} and w.council_body_id = ${councilBodyId} and ${UNTOLD}
		order by w.number for update of w`.execute(tx.db);
	// The rule puts it there, whoever's answer was the last: nobody's right to convene is asked for.
	const byRule = { ...tx, actor: SYSTEM };
	for (const decided of rows) {
		const failed = decided.state === 'failed';
		const next = await nextAgenda(tx, councilBodyId, failed, meetingId);
		if (!next) continue;
		const itemId = await putOnAgenda(byRule, {
			meetingId: next,
			kind: failed ? 'topic' : 'announcement',
			...itemFor(decided),
			reason: TITLES.late,
		});
		await tx.db
			.updateTable('council.written_procedure')
			.set({ announced_item_id: itemId })
			.where('id', '=', decided.id)
			.execute();
		if (failed) await putWording(tx, councilBodyId, itemId, decided.text);
	}
}

/** The items that a session made now would get from written procedures, for whoever plans it. One query. */
export async function writtenToTell(
	ctx: Pick<Ctx, 'db' | 'body'>,
	councilBodyId: string,
): Promise<{ title: string; origin: 'carriedOver' | 'announcement'; public: boolean }[]> {
	const { rows } = await sql<Pick<Decided, 'number' | 'title' | 'state'>>`select w.number, w.title, w.state
		from council.written_procedure w
		where w.body_id = ${ctx.body.id} and w.council_body_id = ${councilBodyId} and ${UNTOLD} order by w.number`.execute(
		ctx.db,
	);
	return rows.map((decided) => ({ ...itemFor(decided), public: true }));
}

/** The item that a decided procedure becomes: a result that is told, or the topic that it failed about. */
function itemFor({ number, title, state }: Pick<Decided, 'number' | 'title' | 'state'>) {
	return state === 'failed'
		? ({ title, origin: 'carriedOver' } as const)
		: ({ title: TITLES.announcement(number, title), origin: 'announcement' } as const);
}

/** Bodies with a result that no session has told and no coming one will: taken off, not reached, or cancelled with its session. */
export async function bodiesWithUntold(ctx: Pick<Ctx, 'db' | 'body'>): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`select distinct w.council_body_id as id from council.written_procedure w
		where w.body_id = ${ctx.body.id} and ${UNTOLD}`.execute(ctx.db);
	return rows.map(({ id }) => id);
}

async function nextAgenda(
	tx: WriteCtx,
	councilBodyId: string,
	unsent: boolean,
	meetingId?: string,
): Promise<string | undefined> {
	const { rows } = await sql<{ id: string }>`select m.id from council.meeting m
		where m.body_id = ${tx.body.id} and m.council_body_id = ${councilBodyId} and not m.cancelled and m.kind <> 'retreat'
			and m.date >= ${tx.today}::date and m.state in ('planned', ${unsent ? sql`'planned'` : sql`'invited'`})
			${meetingId ? sql`and m.id = ${meetingId}` : sql``}
		order by m.date, m.starts_at limit 1`.execute(tx.db);
	return rows[0]?.id;
}

async function putWording(tx: WriteCtx, councilBodyId: string, itemId: string, text: string): Promise<void> {
	await tx.db
		.insertInto('council.motion')
		.values({
			id: newId(),
			agenda_item_id: itemId,
			council_body_id: councilBodyId,
			position: 0,
			kind: 'main',
			reach: 1,
			text,
			mover_name: '',
			moved_at: tx.now,
		})
		.execute();
}

/**
 * At the end of a session: what was told in it becomes part of its record, a resolution with what it was adopted by. Told
 * once, however often the end is taken back and come to again.
 */
export async function recordWritten(tx: WriteCtx, meetingId: string): Promise<void> {
	const { rows } = await sql<
		Decided & {
			itemId: string;
			councilBodyId: string;
			advisory: boolean;
			closedAt: Temporal.Instant;
			finding: WrittenFinding;
		}
	>`select w.id, w.number, w.title, w.text, w.state, i.id as "itemId", w.council_body_id as "councilBodyId", cb.advisory,
			w.closed_at as "closedAt", w.finding
		from council.written_procedure w
		join council.council_body cb on cb.body_id = w.body_id and cb.id = w.council_body_id
		join council.agenda_item i on i.body_id = w.body_id and i.id = w.announced_item_id and not i.removed
			and i.opened_at is not null
		where w.body_id = ${tx.body.id} and i.meeting_id = ${meetingId} order by i.position`.execute(tx.db);
	for (const told of rows) {
		tx.touch('council.writtenProcedure', told.id, { act: 'told', fields: { item: told.itemId } });
		if (told.state === 'failed') continue;
		const adopted = told.state === 'adopted';
		await tx.db
			.updateTable('council.agenda_item')
			.set({ result: adopted ? 'adopted' : 'rejected' })
			.where('id', '=', told.itemId)
			.where('result', 'is', null)
			.execute();
		const voteId = await insertVote(tx, told, adopted);
		if (voteId && adopted)
			await tx.db
				.insertInto('council.resolution')
				.values({
					id: newId(),
					agenda_item_id: told.itemId,
					vote_id: voteId,
					council_body_id: told.councilBodyId,
					text: told.text,
					kind: told.advisory ? 'recommendation' : 'decision',
				})
				.execute();
	}
}

/** @returns nothing where the session's end was come to before */
async function insertVote(
	tx: WriteCtx,
	told: { itemId: string; councilBodyId: string; text: string; closedAt: Temporal.Instant; finding: WrittenFinding },
	adopted: boolean,
): Promise<string | undefined> {
	const there = await tx.db
		.selectFrom('council.vote')
		.select('id')
		.where('agenda_item_id', '=', told.itemId)
		.where('method', '=', 'written')
		.executeTakeFirst();
	if (there) return undefined;
	const { inputs, rule } = told.finding;
	const counted = rule.mode === 'consentQuorum';
	const id = newId();
	await tx.db
		.insertInto('council.vote')
		.values({
			id,
			agenda_item_id: told.itemId,
			position: 0,
			council_body_id: told.councilBodyId,
			text: told.text,
			method: 'written',
			state: 'closed',
			// Where silence is enough nobody counted voices: none are made up.
			yes: counted ? inputs.yes : null,
			no: counted ? inputs.no : null,
			abstain: counted ? inputs.abstain : null,
			biased: inputs.biased,
			adopted,
			closed_at: told.closedAt,
		})
		.execute();
	return id;
}

/** What the minutes of a session say of the written procedures told in it (rulebook R2-53). */
export interface ToldInWriting {
	id: string;
	itemId: string;
	number: number;
	title: string;
	text: string;
	state: 'adopted' | 'rejected' | 'failed';
	because: 'objection' | 'nobodyObjected' | 'consentMissing' | 'majority' | 'noMajority';
	/** German day on which it was decided. */
	day: string;
	inputs: WrittenFinding['inputs'];
}

export async function writtenToldIn(ctx: Pick<Ctx, 'db' | 'body'>, meetingId: string): Promise<ToldInWriting[]> {
	const { rows } = await sql<
		Omit<ToldInWriting, 'day'> & { closedAt: Temporal.Instant }
	>`select w.id, i.id as "itemId", w.number, w.title, w.text, w.state,
			w.finding -> 'outcome' ->> 'because' as because, w.closed_at as "closedAt", w.finding -> 'inputs' as inputs
		from council.written_procedure w join council.agenda_item i on i.body_id = w.body_id and i.id = w.announced_item_id
		where w.body_id = ${ctx.body.id} and i.meeting_id = ${meetingId} order by i.position`.execute(ctx.db);
	return rows.map(({ closedAt, ...row }) => ({
		...row,
		day: formatInstantDay(closedAt.toString(), 'long', 'de', ctx.body.timeZone),
	}));
}
