import type { Ctx } from '#kernel/ctx.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { logError } from '#kernel/log.ts';
import { installedModules, type DeskAct, type DeskDone, type DeskItem } from '#kernel/module.ts';

/** In the order in which they stand on the desk. */
export const GROUPS = ['answer', 'task', 'read', 'draft', 'office'] as const satisfies DeskItem['group'][];

export interface DeskView {
	groups: { group: DeskItem['group']; items: DeskItem[] }[];
	done: DeskDone[];
	/** Modules whose part could not be read: the rest of the desk stays usable. */
	missing: string[];
}

/** Everything that all modules know to wait for this actor; what is due first stands first, what has no date last. */
export async function gatherDesk(ctx: Ctx): Promise<DeskView> {
	const items: DeskItem[] = [];
	const done: DeskDone[] = [];
	const missing: string[] = [];
	for (const { id, desk, deskDone } of installedModules().servers) {
		try {
			items.push(...((await desk?.(ctx)) ?? []));
			done.push(...((await deskDone?.(ctx)) ?? []));
		} catch (error) {
			logError(error, { at: 'desk', module: id });
			missing.push(id);
		}
	}
	const led = items.map((item) => ({
		...item,
		href: inLocale(item.href, ctx.locale),
		action: lead(ctx, item.action),
		second: item.second && lead(ctx, item.second),
	}));
	const groups = GROUPS.map((group) => ({ group, items: led.filter((item) => item.group === group).sort(byDue) }));
	return {
		groups: groups.filter(({ items: some }) => some.length),
		done: done.map((thing) => ({ ...thing, href: inLocale(thing.href, ctx.locale), undo: lead(ctx, thing.undo) })),
		missing,
	};
}

function byDue(a: DeskItem, b: DeskItem): number {
	return (a.due ?? '9999').localeCompare(b.due ?? '9999');
}

/** Files and calendars are the same in every language. */
function lead<Act extends DeskAct>(ctx: Ctx, act: Act): Act {
	return { ...act, href: /\.\w+$/.test(act.href) ? act.href : inLocale(act.href, ctx.locale) };
}
