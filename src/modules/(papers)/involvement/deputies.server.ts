import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import type { Choice } from '#ui/types.ts';
import type { Away, NewDeputy } from './schema.ts';

export interface OfficeView {
	id: string;
	title: string;
	honorary: boolean;
	/** Vacant: empty. */
	holders: { personId: string; name: string; since: string; until: string | null }[];
	deputies: { id: string; name: string; from: string; until: string | null }[];
	absences: { id: string; name: string; from: string; last: string }[];
	/** This reader may say when the holder is away: the holder, and who keeps the rules. */
	mayAway: boolean;
}

/** Commissioners' offices with who holds them, who stands in, and who is away today or later (R4-07). One query. */
export async function officeViews(ctx: Ctx): Promise<OfficeView[]> {
	demand(ctx.actor, 'papers.involvement');
	const rules = may(ctx.actor, 'papers.involvement.rules');
	const { rows } = await sql<OfficeView>`select o.id, o.title, coalesce(o.employment = 'honorary', false) as honorary,
		coalesce((select json_agg(json_build_object('personId', q.id, 'name', ${NAME}, 'since', h.from_date, 'until', h.until_date)
			order by q.family_name) from registry.office_holding h join registry.person q on q.body_id = h.body_id and q.id = h.person_id
			where h.body_id = o.body_id and h.office_id = o.id and h.from_date <= ${ctx.today}::date
			and (h.until_date is null or h.until_date > ${ctx.today}::date)), '[]') as holders,
		coalesce((select json_agg(json_build_object('id', d.id, 'name', ${NAME}, 'from', d.from_date, 'until', d.until_date)
			order by d.from_date) from papers.office_deputy d join registry.person q on q.body_id = d.body_id and q.id = d.person_id
			where d.body_id = o.body_id and d.office_id = o.id and (d.until_date is null or d.until_date > ${ctx.today}::date)),
			'[]') as deputies,
		coalesce((select json_agg(json_build_object('id', a.id, 'name', ${NAME}, 'from', a.from_date, 'last', a.last_date)
			order by a.from_date) from papers.office_absence a join registry.person q on q.body_id = a.body_id and q.id = a.person_id
			where a.body_id = o.body_id and a.office_id = o.id and a.last_date >= ${ctx.today}::date), '[]') as absences
		from registry.office o where o.body_id = ${ctx.body.id} and o.kind = 'commissioner' order by o.title`.execute(ctx.db);
	return rows.map((row) => ({
		...row,
		mayAway: row.holders.length > 0 && (rules || row.holders.some(({ personId }) => personId === ctx.actor.personId)),
	}));
}

const NAME = sql`concat_ws(' ', nullif(q.given_name, ''), q.family_name)`;

/** People who can sign in, for whoever names deputies. One query. */
export async function deputyChoices(ctx: Ctx): Promise<Choice[]> {
	demand(ctx.actor, 'papers.involvement.rules');
	const { rows } = await sql<Choice>`select q.id as value, ${NAME} as label from registry.person q
		where q.body_id = ${ctx.body.id} and q.account_id is not null order by q.family_name, q.given_name`.execute(ctx.db);
	return rows;
}

/** Names somebody who stands in for the holder of an office. */
export async function nameDeputy(ctx: Ctx, given: NewDeputy): Promise<void> {
	demand(ctx.actor, 'papers.involvement.rules');
	await write(ctx, async (tx) => {
		const id = newId();
		await tx.db
			.insertInto('papers.office_deputy')
			.values({
				id,
				office_id: given.officeId,
				person_id: given.personId,
				from_date: Temporal.PlainDate.from(given.from),
				until_date: given.until ? Temporal.PlainDate.from(given.until) : null,
			})
			.execute();
		tx.touch('registry.office', given.officeId, { act: 'deputyNamed', fields: { from: given.from } });
	});
}

/** Ends a deputyship today; one that has not begun is taken away. Answers that were given stay. */
export async function endDeputy(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.involvement.rules');
	await write(ctx, async (tx) => {
		const row = isId(id)
			? await tx.db
					.selectFrom('papers.office_deputy')
					.select(['office_id', 'from_date'])
					.where('id', '=', id)
					.forUpdate()
					.executeTakeFirst()
			: undefined;
		if (!row) throw new RuleViolation('choice', {}, 'h1');
		if (Temporal.PlainDate.compare(row.from_date, tx.today) >= 0)
			await tx.db.deleteFrom('papers.office_deputy').where('id', '=', id).execute();
		else await tx.db.updateTable('papers.office_deputy').set({ until_date: tx.today }).where('id', '=', id).execute();
		tx.touch('registry.office', row.office_id, { act: 'deputyEnded' });
	});
}

/** Says when a holder is away: the holder, or who keeps the rules. Requests of these days go to the deputy or wait. */
export async function noteAbsence(ctx: Ctx, given: Away): Promise<void> {
	demand(ctx.actor, 'papers.involvement.answer');
	const office = (await officeViews(ctx)).find(({ id }) => id === given.officeId);
	if (!office?.mayAway) throw new NotFound('office');
	await write(ctx, async (tx) => {
		for (const { personId } of office.holders) {
			const own = personId === tx.actor.personId || may(tx.actor, 'papers.involvement.rules');
			if (!own) continue;
			await tx.db
				.insertInto('papers.office_absence')
				.values({
					id: newId(),
					office_id: given.officeId,
					person_id: personId,
					from_date: Temporal.PlainDate.from(given.from),
					last_date: Temporal.PlainDate.from(given.last),
				})
				.execute();
		}
		tx.touch('registry.office', given.officeId, {
			act: 'absenceNoted',
			fields: { from: given.from, last: given.last },
		});
	});
}

/** Takes an absence back. */
export async function removeAbsence(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.involvement.answer');
	const office = (await officeViews(ctx)).find(({ absences }) => absences.some((one) => one.id === id));
	if (!office?.mayAway) throw new RuleViolation('choice', {}, 'h1');
	await write(ctx, async (tx) => {
		await tx.db.deleteFrom('papers.office_absence').where('id', '=', id).execute();
		tx.touch('registry.office', office.id, { act: 'absenceRemoved' });
	});
}
