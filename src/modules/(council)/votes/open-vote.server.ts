import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { Conflict, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { MajorityKind, type MajorityRule, type Profile } from '../rules/profile.ts';
import { presentVoters } from '../session/presence.server.ts';
import { mayResolve } from '../session/quorum.server.ts';
import { rulesOf } from '../session/state.server.ts';
import { barredRows, bodyOf, told, type LockedItem } from './item.server.ts';
import { demandWording, lockMotion, type Motion } from './motions.server.ts';
import { mayAsk, methodFor, type VoteMethod } from './rules/method.ts';
import { before, finalText } from './rules/order.ts';
import type { VoteGiven } from './schema.ts';
import { beginSecretBallot } from './secret.server.ts';

/** What the room warns of before a vote; the office may go on with a reason (rulebook R2-41, R2-48). */
export type Warning = 'anyOther' | 'order';

/**
 * Opens the vote on a motion: the method follows from who asked for what (R2-44), the text is the main text as amended.
 * Opening twice gives the vote that is open.
 * @param base the wording that was read out (`wordingHash`); empty asks for nothing
 * @returns its id
 * @throws RuleViolation `council_votes_no_quorum`, `council_votes_quorum_unstated`, `council_votes_quorum_again` (block), `council_votes_warned` (params: `warnings`, comma separated) until
 * `anyway` is said with a reason, `council_votes_amended_text_missing`, `council_votes_too_few_askers`, `council_votes_motion_decided`;
 * Conflict when the motion reads otherwise by now
 */
export async function openVote(tx: WriteCtx, given: VoteGiven, base = ''): Promise<string> {
	const { item, motion, all } = await lockMotion(tx, given.motion);
	const councilBodyId = bodyOf(item, given.body);
	const running = await voteOn(tx, motion.id, councilBodyId, 'open');
	if (running) return running;
	if (motion.state !== 'open' || (await voteOn(tx, motion.id, councilBodyId, 'closed')))
		throw new RuleViolation('council_votes_motion_decided');
	demandWording(motion, base);
	const profile = await rulesOf(tx, item.session, councilBodyId);
	await demandQuorum(tx, item, councilBodyId);
	const text = textToVoteOn(motion, all);
	const warned = warningsFor(item, motion, all);
	if (warned.length && !(given.anyway && given.reason))
		throw new RuleViolation('council_votes_warned', { warnings: warned.join(',') }, 'anyway');
	const method = methodOf(profile, given);
	const id = given.vote ?? newId();
	if (given.vote && (await voteExists(tx, id))) throw new Conflict('vote');
	await tx.db
		.insertInto('council.vote')
		.values({
			id,
			agenda_item_id: item.id,
			position: await nextPosition(tx, item.id),
			motion_id: motion.id,
			council_body_id: councilBodyId,
			text,
			method,
			state: 'open',
			majority: given.majority ? JSON.stringify(majorityOf(given.majority)) : null,
			askers: method === 'secret' ? given.secretAskers : method === 'rollCall' ? given.rollCallAskers : null,
			by_members: method === 'rollCall' && given.byMembers,
			warned,
			warned_reason: warned.length ? given.reason : '',
			opened_at: tx.now,
		})
		.execute();
	if (method === 'secret') {
		const voters = await votersFor(tx, item, councilBodyId);
		await beginSecretBallot(tx, { voteId: id, choices: ['yes', 'no', ''], voters });
	}
	told(tx, item, 'voteOpened', { vote: id, method });
	return id;
}

/** Lack of quorum, found at the opening or after a challenge, blocks; otherwise the room only warns. */
export async function demandQuorum(tx: WriteCtx, item: LockedItem, councilBodyId: string): Promise<void> {
	const barred = (await barredRows(tx, item.id)).size;
	const { may, finding, because: why } = await mayResolve(tx, item.session.id, item.id, { councilBodyId, barred });
	if (may) return;
	const { present = 0, needed = 0, because } = finding?.outcome ?? {};
	if (because === 'noVotingMembers') throw new RuleViolation('council_votes_no_voters');
	if (why === 'notStated' && finding) throw new RuleViolation('council_votes_quorum_unstated', { present, needed });
	// Enough are there by now, and what was found before still holds.
	if (why === 'lack' && finding?.outcome.quorate)
		throw new RuleViolation('council_votes_quorum_again', { present, needed });
	throw new RuleViolation('council_votes_no_quorum', { present, needed });
}

/** Who may vote on the item now: present with a seat, and not barred. */
export async function votersFor(tx: WriteCtx, item: LockedItem, councilBodyId: string) {
	const voters = await presentVoters(tx, item.session.id, councilBodyId, tx.now);
	const barred = await barredRows(tx, item.id);
	return voters.filter(({ attendanceId }) => !barred.has(attendanceId));
}

function textToVoteOn(motion: Motion, all: readonly Motion[]): string {
	const adopted = all.filter(({ amendsId, state }) => amendsId === motion.id && state === 'adopted').length;
	const text = finalText(motion, adopted);
	if (text === null) throw new RuleViolation('council_votes_amended_text_missing');
	return text;
}

function warningsFor(item: LockedItem, motion: Motion, all: readonly Motion[]): Warning[] {
	const warnings: Warning[] = [];
	if (item.kind === 'anyOther') warnings.push('anyOther');
	if (before(all, motion.id).length) warnings.push('order');
	return warnings;
}

function methodOf(profile: Profile, given: VoteGiven): VoteMethod {
	for (const [method, askers] of [
		['secret', given.secretAskers],
		['rollCall', given.rollCallAskers],
	] as const) {
		if (askers > 0 && !mayAsk(profile, method, askers)) {
			const { rollCallAskers, secretAskers } = profile.rules.voting;
			const needed = method === 'secret' ? secretAskers : rollCallAskers;
			throw new RuleViolation('council_votes_too_few_askers', { needed }, `${method}Askers`);
		}
	}
	return methodFor(profile, { rollCall: given.rollCallAskers, secret: given.secretAskers });
}

/** 'twoThirds:present' as a form sends it; anything else is a programming error of the page or a try from outside. */
function majorityOf(text: string): MajorityRule {
	const [kind, of] = text.split(':');
	const found = MajorityKind.safeParse(kind);
	if (!found.success || (of !== 'votesCast' && of !== 'present' && of !== 'seats'))
		throw new RuleViolation('council_votes_majority_unknown', {}, 'majority');
	return { kind: found.data, of };
}

/** The vote of a body on a motion in that state. */
async function voteOn(
	tx: WriteCtx,
	motionId: string,
	councilBodyId: string,
	state: 'open' | 'closed',
): Promise<string | undefined> {
	const row = await tx.db
		.selectFrom('council.vote')
		.select('id')
		.where('motion_id', '=', motionId)
		.where('council_body_id', '=', councilBodyId)
		.where('state', '=', state)
		.executeTakeFirst();
	return row?.id;
}

async function voteExists(tx: WriteCtx, id: string): Promise<boolean> {
	const row = await tx.db.selectFrom('council.vote').select('id').where('id', '=', id).executeTakeFirst();
	return row !== undefined;
}

async function nextPosition(tx: WriteCtx, itemId: string): Promise<number> {
	const { rows } = await sql<{ next: number }>`select coalesce(max(position) + 1, 0)::int as next from council.vote
		where body_id = ${tx.body.id} and agenda_item_id = ${itemId}`.execute(tx.db);
	return rows[0]!.next;
}
