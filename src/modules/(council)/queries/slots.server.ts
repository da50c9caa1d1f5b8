import type { Ctx } from '#kernel/ctx.ts';
import { slotLinks } from '#kernel/slots.ts';
import type { ItemLinks } from '../ui/slot-links.ts';

/** What later modules put at these items. Items that the reader may not know are not asked about. */
export async function itemLinks(ctx: Ctx, items: readonly { id: string; hidden?: boolean }[]): Promise<ItemLinks> {
	const ids = items.filter(({ hidden }) => !hidden).map(({ id }) => id);
	return slotLinks(ctx, 'council.agendaItem', ids);
}
