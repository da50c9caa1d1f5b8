import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { isId } from '#kernel/ids.ts';
import { quarterAfter, quarterOf, readQuarter, writeQuarter, type Quarter } from '../rules/control.ts';
import { controlBodies, controlRows, notingSessions } from './queries.server.ts';

const PER_PAGE = 100;

/** What an address asks for. A quarter that has not begun is the present one. */
export function askedFor(ctx: Pick<Ctx, 'today'>, url: URL): { quarter: Quarter; decidedById: string | null } {
	const now = quarterOf(ctx.today);
	const asked = readQuarter(url.searchParams.get('vierteljahr'));
	const gremium = url.searchParams.get('gremium');
	return {
		quarter: asked && writeQuarter(asked) < writeQuarter(now) ? asked : now,
		decidedById: isId(gremium) ? gremium : null,
	};
}

/** One part of the list with all that its page shows. At most three queries. */
export async function controlList(ctx: Ctx, url: URL, part: 'open' | 'closed') {
	const { quarter, decidedById } = askedFor(ctx, url);
	const after = url.searchParams.get('nach');
	const rows = await controlRows(ctx, { quarter, decidedById, part, after, limit: PER_PAGE + 1 });
	const shown = rows.slice(0, PER_PAGE);
	const last = rows.length > PER_PAGE ? shown.at(-1) : undefined;
	const present = writeQuarter(quarterOf(ctx.today)) === writeQuarter(quarter);
	const mayManage = may(ctx.actor, 'papers.duties');
	return {
		rows: shown,
		bodies: await controlBodies(ctx),
		sessions: mayManage && decidedById && present ? await notingSessions(ctx, decidedById) : [],
		quarter,
		present,
		earlier: writeQuarter(quarterAfter(quarter, -1)),
		later: present ? null : writeQuarter(quarterAfter(quarter, 1)),
		decidedById,
		next: last ? `${last.decidedOn}_${last.id}` : null,
		mayManage,
	};
}

export type ControlList = Awaited<ReturnType<typeof controlList>>;
