import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { daysOff } from '#server/council';
import { chooseAddressee, type Addressee, type OfficePerson } from './rules/addressee.ts';
import { addWorkingDays, type FreeDays } from './rules/working-days.ts';

type Reader = Pick<Ctx, 'db' | 'body' | 'today'>;

/** Who is asked for an office or body today, and until when. Three queries. */
export async function addresseeOf(
	ctx: Reader,
	involvement: { officeId: string | null; organisationId: string | null },
	workingDays: number,
	{ deputyOnly = false } = {},
): Promise<Addressee & { dueOn: Temporal.PlainDate | null }> {
	const today = ctx.today.toString();
	const chosen: Addressee = involvement.officeId
		? chooseAddressee(
				(await officePeople(ctx, involvement.officeId)).filter(({ deputy }) => deputy || !deputyOnly),
				today,
			)
		: { personId: await chairOf(ctx, involvement.organisationId!), as: 'body', startOn: today };
	if (chosen.as === 'vacant') return { ...chosen, dueOn: null };
	const dueOn = addWorkingDays(Temporal.PlainDate.from(chosen.startOn), workingDays, await holidays(ctx));
	return { ...chosen, dueOn };
}

/** Public holidays of this year and the next. Two queries. */
async function holidays(ctx: Reader): Promise<FreeDays[]> {
	const years = [ctx.today.year, ctx.today.year + 1];
	const all = [];
	for (const year of years) all.push(...(await daysOff(ctx, year)));
	return all.filter(({ kind }) => kind === 'holiday');
}

async function officePeople({ db, body, today }: Reader, officeId: string): Promise<OfficePerson[]> {
	const { rows } = await sql<OfficePerson>`select q.person_id as "personId", q.deputy,
		(select max(a.last_date)::text from papers.office_absence a where a.body_id = ${body.id}
			and a.office_id = ${officeId} and a.person_id = q.person_id
			and a.from_date <= ${today}::date and a.last_date >= ${today}::date) as "awayUntil"
		from (select h.person_id, false as deputy from registry.office_holding h where h.body_id = ${body.id}
			and h.office_id = ${officeId} and h.from_date <= ${today}::date and (h.until_date is null or h.until_date > ${today}::date)
			union all select d.person_id, true from papers.office_deputy d where d.body_id = ${body.id}
			and d.office_id = ${officeId} and d.from_date <= ${today}::date
			and (d.until_date is null or d.until_date > ${today}::date)) q order by q.deputy, q.person_id`.execute(db);
	return rows;
}

async function chairOf({ db, body, today }: Reader, organisationId: string): Promise<string | null> {
	const { rows } = await sql<{ id: string }>`select person_id as id from registry.membership where body_id = ${body.id}
		and organisation_id = ${organisationId} and post = 'chair' and from_date <= ${today}::date
		and (until_date is null or until_date > ${today}::date) limit 1`.execute(db);
	return rows[0]?.id ?? null;
}
