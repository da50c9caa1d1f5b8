import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { putOnAgenda } from '../../agenda/put.server.ts';
import { linkToken } from '../links.server.ts';
import { addressee } from '../people.server.ts';
import type { NewTopic } from '../schema.ts';
import { sendDecision, sendReceipt } from './letters.server.ts';
import type { TopicState } from './queries.server.ts';

/** Months after which name and address of somebody who proposed a topic are forgotten at the latest. */
const KEEP_MONTHS = 12;

/**
 * Takes a proposal: from a member or the office signed in, or from any resident. A receipt goes by mail if there is an
 * address; the private page shows it in any case.
 * @param park puts it on the parking lot at once (scenario SIT-24), for those who convene
 * @returns the token of the private page
 * @throws NotFound for a body that strangers may not know of
 */
export async function proposeTopic(
	ctx: Ctx,
	given: NewTopic,
	{ origin, park = false }: { origin: string; park?: boolean },
): Promise<string> {
	if (park) demand(ctx.actor, 'council.convene', given.councilBodyId);
	return write(ctx, async (tx) => {
		const body = await openBody(tx, given.councilBodyId);
		const who = await proposer(tx, given);
		const id = newId();
		const token = linkToken('proposal', id);
		await tx.db
			.insertInto('council.topic_proposal')
			.values({
				id,
				council_body_id: given.councilBodyId,
				title: given.title,
				text: given.text,
				origin: who.origin,
				person_id: who.personId,
				name: who.personId ? '' : who.name,
				email: who.personId ? '' : who.email,
				locale: who.locale,
				token_hash: hashToken(token),
				state: park ? 'parked' : 'received',
				decided_on: park ? tx.today : null,
				decided_by_id: park ? tx.actor.personId : null,
				created_at: tx.now,
				delete_on: tx.today.add({ months: KEEP_MONTHS }),
			})
			.execute();
		tx.touch('council.topicProposal', id, { act: park ? 'parked' : 'received', fields: { origin: who.origin } });
		if (!park) await sendReceipt(tx, who, { title: given.title, body }, { origin, token });
		return token;
	});
}

async function openBody(tx: WriteCtx, id: string): Promise<string> {
	const { rows } = await sql<{
		name: string;
		visibility: string;
	}>`select o.name, b.visibility from council.council_body b
		join registry.organisation o on o.body_id = b.body_id and o.id = b.id where b.body_id = ${tx.body.id} and b.id = ${id}`.execute(
		tx.db,
	);
	if (!rows[0] || (rows[0].visibility !== 'public' && !may(tx.actor, 'council.members', id)))
		throw new NotFound('council body');
	return rows[0].name;
}

async function proposer(tx: WriteCtx, given: NewTopic) {
	if (!tx.actor.personId || !may(tx.actor, 'council.members', given.councilBodyId)) {
		const { name, email } = given;
		return { ...addressee({ personId: null, name, email, locale: tx.locale }), origin: 'resident' as const };
	}
	const { rows } = await sql<{ name: string; email: string | null; locale: string }>`
		select concat_ws(' ', nullif(given_name, ''), family_name) as name, email, locale from registry.person
		where body_id = ${tx.body.id} and id = ${tx.actor.personId}`.execute(tx.db);
	const sits = tx.actor.grants.some(
		({ role, organisationId }) => ['member', 'chair'].includes(role) && organisationId === given.councilBodyId,
	);
	return {
		...addressee({ personId: tx.actor.personId, ...rows[0]! }),
		origin: sits ? ('member' as const) : ('office' as const),
	};
}

export type Decision =
	| { to: 'accepted' | 'parked'; reason: string }
	/** Never without a reason (rulebook R2-42). */
	| { to: 'declined'; reason: string }
	/** Onto the agenda of this session, or of the body's next one. */
	| { to: 'onAgenda'; meetingId: string | null; reason: string };

/**
 * Decides on a proposal and tells whoever made it. The same decision again changes nothing.
 * @throws RuleViolation `council.topicReason` (declined without one), `council.topicDone` (stands on an agenda already),
 * `council.topicNoSession` (no coming session); NotFound, Forbidden
 */
