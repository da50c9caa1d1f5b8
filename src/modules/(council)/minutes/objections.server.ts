import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { findMajority, type MajorityFinding } from '../votes/rules/majority.ts';
import { correctItem } from './corrections.server.ts';
import { hasClosedItems } from './rules/content.ts';
import { isFixed, type MinutesState } from './rules/states.ts';
import { lockMinutes, standingOf, stepTo, versionsOf, type LockedMinutes } from './store.server.ts';
import { setState } from './workflow.server.ts';

export interface NewObjection {
	itemId: string | null;
	text: string;
	/** How it should read instead. */
	wanted: string;
}

/**
 * A member objects to the minutes: on the correctness of the record, not on its content (rulebook R2-43). Until the session
 * that decides has begun it is put before the body by itself; later ones are kept as late. Pressed twice it is one.
 * @returns whether it came too late @throws RuleViolation `council.minutes.notYet` while nothing is signed, `.objectionEmpty`
 */
export async function objectTo(ctx: Ctx, slug: string, objection: NewObjection): Promise<{ late: boolean }> {
	demand(ctx.actor, 'council.minutes.object');
	return write(ctx, async (tx) => {
		const minutes = await lockMinutes(tx, slug, 'council.minutes.object');
		if (!isFixed(minutes.state)) throw new RuleViolation('council.minutes.notYet');
		const text = objection.text.trim();
		if (!text) throw new RuleViolation('council.minutes.objectionEmpty', {}, 'text');
		const [version] = await versionsOf(tx, minutes.id);
		const itemId = version!.content.items.some(({ id }) => id === objection.itemId) ? objection.itemId : null;
		const late = minutes.state === 'approved' || minutes.state === 'archived' || (await decidingHasBegun(tx, minutes));
		if (await alreadyFiled(tx, minutes.id, text)) return { late };
		const id = newId();
		await tx.db
			.insertInto('council.minutes_objection')
			.values({
				id,
				minutes_id: minutes.id,
				version_id: version!.id,
				agenda_item_id: itemId,
				person_id: tx.actor.personId,
				name: tx.actor.name ?? '',
				text,
				wanted: objection.wanted.trim(),
				filed_at: tx.now,
				late,
			})
			.execute();
		tx.touch('council.minutes', minutes.id, { act: 'objected', fields: { objection: id, late } });
		return { late };
	});
}

/** The session that confirms these minutes, and whether it has been opened. */
async function decidingHasBegun(tx: WriteCtx, minutes: LockedMinutes): Promise<boolean> {
	const { rows } = await sql<{ begun: boolean }>`
		select exists (select from council.agenda_item i join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
			where i.body_id = ${tx.body.id} and i.kind = 'minutesApproval' and not m.cancelled
			and m.council_body_id = ${minutes.councilBodyId} and m.date > ${minutes.date}::date
			and m.state in ('running', 'held', 'minutesSigned')
			and i.approves_meeting_id = ${minutes.meetingId}::uuid) as begun`.execute(tx.db);
	return rows[0]!.begun;
}

async function alreadyFiled(tx: WriteCtx, minutesId: string, text: string): Promise<boolean> {
	const row = await tx.db
		.selectFrom('council.minutes_objection')
		.select('id')
		.where('minutes_id', '=', minutesId)
		.where('person_id', '=', tx.actor.personId)
		.where('text', '=', text)
		.where('state', '=', 'open')
		.executeTakeFirst();
	return row !== undefined;
}

/** Whoever objected takes it back, as long as nothing was decided. @throws NotFound, Forbidden */
export async function withdrawObjection(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'council.minutes.object');
	await write(ctx, async (tx) => {
		const objection = await lockObjection(tx, id);
		if (objection.personId === null || objection.personId !== tx.actor.personId)
			throw new Forbidden('council.minutes.object');
		if (objection.state !== 'open') return;
		await tx.db.updateTable('council.minutes_objection').set({ state: 'withdrawn' }).where('id', '=', id).execute();
		tx.touch('council.minutes', objection.minutesId, { act: 'objectionWithdrawn', fields: { objection: id } });
	});
}

export interface Decision {
	/** The item of the later session under which the body voted. */
	itemId: string | null;
	yes: number;
	no: number;
	abstain: number;
	note: string;
	/** For an objection that is accepted: how the item reads from now on, in the writing syntax. */
	corrected: string;
}

/**
 * The body's vote on an objection, by the majority of the profile in force on the day of the vote (R2-43, R2-45): reached, it
 * corrects the minutes as a new version, otherwise it keeps them. Both are told in the minutes of the session that decided.
 * @throws RuleViolation `council.minutes.correctionMissing` when it is accepted without the words that should stand there,
 * `.moreVotes` than there were voters
 */
export async function decideObjection(ctx: Ctx, id: string, decision: Decision): Promise<'accepted' | 'rejected'> {
	demand(ctx.actor, 'council.edit');
	return write(ctx, async (tx) => {
		const objection = await lockObjection(tx, id);
		const minutes = await lockMinutes(tx, objection.slug, 'council.edit');
		if (objection.state !== 'open') return objection.state === 'accepted' ? 'accepted' : 'rejected';
		const item = await decidingItem(tx, decision.itemId, minutes);
		const finding = await majorityOf(tx, minutes.councilBodyId, item, decision);
		const accepted = finding ? finding.outcome.adopted : decision.yes > decision.no;
		let corrected: string | null = null;
		if (accepted) {
			const reason = `Einwendung von ${objection.name}, angenommen am ${day(item?.date ?? tx.today)}`;
			corrected = await correctItem(tx, minutes, objection.itemId, decision.corrected || objection.wanted, reason);
		}
		await tx.db
			.updateTable('council.minutes_objection')
			.set({
				state: accepted ? 'accepted' : 'rejected',
				decided_on: item?.date ?? tx.today,
				decided_item_id: item?.id ?? null,
				decision_note: decision.note.trim(),
				yes: decision.yes,
				no: decision.no,
				abstain: decision.abstain,
				finding: finding && JSON.stringify(finding),
				corrected_version_id: corrected,
			})
			.where('id', '=', id)
			.execute();
		tx.touch('council.minutes', minutes.id, {
			act: accepted ? 'objectionAccepted' : 'objectionRejected',
			fields: { objection: id },
		});
		tx.touch('council.meeting', minutes.meetingId, { act: 'minutesDecided' });
		return accepted ? 'accepted' : 'rejected';
	});
}

