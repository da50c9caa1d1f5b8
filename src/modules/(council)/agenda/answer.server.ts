import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { eligibleFor, type Eligible } from '../session/substitutes.server.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { order } from './invite.server.ts';
import { invitationOf } from './links.server.ts';
import { sessionById, type SessionRow } from './meetings.server.ts';
import { answersFor, linkState, type Answer, type LinkState } from './rules/answers.ts';
import type { AnswerForm } from './schema.ts';

/** An invitation as its reader sees it. */
export interface AnswerView {
	id: string;
	personId: string | null;
	name: string;
	role: 'member' | 'advisory' | 'reporter' | 'guest' | 'substitute';
	function: string;
	substituteFor: string;
	answer: Answer | 'open';
	reason: string;
	/** `17:30` */
	arrivesAt: string;
	answeredVersion: number | null;
	state: LinkState;
	choices: Answer[];
	substitutes: Eligible[];
	/** Who was asked to stand in, and what they said. */
	asked: { name: string; answer: Answer | 'open'; withdrawn: boolean }[];
	session: SessionRow;
}

interface Row {
	id: string;
	meetingId: string;
	personId: string | null;
	name: string;
	role: AnswerView['role'];
	function: string;
	seatId: string | null;
	answer: AnswerView['answer'];
	reason: string;
	arrivesAt: string;
	answeredVersion: number | null;
	withdrawn: boolean;
	substitutes: 'none' | 'named' | 'anyOfGroup';
	substituteFor: string;
	substituteForId: string | null;
}

/**
 * The invitation behind an address of a mail: whoever has the link may answer, no password is asked for.
 * @throws NotFound for an address that was never given out
 */
export async function answerView(ctx: Ctx, token: string): Promise<AnswerView> {
	const id = invitationOf(token);
	const row = id && (await rowOf(ctx, id));
	if (!row) throw new NotFound('invitation');
	const session = await sessionById(ctx, row.meetingId);
	const profile = await profileFor(ctx, session.councilBodyId, session.date);
	const choices = answersFor({
		mode: session.mode,
		remote: profile?.rules.remote.mode ?? 'off',
		role: row.role,
		substitutes: row.seatId ? row.substitutes : 'none',
	});
	const maySubstitute = choices.includes('substitute') && row.seatId !== null;
	return {
		...row,
		state: stateOf(ctx, row, session),
		choices,
		substitutes: maySubstitute ? await eligibleFor(ctx, session.id, row.seatId!) : [],
		asked: await askedFor(ctx, row.id),
		session,
	};
}

async function rowOf(ctx: Pick<Ctx, 'db' | 'body'>, id: string, lock = false): Promise<Row | undefined> {
	const { rows } =
		await sql<Row>`select v.id, v.meeting_id as "meetingId", v.person_id as "personId", v.name, v.role, v.function,
		v.seat_id as "seatId", v.answer, v.reason, coalesce(to_char(v.arrives_at, 'HH24:MI'), '') as "arrivesAt",
		v.answered_version as "answeredVersion", v.withdrawn, coalesce(s.substitutes, 'none') as substitutes,
		v.substitute_for_id as "substituteForId",
		coalesce((select o.name from council.invitation o where o.body_id = v.body_id and o.id = v.substitute_for_id), '') as "substituteFor"
		from council.invitation v left join council.seat s on s.body_id = v.body_id and s.id = v.seat_id
		where v.body_id = ${ctx.body.id} and v.id = ${id} ${lock ? sql`for update of v` : sql``}`.execute(ctx.db);
	return rows[0];
}

function stateOf(ctx: Pick<Ctx, 'now' | 'today'>, row: Row, session: SessionRow): LinkState {
	return linkState({
		state: session.state,
		cancelled: session.cancelled,
		withdrawn: row.withdrawn,
		endsOrStarts: session.endsAt ?? session.startsAt,
		date: session.date,
		now: ctx.now,
		today: ctx.today,
	});
}

async function askedFor(ctx: Pick<Ctx, 'db' | 'body'>, id: string): Promise<AnswerView['asked']> {
	const { rows } = await sql<AnswerView['asked'][number]>`select name, answer, withdrawn from council.invitation
		where body_id = ${ctx.body.id} and substitute_for_id = ${id} order by created_at`.execute(ctx.db);
	return rows;
}

/**
 * Takes an answer; it may be changed until the session opens. Who sends a substitute names one or leaves it to the group: the
 * first is asked at once by a mail with a link of their own, and the next one when that one can't.
 * @throws NotFound; RuleViolation `council_agenda_answer_shut` (over, cancelled, withdrawn), `council_agenda_answer_moved`
 * when the session was changed since the page was shown, `council_agenda_answer_none` for an answer that isn't offered,
 * `council_agenda_answer_nobody` when nobody may stand in
 */
