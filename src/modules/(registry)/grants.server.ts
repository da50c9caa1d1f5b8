import { sql } from 'kysely';
import type { Grant } from '#kernel/access/actor.ts';
import type { Db } from '#kernel/db/scope.ts';

/**
 * Roles of an account in this town today: `account` for everybody who has a person here, `member` and `chair` from
 * memberships in force, `commissioner` and `mayor` from offices, working roles from duties. Intervals are half-open.
 */
export async function grantsOf(db: Db, accountId: string, today: Temporal.PlainDate): Promise<Grant[]> {
	const { rows } = await sql<Grant>`
		with me as (select body_id, id from registry.person
			where body_id = kernel.current_body() and account_id = ${accountId})
		select 'account' as role, null as "organisationId", id as "personId" from me
		union all
		select case when m.kind = 'guest' then 'guest' else 'member' end, m.organisation_id, me.id
			from me join registry.membership m on m.body_id = me.body_id and m.person_id = me.id
			where m.kind in ('member', 'substitute', 'advisory', 'guest')
			and m.from_date <= ${today}::date and (m.until_date is null or m.until_date > ${today}::date)
		union all
		select case m.post when 'chair' then 'chair' when 'managingOffice' then 'office' else 'deputy' end,
			m.organisation_id, me.id
			from me join registry.membership m on m.body_id = me.body_id and m.person_id = me.id
			where m.post in ('chair', 'deputyChair', 'managingOffice')
			and m.from_date <= ${today}::date and (m.until_date is null or m.until_date > ${today}::date)
		union all
		select case when o.kind in ('commissioner', 'mayor') then o.kind else 'officeHolder' end, o.organisation_id, me.id
			from me join registry.office_holding h on h.body_id = me.body_id and h.person_id = me.id
			join registry.office o on o.body_id = h.body_id and o.id = h.office_id
			where h.from_date <= ${today}::date and (h.until_date is null or h.until_date > ${today}::date)
		union all
		select d.duty, d.organisation_id, me.id
			from me join registry.duty d on d.body_id = me.body_id and d.person_id = me.id
			where d.from_date <= ${today}::date and (d.until_date is null or d.until_date > ${today}::date)`.execute(db);
	return rows;
}
