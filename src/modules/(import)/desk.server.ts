import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { formatInstantDay } from '#kernel/i18n/format.ts';
import type { DeskItem } from '#kernel/module.ts';
import { documentRows, type DocumentRow } from './queries/documents.server.ts';

/** So many documents stand on the desk by name; more are one line. */
const BY_NAME = 3;

/** Documents that were read and wait for a person, and those that could not be read. */
export async function deskItems(ctx: Ctx): Promise<DeskItem[]> {
	if (!may(ctx.actor, 'import.review')) return [];
	const read = await documentRows(ctx, { state: 'read' });
	const unreadable = await documentRows(ctx, { state: 'unreadable' });
	const items = read.slice(0, BY_NAME).map((document) => reviewItem(ctx, document));
	const rest = read.length - items.length;
	if (rest > 0) items.push(listItem('read', m.import_desk_more({ count: rest }), m.import_desk_more_text()));
	if (unreadable.length)
		items.push(
			listItem('unreadable', m.import_desk_unreadable({ count: unreadable.length }), m.import_desk_unreadable_text()),
		);
	return items;
}

function reviewItem(ctx: Ctx, { id, name, createdAt }: DocumentRow): DeskItem {
	const date = formatInstantDay(createdAt, 'long', ctx.locale, ctx.body.timeZone);
	return {
		id,
		group: 'office',
		title: m.import_desk_review({ name }),
		text: m.import_desk_review_text({ date }),
		href: `/einlesen/${id}`,
		action: { label: m.import_desk_check(), href: `/einlesen/${id}` },
		second: { label: m.import_desk_all(), href: '/einlesen?stand=read' },
	};
}

function listItem(state: 'read' | 'unreadable', title: string, text: string): DeskItem {
	const href = `/einlesen?stand=${state}`;
	return { id: `import-${state}`, group: 'office', title, text, href, action: { label: m.import_desk_see(), href } };
}
