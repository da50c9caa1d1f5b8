import type { Ctx } from '#kernel/ctx.ts';
import { ask, known, together, type Question } from '#kernel/db/questions.ts';
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
	const { found, missing } = await askedOfAll(ctx);
	const items = found.flatMap((part) => part.items);
	const done = found.flatMap((part) => part.done);
	for (const { id, deskLater } of installedModules().servers) {
		try {
			items.push(...((await deskLater?.(ctx)) ?? []));
		} catch (error) {
			missing.add(noteMissing(id, error));
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
		missing: [...missing],
	};
}

interface Part {
	items: DeskItem[];
	done: DeskDone[];
}

/** What every module says in the one statement; if that fails each is asked alone, so that only the one that fails is missing. */
async function askedOfAll(ctx: Ctx): Promise<{ found: Part[]; missing: Set<string> }> {
	const missing = new Set<string>();
	const parts: [string, Question<Part>][] = [];
	for (const { id, desk, deskDone } of installedModules().servers) {
		try {
			parts.push([id, together({ items: desk?.(ctx) ?? known([]), done: deskDone?.(ctx) ?? known([]) })]);
		} catch (error) {
			missing.add(noteMissing(id, error));
		}
	}
	try {
		return { found: Object.values(await ask(ctx, together(Object.fromEntries(parts)))), missing };
	} catch {
		const found: Part[] = [];
		for (const [id, part] of parts) {
			try {
				found.push(await ask(ctx, part));
			} catch (error) {
				missing.add(noteMissing(id, error));
			}
		}
		return { found, missing };
	}
}

function noteMissing(module: string, error: unknown): string {
	logError(error, { at: 'desk', module });
	return module;
}

function byDue(a: DeskItem, b: DeskItem): number {
	return (a.due ?? '9999').localeCompare(b.due ?? '9999');
}

/** Files and calendars are the same in every language. */
function lead<Act extends DeskAct>(ctx: Ctx, act: Act): Act {
	return { ...act, href: /\.\w+$/.test(act.href) ? act.href : inLocale(act.href, ctx.locale) };
}
