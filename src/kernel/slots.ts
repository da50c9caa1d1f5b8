import type { Ctx } from './ctx.ts';
import { installedModules, type SlotLink, type SlotName } from './module.ts';

/**
 * What later modules put at these objects of a page, in the order of the modules; each is asked once. An error of one of
 * them flies: an agenda without its papers would be wrong, not poorer.
 */
export async function slotLinks(ctx: Ctx, slot: SlotName, ids: readonly string[]): Promise<Map<string, SlotLink[]>> {
	const found = new Map<string, SlotLink[]>();
	if (!ids.length) return found;
	for (const { slots } of installedModules().servers) {
		const links = await slots?.[slot]?.(ctx, ids);
		for (const [id, more] of links ?? []) found.set(id, [...(found.get(id) ?? []), ...more]);
	}
	return found;
}
