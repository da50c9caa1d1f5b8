import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { isId } from '#kernel/ids.ts';
import { matterRows } from './matters.server.ts';
import { factsOf } from './requests.server.ts';
import { earliness, type Earliness } from './rules/milestones.ts';
import { standingOf, type Standing } from './rules/standing.ts';
import { matterSeen } from './sight.server.ts';

const PER_PAGE = 50;

export interface MatterLine {
	id: string;
	title: string;
	department: string;
	type: string | null;
	openedOn: string;
	relevant: boolean;
	withdrawn: boolean;
	earliness: Earliness;
	/** Whom it involves, and how each stands; null while nobody was asked. */
	involved: { who: string; form: string; standing: Standing | null; omitted: boolean; dueOn: string | null }[];
}

/**
 * Matters this reader may know of: those under way, the relevant ones, or all, newest first, a page at a time. One query.
 * @param after key of the last one of the page before: `<day>_<id>`
 */
export async function matterList(
	ctx: Ctx,
	shown: 'offen' | 'relevant' | 'alle',
	after: string | null = null,
): Promise<{ matters: MatterLine[]; next: string | null }> {
	demand(ctx.actor, 'papers.involvement');
	const narrowed = {
		offen: sql`m.state = 'open' and m.mayor_approved_on is null`,
		relevant: sql`m.relevant`,
		alle: sql`true`,
	}[shown];
	const beyond = beyondKey(after);
	const found = await matterRows(ctx, sql<boolean>`${matterSeen(ctx)} and ${narrowed} and ${beyond}`, PER_PAGE + 1);
	const rows = found.slice(0, PER_PAGE);
	const last = found.length > PER_PAGE ? rows.at(-1) : undefined;
	const today = ctx.today.toString();
	const matters = rows.map((row) => ({
		id: row.id,
		title: row.title,
		department: row.department,
		type: row.type,
		openedOn: row.openedOn,
		relevant: row.relevant,
		withdrawn: row.withdrawn,
		earliness: earliness(row, today),
		involved: row.involvements.map(({ who, form, requests, omittedCode }) => {
			const last = requests.at(-1);
			const standing = last ? standingOf(factsOf(last), today, null) : null;
			return { who, form, standing, omitted: omittedCode !== null, dueOn: standing === 'open' ? last!.dueOn : null };
		}),
	}));
	return { matters, next: last ? `${last.openedOn}_${last.id}` : null };
}

/** What stands behind the key of a row; everything for an address that names none. */
function beyondKey(after: string | null) {
	const [day = '', id = ''] = (after ?? '').split('_');
	if (!isId(id) || !/^\d{4}-\d\d-\d\d$/.test(day)) return sql<boolean>`true`;
	return sql<boolean>`(m.opened_on, m.id) < (${day}::date, ${id}::uuid)`;
}
