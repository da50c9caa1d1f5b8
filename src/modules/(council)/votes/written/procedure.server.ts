import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { linkToken } from '../../planning/links.server.ts';
import type { Profile, WrittenRule } from '../../rules/profile.ts';
import { profileFor } from '../../structure/profiles.server.ts';
import { votingMembers, type VotingMember } from '../../structure/voting.server.ts';
import { findWritten, writtenInputs, type WrittenFinding, type WrittenVoice } from '../rules/written.ts';
import { askInWriting, tellOutcome } from './letters.server.ts';
import { placeWritten } from './place.server.ts';
import type { NewWritten } from './schema.ts';

/** A written procedure, locked: answers come one after the other, because each may be the one that ends it. */
export interface LockedWritten {
	id: string;
	councilBodyId: string;
	slug: string;
	body: string;
	number: number;
	title: string;
	text: string;
	rule: WrittenRule;
	state: 'running' | 'adopted' | 'rejected' | 'failed' | 'withdrawn';
	openedAt: Temporal.Instant;
	lastDay: Temporal.PlainDate;
}

/**
 * Puts a question to all voting members in writing (rulebook R2-53). Each gets an address of their own by mail, in their
 * language. The form's id makes it safe to send twice.
 * @returns its number in the body
 * @throws NotFound, Forbidden without `council.convene`; RuleViolation `written.off` where the rules have no such procedure,
 * `written.tooSoon` for less time than they give (params: `date`), `written.nobody` in a body without voting members
 */
export async function openWritten(ctx: Ctx, councilBodyId: string, given: NewWritten, origin: string): Promise<number> {
	demand(ctx.actor, 'council.convene', councilBodyId);
	return write(ctx, async (tx) => {
		await sql`select from council.council_body where body_id = ${tx.body.id} and id = ${councilBodyId} for update`.execute(
			tx.db,
		);
		const known = await tx.db
			.selectFrom('council.written_procedure')
			.select('number')
			.where('id', '=', given.id)
			.executeTakeFirst();
		if (known) return known.number;
		const rule = await ruleFor(tx, councilBodyId);
		const lastDay = Temporal.PlainDate.from(given.lastDay);
		const earliest = tx.today.add({ days: rule.days });
		if (Temporal.PlainDate.compare(lastDay, earliest) < 0)
			throw new RuleViolation('written.tooSoon', { date: earliest.toString() }, 'lastDay');
		const members = await votingMembers(tx, councilBodyId, tx.today);
		if (!members.length) throw new RuleViolation('written.nobody');
		const number = await nextNumber(tx, councilBodyId);
		await tx.db
			.insertInto('council.written_procedure')
			.values({
				id: given.id,
				council_body_id: councilBodyId,
				number,
				title: given.title,
				text: given.text,
				reason: given.reason,
				rule: JSON.stringify(rule),
				opened_at: tx.now,
				last_day: lastDay,
			})
			.execute();
		await addAsked(tx, given.id, members);
		tx.touch('council.writtenProcedure', given.id, { act: 'opened', fields: { number, asked: members.length } });
		await askInWriting(tx, await lockWritten(tx, given.id), 'ask', origin);
		return number;
	});
}

async function addAsked(tx: WriteCtx, procedureId: string, members: readonly VotingMember[]): Promise<void> {
	const rows = members.map((member) => {
		const id = newId();
		return {
			id,
			procedure_id: procedureId,
			membership_id: member.membershipId,
			person_id: member.personId,
			seat_id: member.seatId,
			name: member.name,
			link_hash: hashToken(linkToken('written', id)),
		};
	});
	await tx.db.insertInto('council.written_answer').values(rows).execute();
}

/** The rule of today. @throws RuleViolation `written.off` */
async function ruleFor(tx: Pick<Ctx, 'db' | 'today'>, councilBodyId: string): Promise<WrittenRule> {
	const profile = await profileFor(tx, councilBodyId, tx.today);
	if (!profile || profile.rules.written.mode === 'off') throw new RuleViolation('written.off');
	return profile.rules.written;
}

async function nextNumber(tx: WriteCtx, councilBodyId: string): Promise<number> {
	const { rows } = await sql<{ next: number }>`select coalesce(max(number), 0)::int + 1 as next
		from council.written_procedure where body_id = ${tx.body.id} and council_body_id = ${councilBodyId}`.execute(tx.db);
	return rows[0]!.next;
}

/** @throws NotFound for one that does not exist */
export async function lockWritten(tx: WriteCtx, id: string): Promise<LockedWritten> {
	if (!isId(id)) throw new NotFound('written procedure');
	// The body first, as everybody who plans a session does: what comes of the procedure goes on its next agenda.
	await sql`select from council.council_body cb where cb.body_id = ${tx.body.id} and cb.id = (select council_body_id
		from council.written_procedure where body_id = ${tx.body.id} and id = ${id}) for share`.execute(tx.db);
	const { rows } = await sql<LockedWritten>`
		select w.id, w.council_body_id as "councilBodyId", cb.slug, o.name as body, w.number, w.title, w.text, w.rule, w.state,
			w.opened_at as "openedAt", w.last_day as "lastDay"
		from council.written_procedure w
		join council.council_body cb on cb.body_id = w.body_id and cb.id = w.council_body_id
		join registry.organisation o on o.body_id = w.body_id and o.id = w.council_body_id
		where w.body_id = ${tx.body.id} and w.id = ${id} for update of w`.execute(tx.db);
	if (!rows[0]) throw new NotFound('written procedure');
	return rows[0];
}

