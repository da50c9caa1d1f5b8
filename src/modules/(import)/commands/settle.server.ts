import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { fold, nameKey } from '#modules/registry';
import { addCouncilBody, addSeat, fillSeat } from '#server/council';
import { addMembership, addOrganisation, addPerson } from '#server/registry';
import type { Content } from '../reading/types.ts';
import { planOf, type PlannedSeat } from '../review/plan.ts';
import { knownThings } from '../queries/known.server.ts';

/** What the reviewer confirmed of the plan. */
export interface Choices {
	/** Id of a known body, or 'new'. */
	body: string;
	/** Key of the rule profile's preset for a new body. */
	preset: string;
	/** Name key of a person → id of the known person meant; absent means a new entry. */
	persons: Record<string, string>;
}

export interface Settled {
	/** Name key → person id. */
	persons: Map<string, string>;
	/** Index in the attendance list → seat id. */
	seats: Map<number, string>;
}

/** The body the session belongs to: a known one, or a new one with its rule profile from this day on. */
export async function settleBody(
	tx: WriteCtx,
	content: Content,
	date: Temporal.PlainDate,
	choices: Choices,
): Promise<string> {
	if (choices.body !== 'new') {
		const found = await tx.db
			.selectFrom('council.council_body')
			.select('id')
			.where('id', '=', choices.body)
			.executeTakeFirst();
		if (!found) throw new RuleViolation('bodyMissing', {}, '/body');
		await reachBack(tx, found.id, date);
		return found.id;
	}
	if (!content.body) throw new RuleViolation('bodyMissing', {}, '/body');
	const classification = /beirat/i.test(content.body) ? 'Beirat' : /ausschuss/i.test(content.body) ? 'Ausschuss' : '';
	const organisationId = await addOrganisation(tx, { name: content.body, type: 'committee', classification });
	const advisory = !/stadtrat|gemeinderat|kreistag|ratsversammlung/i.test(content.body);
	return addCouncilBody(tx, {
		organisationId,
		slug: await freeBodySlug(tx, content.body),
		kind: 'council',
		preset: choices.preset,
		from: date,
		advisory,
	});
}

/** Records of one body may come in any order: rules and seats that begin later are known to have been there that day. */
async function reachBack(tx: WriteCtx, councilBodyId: string, date: Temporal.PlainDate): Promise<void> {
	const body = tx.body.id;
	for (const table of ['rule_profile', 'seat']) {
		const group = table === 'seat' ? sql`and t.number = o.number` : sql``;
		await sql`update council.${sql.raw(table)} t set from_date = ${date}::date
			where t.body_id = ${body} and t.council_body_id = ${councilBodyId} and t.from_date > ${date}::date
			and not exists (select from council.${sql.raw(table)} o where o.body_id = ${body} and o.id <> t.id ${group}
				and o.council_body_id = t.council_body_id and o.from_date < t.from_date)`.execute(tx.db);
	}
}

async function freeBodySlug(tx: WriteCtx, name: string): Promise<string> {
	const base = fold(name).replace(/ /g, '-').slice(0, 60).replace(/-+$/, '') || 'gremium';
	const rows = await tx.db
		.selectFrom('council.council_body')
		.select('slug')
		.where('slug', 'like', `${base}%`)
		.execute();
	const taken = new Set(rows.map(({ slug }) => slug));
	for (let n = 1; ; n++) {
		const slug = n === 1 ? base : `${base}-${n}`;
		if (!taken.has(slug)) return slug;
	}
}

