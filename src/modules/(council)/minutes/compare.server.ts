import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { diffBlocks } from '#kernel/text/diff.ts';
import type { diffToHtml } from '#kernel/text/diff-html.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import { normalise } from '#kernel/text/normalise.ts';
import type { Block } from '#kernel/text/schema.ts';
import { minutesVersion } from './queries.server.ts';
import type { Item, MinutesContent } from './rules/content.ts';

export interface Compared {
	from: number;
	to: number;
	reason: string;
	/** Only what differs: a heading (an item, or empty for the rest) and the difference as HTML. */
	parts: { heading: string; html: string }[];
}

/**
 * How one version of the minutes became another, item by item, with what was inserted and struck.
 * @throws NotFound for a version that this reader may not read
 */
export async function compareVersions(
	ctx: Ctx,
	slug: string,
	from: number,
	to: number,
	html: typeof diffToHtml,
): Promise<Compared> {
	const before = await minutesVersion(ctx, slug, from);
	const after = await minutesVersion(ctx, slug, to);
	const labels = {
		insertStart: m.council_minutes_diff_in(),
		insertEnd: m.council_minutes_diff_in_end(),
		deleteStart: m.council_minutes_diff_out(),
		deleteEnd: m.council_minutes_diff_out_end(),
		moved: m.council_minutes_diff_moved(),
	};
	const part = (heading: string, a: Block[], b: Block[]) => {
		const diff = diffBlocks(a, b);
		return diff.every((row) => row.op === 'same' && !row.moved)
			? []
			: [{ heading, html: html(diff, { labels, headingOffset: 4, hiddenClass: 'sr' }) }];
	};
	const old = new Map(before.content.items.map((item) => [item.id, item]));
	const items = after.content.items.flatMap((item) =>
		part(`${item.number} ${item.title}`.trim(), blocksOfItem(old.get(item.id)), blocksOfItem(item)),
	);
	const gone = before.content.items
		.filter((item) => !after.content.items.some(({ id }) => id === item.id))
		.flatMap((item) => part(`${item.number} ${item.title}`.trim(), blocksOfItem(item), []));
	const rest = part('', blocksAround(before.content), blocksAround(after.content));
	return { from, to, reason: after.reason, parts: [...items, ...gone, ...rest] };
}

/** Everything an item says, as blocks; ids follow the place, so that equal places are compared with each other. */
function blocksOfItem(item: Item | undefined): Block[] {
	if (!item) return [];
	const lines = [
		...item.before.map(({ text }) => text),
		...item.statements.map(({ name, text }) => `${name} ${text}`),
		...item.votes.flatMap(({ text, sentence, names }) => [text, sentence, names]),
		...item.resolutions.map(({ label, text }) => `${label}: ${text}`),
		...item.after.map(({ text }) => text),
		...item.tasks.map(({ who, what, due }) => [who, what, due].filter(Boolean).join(', ')),
	];
	return [...normalise(item.text).blocks, ...blocksOf(lines)];
}

function blocksAround(content: MinutesContent): Block[] {
	return blocksOf([
		content.title,
		content.when,
		...content.facts.map(({ term, detail }) => `${term}: ${detail}`),
		...content.preamble.map(({ text }) => text),
		...content.attendance.flatMap(({ rows }) =>
			rows.map(({ name, organisation, presence }) => [organisation, name, presence].filter(Boolean).join(', ')),
		),
		content.quorum?.sentence ?? '',
		...content.tasks.map(({ who, what, due }) => [who, what, due].filter(Boolean).join(', ')),
		...content.dates.map(({ words, detail }) => `${words} ${detail}`),
		...content.closing.map(({ text }) => text),
	]);
}

function blocksOf(lines: string[]): Block[] {
	return lines.filter(Boolean).flatMap((line) => fromPlainText(line).blocks);
}
