import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';

interface Owner {
	name: string;
	personId: string | null;
	organisationId: string | null;
}

/** "Karla Oelmann, Bürgeramt": names as somebody types them, each once. */
export function namesIn(text: string): string[] {
	const names = text
		.split(/[,;\n]/)
		.map((name) => name.trim().replace(/\s+/g, ' '))
		.filter(Boolean);
	return [...new Set(names)].slice(0, 20);
}

/**
 * Who is meant by a name in a session: somebody on its list, else a department or organisation of the register, else the
 * name alone. A name that two people on the list share stays a name.
 */
export async function ownersNamed(tx: WriteCtx, meetingId: string, names: readonly string[]): Promise<Owner[]> {
	if (!names.length) return [];
	const body = tx.body.id;
	const { rows } = await sql<Owner>`select n.name,
		(select case when count(distinct a.person_id) = 1 then min(a.person_id::text) end from council.attendance a
			where a.body_id = ${body} and a.meeting_id = ${meetingId} and lower(a.name) = lower(n.name)) as "personId",
		(select case when count(*) = 1 then min(o.id::text) end from registry.organisation o where o.body_id = ${body}
			and o.until_date is null and lower(n.name) in (lower(o.name), lower(o.short_name))) as "organisationId"
		from unnest(${names}::text[]) with ordinality as n (name, at) order by n.at`.execute(tx.db);
	return rows.map(({ name, personId, organisationId }) => ({
		name,
		personId,
		organisationId: personId ? null : organisationId,
	}));
}

/** Says who is responsible besides the first one, in this order; who was named before is replaced. */
export async function setFurtherOwners(tx: WriteCtx, taskId: string, owners: readonly Owner[]): Promise<void> {
	await tx.db.deleteFrom('council.task_owner').where('task_id', '=', taskId).execute();
	for (const [position, { name, personId, organisationId }] of owners.entries())
		await tx.db
			.insertInto('council.task_owner')
			.values({ id: newId(), task_id: taskId, position, name, person_id: personId, organisation_id: organisationId })
			.execute();
}