export async function giveAnswer(
	ctx: Ctx,
	token: string,
	form: AnswerForm,
	{ by, origin }: { by: 'link' | 'desk' | 'office'; origin: string },
): Promise<void> {
	const id = invitationOf(token);
	if (!id) throw new NotFound('invitation');
	const { choices, substitutes } = await answerView(ctx, token);
	await write(ctx, async (tx) => {
		// First the session, then the invitation: the same order as everybody else who writes here.
		await sql`select m.id from council.meeting m join council.invitation v on v.body_id = m.body_id and v.meeting_id = m.id
			where v.body_id = ${tx.body.id} and v.id = ${id} for update of m`.execute(tx.db);
		const row = await rowOf(tx, id, true);
		if (!row) throw new NotFound('invitation');
		const session = await sessionById(tx, row.meetingId);
		if (stateOf(tx, row, session) !== 'open') throw new RuleViolation('council_agenda_answer_shut');
		if (form.version !== session.version) throw new RuleViolation('council_agenda_answer_moved');
		if (!choices.includes(form.answer)) throw new RuleViolation('council_agenda_answer_none');
		await tx.db
			.updateTable('council.invitation')
			.set({
				answer: form.answer,
				reason: form.answer === 'no' ? form.reason : '',
				arrives_at: form.answer === 'late' && form.arrives ? Temporal.PlainTime.from(form.arrives) : null,
				answered_at: tx.now,
				answered_by: by,
				answered_version: session.version,
			})
			.where('id', '=', id)
			.execute();
		await followSubstitutes(tx, { row, session, form, substitutes, origin });
		tx.touch('council.invitation', id, { act: 'answered', fields: { answer: form.answer, by } });
	});
}

interface Following {
	row: Row;
	session: SessionRow;
	form: AnswerForm;
	substitutes: Eligible[];
	origin: string;
}

async function followSubstitutes(tx: WriteCtx, given: Following): Promise<void> {
	const { row, session, form, origin } = given;
	if (form.answer === 'substitute') await askSubstitute(tx, given);
	else if (row.answer === 'substitute') await withdrawSubstitutes(tx, row.id, session, origin);
	// A substitute who can't come: the next one is asked, as long as the member still wants one.
	if (row.role === 'substitute' && row.substituteForId && form.answer === 'no') {
		const principal = await rowOf(tx, row.substituteForId);
		if (principal?.answer !== 'substitute' || !principal.seatId) return;
		const left = await eligibleFor(tx, session.id, principal.seatId);
		await askSubstitute(tx, { ...given, row: principal, substitutes: left, form: { ...form, substitute: null } }).catch(
			(error: unknown) => {
				// Nobody is left: the office sees it in the list of answers.
				if (!(error instanceof RuleViolation)) throw error;
			},
		);
	}
}

async function askSubstitute(tx: WriteCtx, { row, session, form, substitutes, origin }: Following): Promise<void> {
	const rows = await tx.db
		.selectFrom('council.invitation')
		.select(['id', 'person_id', 'answer', 'withdrawn', 'substitute_for_id'])
		.where('meeting_id', '=', session.id)
		.execute();
	const ours = rows.filter((each) => each.substitute_for_id === row.id && !each.withdrawn && each.answer !== 'no');
	const wanted = form.substitute;
	if (ours.some((each) => !wanted || each.person_id === wanted)) return;
	const taken = new Set(rows.filter((each) => !each.withdrawn || each.answer === 'no').map((each) => each.person_id));
	const free = substitutes.filter(({ personId }) => !taken.has(personId));
	const chosen = wanted ? free.find(({ personId }) => personId === wanted) : free[0];
	if (!chosen) throw new RuleViolation('council_agenda_answer_nobody', {}, 'substitute');
	if (ours.length) await withdrawSubstitutes(tx, row.id, session, origin);
	const person = await tx.db
		.selectFrom('registry.person')
		.select(['email', 'locale'])
		.where('id', '=', chosen.personId)
		.executeTakeFirstOrThrow();
	const values = {
		role: 'substitute' as const,
		function: '',
		seat_id: row.seatId,
		voting: true,
		substitute_for_id: row.id,
		name: chosen.name,
		email: person.email ?? '',
		locale: person.locale,
		answer: 'open' as const,
		answered_at: null,
		answered_version: null,
		withdrawn: false,
	};
	const again = rows.find((each) => each.person_id === chosen.personId);
	const id = again?.id ?? newId();
	if (again) await tx.db.updateTable('council.invitation').set(values).where('id', '=', id).execute();
	else
		await tx.db
			.insertInto('council.invitation')
			.values({ id, meeting_id: session.id, person_id: chosen.personId, created_at: tx.now, ...values })
			.execute();
	await order(tx, {
		meetingId: session.id,
		purpose: 'substitute',
		key: tx.now.toString({ smallestUnit: 'second' }),
		origin,
		invitationId: id,
	});
}

/** The member comes after all: whoever was asked to stand in is told that they need not. */
async function withdrawSubstitutes(
	tx: WriteCtx,
	principalId: string,
	session: SessionRow,
	origin: string,
): Promise<void> {
	const gone = await tx.db
		.updateTable('council.invitation')
		.set({ withdrawn: true })
		.where('substitute_for_id', '=', principalId)
		.where('withdrawn', '=', false)
		.returning(['id', 'answer'])
		.execute();
	for (const { id, answer } of gone) {
		if (answer === 'no') continue;
		const key = `withdrawn-${tx.now.toString({ smallestUnit: 'second' })}`;
		await order(tx, { meetingId: session.id, purpose: 'cancellation', key, origin, invitationId: id });
	}
}
