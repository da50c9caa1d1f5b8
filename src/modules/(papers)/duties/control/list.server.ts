import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, together, type Question } from '#kernel/db/questions.ts';
import { isId } from '#kernel/ids.ts';
import { quarterAfter, quarterOf, readQuarter, writeQuarter, type Quarter } from '../rules/control.ts';
import { controlAsked, controlBodies, notingSessions } from './queries.server.ts';
import type { ControlRow } from './view.ts';

const PER_PAGE = 50;
/** Of one body, where its list is noted in a session: as much of it as can be ticked off at once. */
const NOTED_AT_ONCE = 100;

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

export interface ControlList {
	rows: ControlRow[];
	bodies: { id: string; name: string }[];
	sessions: { id: string; date: string }[];
	quarter: Quarter;
	present: boolean;
	earlier: string;
	later: string | null;
	decidedById: string | null;
	next: string | null;
	mayManage: boolean;
}

/** One part of the list with all that its page shows. */
export function controlList(ctx: Ctx, url: URL, part: 'open' | 'closed'): Question<ControlList> {
	const { quarter, decidedById } = askedFor(ctx, url);
	const after = url.searchParams.get('nach');
	const present = writeQuarter(quarterOf(ctx.today)) === writeQuarter(quarter);
	const mayManage = may(ctx.actor, 'papers.duties');
	const noting = mayManage && decidedById !== null && present;
	const perPage = noting ? NOTED_AT_ONCE : PER_PAGE;
	const asked = together({
		rows: controlAsked(ctx, { quarter, decidedById, part, after, limit: perPage + 1 }),
		bodies: controlBodies(ctx),
		sessions: noting ? notingSessions(ctx, decidedById) : known([]),
	});
	return answeredAs(asked, ({ rows, bodies, sessions }) => {
		const shown = rows.slice(0, perPage);
		const last = rows.length > perPage ? shown.at(-1) : undefined;
		return {
			rows: shown,
			bodies,
			sessions,
			quarter,
			present,
			earlier: writeQuarter(quarterAfter(quarter, -1)),
			later: present ? null : writeQuarter(quarterAfter(quarter, 1)),
			decidedById,
			next: last ? `${last.decidedOn}_${last.id}` : null,
			mayManage,
		};
	});
}