export async function decideTopic(ctx: Ctx, id: string, decision: Decision, origin: string): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const topic = await lockedTopic(tx, id);
		demand(tx.actor, 'council.convene', topic.councilBodyId);
		if (topic.state === decision.to) return;
		if (topic.state === 'onAgenda' || topic.state === 'withdrawn') throw new RuleViolation('council.topicDone');
		if (decision.to === 'declined' && !decision.reason)
			throw new RuleViolation('council.topicReason', {}, `reason-${id}`);
		const placed = decision.to === 'onAgenda' ? await place(tx, topic, decision.meetingId) : null;
		await tx.db
			.updateTable('council.topic_proposal')
			.set({
				state: decision.to,
				reason: decision.reason,
				decided_on: tx.today,
				decided_by_id: tx.actor.personId,
				meeting_id: placed?.meetingId ?? null,
				agenda_item_id: placed?.itemId ?? null,
			})
			.where('id', '=', id)
			.execute();
		tx.touch('council.topicProposal', id, { act: decision.to, fields: { state: decision.to } });
		// Those who parked their own idea need no letter.
		if (topic.personId !== tx.actor.personId || !topic.personId)
			await sendDecision(tx, topic, { ...decision, meeting: placed }, { origin, token: linkToken('proposal', id) });
	});
}

/** Takes a decision back, as long as it did not reach an agenda. @throws RuleViolation `council.topicDone` */
export async function reopenTopic(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const topic = await lockedTopic(tx, id);
		demand(tx.actor, 'council.convene', topic.councilBodyId);
		if (topic.state === 'received') return;
		if (topic.state === 'onAgenda' || topic.state === 'withdrawn') throw new RuleViolation('council.topicDone');
		await tx.db
			.updateTable('council.topic_proposal')
			.set({ state: 'received', reason: '', decided_on: null, decided_by_id: null })
			.where('id', '=', id)
			.execute();
		tx.touch('council.topicProposal', id, { act: 'reopened' });
	});
}

interface LockedTopic {
	id: string;
	councilBodyId: string;
	body: string;
	title: string;
	text: string;
	state: TopicState;
	personId: string | null;
	name: string;
	email: string;
	locale: string;
}

async function lockedTopic(tx: WriteCtx, id: string): Promise<LockedTopic> {
	if (!isId(id)) throw new RuleViolation('council.topicNone');
	const { rows } = await sql<LockedTopic>`
select t.id, t.council_body_id as "councilBodyId", o.name as body, t.title, t.text, t.state, t.person_id as "personId",
	coalesce(concat_ws(' ', nullif(p.given_name, ''), p.family_name), t.name) as name, coalesce(p.email, t.email) as email,
	coalesce(p.locale, t.locale) as locale
from council.topic_proposal t join registry.organisation o on o.body_id = t.body_id and o.id = t.council_body_id
left join registry.person p on p.body_id = t.body_id and p.id = t.person_id
where t.body_id = ${tx.body.id} and t.id = ${id} for update of t`.execute(tx.db);
	if (!rows[0]) throw new NotFound('proposal');
	const row = rows[0];
	return { ...row, name: row.personId ? row.name : row.name || '' };
}

export interface Placed {
	meetingId: string;
	itemId: string;
	slug: string;
	date: string;
	public: boolean;
}

async function place(tx: WriteCtx, topic: LockedTopic, meetingId: string | null): Promise<Placed> {
	const { rows } = await sql<Omit<Placed, 'itemId'>>`
select id as "meetingId", slug, date::text as date, public and published as public from council.meeting
where body_id = ${tx.body.id} and council_body_id = ${topic.councilBodyId} and state in ('planned', 'invited') and not cancelled
	and date >= ${tx.today}::date ${meetingId ? sql`and id = ${meetingId}` : sql`and kind <> 'retreat'`}
order by (state = 'planned') desc, date, starts_at limit 1`.execute(tx.db);
	if (!rows[0]) throw new RuleViolation('council.topicNoSession');
	const itemId = await putOnAgenda(tx, {
		meetingId: rows[0].meetingId,
		title: topic.title,
		origin: 'proposal',
		// The invitation may be out: what a member or resident proposed is reason enough to say so.
		reason: topic.title,
	});
	return { ...rows[0], itemId };
}

/** Forgets names and addresses of people whose proposals are old enough. Runs every night. */
export async function forgetProposers(ctx: Ctx): Promise<void> {
	await write(ctx, async (tx) => {
		await tx.db
			.updateTable('council.topic_proposal')
			.set({ name: '', email: '' })
			.where('delete_on', '<=', tx.today)
			.where((or) => or.or([or('name', '<>', ''), or('email', '<>', '')]))
			.execute();
	});
}
