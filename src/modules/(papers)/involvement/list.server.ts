import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { matterRows } from './matters.server.ts';
import { factsOf } from './requests.server.ts';
import { earliness, type Earliness } from './rules/milestones.ts';
import { standingOf, type Standing } from './rules/standing.ts';
import { matterSeen } from './sight.server.ts';

/** Matters on one page; older ones are reached through the filters. */
const MOST = 200;

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

/** Matters this reader may know of: those under way, the relevant ones, or all, newest first. One query. */
export async function matterList(ctx: Ctx, shown: 'offen' | 'relevant' | 'alle'): Promise<MatterLine[]> {
	demand(ctx.actor, 'papers.involvement');
	const narrowed = {
		offen: sql`m.state = 'open' and m.mayor_approved_on is null`,
		relevant: sql`m.relevant`,
		alle: sql`true`,
	}[shown];
	const rows = await matterRows(ctx, sql<boolean>`${matterSeen(ctx)} and ${narrowed}`, MOST);
	const today = ctx.today.toString();
	return rows.map((row) => ({
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
}
