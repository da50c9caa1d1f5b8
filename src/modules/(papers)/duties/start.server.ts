import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { isId } from '#kernel/ids.ts';
import { readable } from '../paper/sight.server.ts';

/** What the form of a new duty begins with, by field; nothing where it was opened by itself. */
export type Start = Partial<
	Record<'paper' | 'resolutionId' | 'sourceText' | 'subject' | 'departmentId' | 'officeId' | 'closed', string>
>;

/**
 * Takes over what is known of the paper, the resolution or the office that the duty comes from. A report that the paper's wording asks
 * for by a day is offered with that day by the page itself. One query for the one that is named.
 */
export async function startOfDuty(
	ctx: Ctx,
	from: { paper: string | null; resolution: string | null; office: string | null },
): Promise<Start> {
	if (from.paper) {
		const { rows } = await sql<{ paper: string; subject: string; departmentId: string | null; closed: boolean }>`
			select p.reference as paper, p.title as subject, p.under_direction_of_id as "departmentId", not p.public as closed
			from papers.paper p where p.body_id = ${ctx.body.id} and p.slug = ${from.paper} and p.state <> 'draft' and ${readable(ctx)}`.execute(
			ctx.db,
		);
		const [row] = rows;
		return row
			? {
					paper: row.paper,
					subject: row.subject,
					departmentId: row.departmentId ?? '',
					...(row.closed && { closed: 'on' }),
				}
			: {};
	}
	if (isId(from.resolution)) {
		const { rows } = await sql<{
			number: string;
			title: string;
			closed: boolean;
		}>`select s.number, i.title, not (i.public and t.public) as closed
			from council.resolution s join council.agenda_item i on i.body_id = s.body_id and i.id = s.agenda_item_id
			join council.meeting t on t.body_id = i.body_id and t.id = i.meeting_id
			where s.body_id = ${ctx.body.id} and s.id = ${from.resolution}`.execute(ctx.db);
		const [row] = rows;
		return row
			? {
					resolutionId: from.resolution,
					sourceText: row.number,
					subject: row.title,
					...(row.closed && { closed: 'on' }),
				}
			: {};
	}
	return isId(from.office) ? { officeId: from.office } : {};
}