/** Has the last day passed, in the town's time? */
export function isOver(ctx: Pick<Ctx, 'today'>, { lastDay }: Pick<LockedWritten, 'lastDay'>): boolean {
	return Temporal.PlainDate.compare(ctx.today, lastDay) > 0;
}

/**
 * Looks whether it is decided now, and if so, ends it: finding stored, members told, item on the next agenda. Call it with
 * the procedure locked, after each answer and when the last day has passed.
 */
export async function settleWritten(tx: WriteCtx, procedure: LockedWritten, origin: string): Promise<WrittenFinding> {
	const profile = await profileOf(tx, procedure);
	const answers = await tx.db
		.selectFrom('council.written_answer')
		.select(['voice', 'consents'])
		.where('procedure_id', '=', procedure.id)
		.execute();
	const finding = findWritten(profile, writtenInputs(answers as WrittenVoice[], isOver(tx, procedure)));
	const { state, because } = finding.outcome;
	if (procedure.state !== 'running' || state === 'running') return finding;
	await tx.db
		.updateTable('council.written_procedure')
		.set({ state, closed_at: tx.now, finding: JSON.stringify(finding) })
		.where('id', '=', procedure.id)
		.execute();
	tx.touch('council.writtenProcedure', procedure.id, { act: 'closed', fields: { state, because } });
	await placeWritten(tx, procedure.councilBodyId);
	await tellOutcome(tx, { ...procedure, state }, finding, origin);
	return finding;
}

/** The profile of the day it began, with the rule as it was then. */
async function profileOf(tx: WriteCtx, { councilBodyId, openedAt, rule }: LockedWritten): Promise<Profile> {
	const day = openedAt.toZonedDateTimeISO(tx.body.timeZone).toPlainDate();
	const profile = await profileFor(tx, councilBodyId, day);
	if (!profile) throw new RuleViolation('written.off');
	return { ...profile, rules: { ...profile.rules, written: rule } };
}

/**
 * Takes a running procedure back, with a reason that those who were asked are told. Twice changes nothing.
 * @throws RuleViolation `written.over` once it is decided
 */
export async function withdrawWritten(ctx: Ctx, id: string, reason: string, origin: string): Promise<void> {
	await write(ctx, async (tx) => {
		const procedure = await lockWritten(tx, id);
		demand(tx.actor, 'council.convene', procedure.councilBodyId);
		if (procedure.state === 'withdrawn') return;
		if (procedure.state !== 'running') throw new RuleViolation('written.over');
		await tx.db
			.updateTable('council.written_procedure')
			.set({ state: 'withdrawn', closed_at: tx.now, close_note: reason })
			.where('id', '=', id)
			.execute();
		tx.touch('council.writtenProcedure', id, { act: 'withdrawn', fields: { reason } });
		await tellOutcome(tx, { ...procedure, state: 'withdrawn' }, null, origin, reason);
	});
}

/** The way back from withdrawing, while its last day has not passed. @throws RuleViolation `written.over` */
export async function resumeWritten(ctx: Ctx, id: string, origin: string): Promise<void> {
	await write(ctx, async (tx) => {
		const procedure = await lockWritten(tx, id);
		demand(tx.actor, 'council.convene', procedure.councilBodyId);
		if (procedure.state === 'running') return;
		if (procedure.state !== 'withdrawn' || isOver(tx, procedure)) throw new RuleViolation('written.over');
		await tx.db
			.updateTable('council.written_procedure')
			.set({ state: 'running', closed_at: null, close_note: '' })
			.where('id', '=', id)
			.execute();
		tx.touch('council.writtenProcedure', id, { act: 'resumed' });
		await askInWriting(tx, { ...procedure, state: 'running' }, 'ask', origin);
	});
}

/** Reminds those who have not answered. @returns how many mails went out @throws RuleViolation `written.over` */
export async function remindInWriting(ctx: Ctx, id: string, origin: string): Promise<number> {
	return write(ctx, async (tx) => {
		const procedure = await lockWritten(tx, id);
		demand(tx.actor, 'council.convene', procedure.councilBodyId);
		if (procedure.state !== 'running' || isOver(tx, procedure)) throw new RuleViolation('written.over');
		await tx.db.updateTable('council.written_procedure').set({ reminded_on: tx.today }).where('id', '=', id).execute();
		const count = await askInWriting(tx, procedure, 'remind', origin);
		tx.touch('council.writtenProcedure', id, { act: 'reminded', fields: { count } });
		return count;
	});
}
