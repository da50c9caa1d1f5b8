import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import type { Choice } from '#ui/types.ts';
import { tellInvited } from './letters.server.ts';
import type { NewRound } from './schema.ts';

export interface RoundRow {
	id: string;
	title: string;
	text: string;
	from: string;
	last: string | null;
	participants: number;
	stated: number;
}

export interface RoundView extends Omit<RoundRow, 'participants' | 'stated'> {
	over: boolean;
	people: {
		id: string;
		name: string;
		takenAs: 'designated' | 'member';
		addedOn: string;
		statement: string;
		statedOn: string | null;
		mine: boolean;
	}[];
	/** Those who may still be added; empty for who may not add anybody. */
	candidates: Choice[];
	mayAdd: boolean;
}

/** Opens a round in which people work on something, a concept for example. @returns its id */
export async function openRound(ctx: Ctx, given: NewRound): Promise<string> {
	demand(ctx.actor, 'papers.participation');
	return write(ctx, async (tx) => {
		const id = newId();
		await tx.db
			.insertInto('papers.participation')
			.values({
				id,
				title: given.title,
				text: given.text,
				from_date: Temporal.PlainDate.from(given.from),
				last_date: given.last ? Temporal.PlainDate.from(given.last) : null,
				created_at: tx.now,
			})
			.execute();
		tx.touch('papers.participation', id, { act: 'opened', fields: { title: given.title } });
		return id;
	});
}

/** Adds members, and designated members before their body has constituted itself (MIT-08). Twice adds nobody twice. */
export async function addParticipants(ctx: Ctx, id: string, personIds: readonly string[]): Promise<void> {
	demand(ctx.actor, 'papers.participation');
	await write(ctx, async (tx) => {
		const round = await roundRow(tx, id);
		const known = await candidatesOf(tx, id);
		for (const personId of personIds) {
			const candidate = known.find((one) => one.personId === personId);
			if (!candidate) continue;
			const { rows } =
				await sql`insert into papers.participant (body_id, id, participation_id, person_id, taken_as, added_on)
				values (${tx.body.id}, ${newId()}, ${id}, ${personId}, ${candidate.takenAs}, ${tx.today}::date)
				on conflict do nothing returning id`.execute(tx.db);
			if (rows.length) await tellInvited(tx, personId, { id, title: round.title });
		}
		tx.touch('papers.participation', id, { act: 'participantsAdded', fields: { count: personIds.length } });
	});
}

/** Takes somebody out again who has said nothing yet. */
export async function removeParticipant(ctx: Ctx, id: string, participantId: string): Promise<void> {
	demand(ctx.actor, 'papers.participation');
	await write(ctx, async (tx) => {
		if (!isId(participantId)) throw new RuleViolation('choice', {}, 'h1');
		await tx.db
			.deleteFrom('papers.participant')
			.where('id', '=', participantId)
			.where('participation_id', '=', id)
			.where('stated_at', 'is', null)
			.execute();
		tx.touch('papers.participation', id, { act: 'participantRemoved' });
	});
}

/** What a participant has to say; it can be changed while the round runs. @throws RuleViolation `papers.roundOver`; NotFound */
export async function state(ctx: Ctx, id: string, statement: string): Promise<void> {
	demand(ctx.actor, 'papers.involvement.answer');
	await write(ctx, async (tx) => {
		const round = await roundRow(tx, id);
		if (round.last !== null && round.last < tx.today.toString())
			throw new RuleViolation('papers.roundOver', {}, 'statement');
		const changed = await tx.db
			.updateTable('papers.participant')
			.set({ statement, stated_at: tx.now })
			.where('participation_id', '=', id)
			.where('person_id', '=', tx.actor.personId)
			.returning('id')
			.execute();
		if (!changed.length) throw new NotFound('round');
		tx.touch('papers.participation', id, { act: 'stated' });
	});
}