/** Persons, groups, memberships and seats behind the voting rows of the attendance list. */
export async function settlePeople(
	tx: WriteCtx,
	content: Content,
	date: Temporal.PlainDate,
	councilBodyId: string,
	choices: Choices,
): Promise<Settled> {
	const plan = planOf(content, await knownThings(tx));
	const persons = new Map<string, string>();
	for (const person of plan.persons) {
		const chosen = choices.persons[person.key];
		const known = person.matches.find(({ id }) => id === chosen) ?? (chosen === 'new' ? undefined : person.matches[0]);
		persons.set(person.key, known?.id ?? (await addPerson(tx, person.name)));
	}
	const groups = new Map<string, string>();
	for (const group of plan.groups) {
		groups.set(
			group.key,
			group.matches[0]?.id ??
				(await addOrganisation(tx, { name: group.name, type: 'group', classification: 'Fraktion' })),
		);
	}
	const seats = new Map<number, string>();
	for (const seat of plan.seats) {
		const groupId = seat.group ? (groups.get(fold(seat.group)) ?? null) : null;
		seats.set(seat.row, await settleSeat(tx, councilBodyId, seat, persons.get(nameKey(seat.holder))!, groupId, date));
	}
	return { persons, seats };
}

/** The seat this person holds on that day; a later holding reaches back, a missing one begins on that day. */
async function settleSeat(
	tx: WriteCtx,
	councilBodyId: string,
	seat: PlannedSeat,
	personId: string,
	groupId: string | null,
	date: Temporal.PlainDate,
): Promise<string> {
	const body = tx.body.id;
	const { rows } = await sql<{ seat: string; filling: string; membership: string; from: Temporal.PlainDate }>`
		select f.seat_id as seat, f.id as filling, m.id as membership, f.from_date as from from council.seat_filling f
		join registry.membership m on m.body_id = ${body} and m.id = f.membership_id and m.person_id = ${personId}
		join council.seat s on s.body_id = ${body} and s.id = f.seat_id and s.council_body_id = ${councilBodyId}
		where f.body_id = ${body} and (f.until_date is null or f.until_date > ${date}::date) order by f.from_date limit 1`.execute(
		tx.db,
	);
	const held = rows[0];
	if (held) {
		if (Temporal.PlainDate.compare(held.from, date) > 0) {
			await sql`update council.seat_filling set from_date = ${date}::date where body_id = ${body} and id = ${held.filling}`.execute(
				tx.db,
			);
			await sql`update registry.membership set from_date = ${date}::date where body_id = ${body} and id = ${held.membership} and from_date > ${date}::date`.execute(
				tx.db,
			);
		}
		return held.seat;
	}
	const seatId =
		(await vacantSeat(tx, councilBodyId, seat.kind, groupId, date)) ??
		(await newSeat(tx, councilBodyId, seat.kind, groupId, date));
	const membershipId = await addMembership(tx, {
		personId,
		organisationId: councilBodyId,
		kind: 'member',
		votingRight: true,
		onBehalfOfId: groupId,
		from: date,
	});
	await fillSeat(tx, { seatId, membershipId, councilBodyId, from: date });
	return seatId;
}

async function vacantSeat(
	tx: WriteCtx,
	councilBodyId: string,
	kind: string,
	groupId: string | null,
	date: Temporal.PlainDate,
): Promise<string | undefined> {
	const body = tx.body.id;
	const { rows } = await sql<{ id: string }>`select s.id from council.seat s
		where s.body_id = ${body} and s.council_body_id = ${councilBodyId} and s.kind = ${kind} and s.voting
		and s.organisation_id is not distinct from ${groupId}::uuid and s.from_date <= ${date}::date
		and not exists (select from council.seat_filling f where f.body_id = ${body} and f.seat_id = s.id
			and (f.until_date is null or f.until_date > ${date}::date)) order by s.number limit 1`.execute(tx.db);
	return rows[0]?.id;
}

async function newSeat(
	tx: WriteCtx,
	councilBodyId: string,
	kind: 'delegated' | 'resident',
	groupId: string | null,
	date: Temporal.PlainDate,
): Promise<string> {
	const last = await tx.db
		.selectFrom('council.seat')
		.select((eb) => eb.fn.max('number').as('number'))
		.where('council_body_id', '=', councilBodyId)
		.executeTakeFirst();
	return addSeat(tx, {
		councilBodyId,
		number: (last?.number ?? 0) + 1,
		kind,
		voting: true,
		organisationId: groupId,
		from: date,
	});
}