/** The majority by the rules of the day; undefined where no profile covers it. The last count of the session says who was there. */
async function majorityOf(
	tx: WriteCtx,
	councilBodyId: string,
	item: { id: string; date: Temporal.PlainDate } | undefined,
	{ yes, no, abstain }: Decision,
): Promise<MajorityFinding | undefined> {
	const profile = await profileFor(tx, councilBodyId, item?.date ?? tx.today);
	if (!profile) return undefined;
	const { rows } = await sql<{ present: number; seats: number }>`
		select (q.computed #>> '{outcome,present}')::int as present, (q.computed #>> '{inputs,statutorySeats}')::int as seats
		from council.quorum_finding q join council.agenda_item i on i.body_id = q.body_id and i.meeting_id = q.meeting_id
		where q.body_id = ${tx.body.id} and i.id = ${item?.id ?? null}::uuid and coalesce(q.council_body_id, ${councilBodyId}) = ${councilBodyId}
		order by q.at desc nulls last, q.id desc limit 1`.execute(tx.db);
	const votes = yes + no + abstain;
	const { present = votes, seats = votes } = rows[0] ?? {};
	if (votes > present) throw new RuleViolation('council.minutes.moreVotes', { votes, present }, 'yes');
	const silent = { invalid: 0, biased: 0, presentNotVoting: present - votes };
	return findMajority(profile, { yes, no, abstain, ...silent, present, seats });
}

interface LockedObjection {
	minutesId: string;
	slug: string;
	itemId: string | null;
	personId: string | null;
	name: string;
	wanted: string;
	state: string;
}

async function lockObjection(tx: WriteCtx, id: string): Promise<LockedObjection> {
	if (!isId(id)) throw new NotFound('objection');
	const { rows } = await sql<LockedObjection>`
		select o.minutes_id as "minutesId", m.slug, o.agenda_item_id as "itemId", o.person_id as "personId", o.name, o.wanted, o.state
		from council.minutes_objection o
		join council.minutes_record r on r.body_id = o.body_id and r.id = o.minutes_id
		join council.meeting m on m.body_id = r.body_id and m.id = r.meeting_id
		where o.body_id = ${tx.body.id} and o.id = ${id} for update of o`.execute(tx.db);
	if (!rows[0]) throw new NotFound('objection');
	return rows[0];
}

/** An item of a later session of the same body, or none. */
async function decidingItem(tx: WriteCtx, itemId: string | null, minutes: LockedMinutes) {
	if (!itemId || !isId(itemId)) return undefined;
	return tx.db
		.selectFrom('council.agenda_item as i')
		.innerJoin('council.meeting as m', 'm.id', 'i.meeting_id')
		.select(['i.id', 'm.date'])
		.where('i.id', '=', itemId)
		.where('m.council_body_id', '=', minutes.councilBodyId)
		.where('m.date', '>', minutes.date)
		.executeTakeFirst();
}

/**
 * The body has confirmed the minutes: their public part, or their closed one (R2-43). Once all parts are confirmed they
 * are approved. @throws RuleViolation `council.minutes.openObjections`, `.wrongState`
 */
export async function approve(
	ctx: Ctx,
	slug: string,
	{ part, itemId }: { part: 'public' | 'closed'; itemId: string | null },
): Promise<MinutesState> {
	demand(ctx.actor, 'council.edit');
	return write(ctx, async (tx) => {
		const minutes = await lockMinutes(tx, slug, 'council.edit');
		if (minutes.state === 'approved' || minutes.state === 'archived') return minutes.state;
		const item = await decidingItem(tx, itemId, minutes);
		const on = item?.date ?? tx.today;
		const [version] = await versionsOf(tx, minutes.id);
		const publicOn = part === 'public' ? on : minutes.approvedPublicOn;
		const closedOn = part === 'closed' ? on : minutes.approvedClosedOn;
		const closed = version ? hasClosedItems(version.content) : false;
		const partsUnapproved = Number(publicOn === null) + Number(closed && closedOn === null);
		const openObjections = await countOpen(tx, minutes.id);
		const state = stepTo('approve', await standingOf(tx, minutes, { partsUnapproved, openObjections }));
		await setState(tx, minutes, { state, approved_public_on: publicOn, approved_closed_on: closedOn }, 'approved', {
			part,
		});
		if (item)
			await tx.db
				.updateTable('council.agenda_item')
				.set({ result: 'confirmed' })
				.where('id', '=', item.id)
				.where('result', 'is', null)
				.execute();
		return state;
	});
}

async function countOpen(tx: WriteCtx, minutesId: string): Promise<number> {
	const { rows } = await sql<{ n: number }>`select count(*)::int as n from council.minutes_objection
		where body_id = ${tx.body.id} and minutes_id = ${minutesId} and state = 'open' and not late`.execute(tx.db);
	return rows[0]!.n;
}

function day(date: Temporal.PlainDate): string {
	return new Intl.DateTimeFormat('de', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
}