async function roundRow(ctx: Pick<Ctx, 'db' | 'body'>, id: string): Promise<{ title: string; last: string | null }> {
	if (!isId(id)) throw new NotFound('round');
	const { rows } = await sql<{ title: string; last: string | null }>`select title, last_date::text as last
		from papers.participation where body_id = ${ctx.body.id} and id = ${id}`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('round');
	return rows[0];
}

/** Rounds this reader runs or takes part in. One query. */
export async function roundRows(ctx: Ctx): Promise<RoundRow[]> {
	demand(ctx.actor, 'papers.involvement.answer');
	const { rows } =
		await sql<RoundRow>`select p.id, p.title, p.text, p.from_date::text as "from", p.last_date::text as last,
		count(t.id)::int as participants, count(t.stated_at)::int as stated from papers.participation p
		left join papers.participant t on t.body_id = p.body_id and t.participation_id = p.id
		where p.body_id = ${ctx.body.id} and (${may(ctx.actor, 'papers.participation')} or exists (select from papers.participant x
			where x.body_id = p.body_id and x.participation_id = p.id and x.person_id = ${ctx.actor.personId}::uuid))
		group by p.body_id, p.id order by p.from_date desc, p.id desc limit 100`.execute(ctx.db);
	return rows;
}

/** One round, for who runs it or takes part. Three queries. @throws NotFound */
export async function roundView(ctx: Ctx, id: string): Promise<RoundView> {
	const row = isId(id) ? (await roundRows(ctx)).find((one) => one.id === id) : undefined;
	if (!row) throw new NotFound('round');
	const { rows } = await sql<
		RoundView['people'][number]
	>`select t.id, concat_ws(' ', nullif(q.given_name, ''), q.family_name)
		as name, t.taken_as as "takenAs", t.added_on::text as "addedOn", t.statement,
		(t.stated_at at time zone ${ctx.body.timeZone})::date::text as "statedOn",
		t.person_id is not distinct from ${ctx.actor.personId}::uuid as mine
		from papers.participant t join registry.person q on q.body_id = t.body_id and q.id = t.person_id
		where t.body_id = ${ctx.body.id} and t.participation_id = ${id} order by q.family_name, q.given_name`.execute(ctx.db);
	const mayAdd = may(ctx.actor, 'papers.participation');
	const candidates = mayAdd ? await candidatesOf(ctx, id) : [];
	return {
		id: row.id,
		title: row.title,
		text: row.text,
		from: row.from,
		last: row.last,
		over: row.last !== null && row.last < ctx.today.toString(),
		people: rows,
		candidates: candidates.map(({ personId, name, body }) => ({
			value: personId,
			label: `${name} (${body})`,
			lang: 'de',
		})),
		mayAdd,
	};
}

/** Members of council bodies, and those designated for one that has not constituted itself yet (rulebook R1-14). */
async function candidatesOf(
	{ db, body, today }: Pick<Ctx, 'db' | 'body' | 'today'>,
	id: string,
): Promise<{ personId: string; name: string; body: string; takenAs: 'designated' | 'member' }[]> {
	const { rows } = await sql<{ personId: string; name: string; body: string; takenAs: 'designated' | 'member' }>`
		select distinct on (q.id) q.id as "personId", concat_ws(' ', nullif(q.given_name, ''), q.family_name) as name, o.name as body,
			case when s.from_date is null or s.from_date > ${today}::date then 'designated' else 'member' end as "takenAs"
		from registry.membership s join registry.person q on q.body_id = s.body_id and q.id = s.person_id
		join council.council_body b on b.body_id = s.body_id and b.id = s.organisation_id
		join registry.organisation o on o.body_id = s.body_id and o.id = s.organisation_id
		where s.body_id = ${body.id} and s.kind = 'member' and (s.until_date is null or s.until_date > ${today}::date)
		and not exists (select from papers.participant t where t.body_id = s.body_id and t.participation_id = ${id}
			and t.person_id = s.person_id)
		order by q.id, s.from_date nulls last`.execute(db);
	return rows.toSorted((a, b) => a.name.localeCompare(b.name, 'de'));
}
