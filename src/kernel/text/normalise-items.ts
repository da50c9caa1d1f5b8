/** One form for the items of a list: deeper ones stand as such, whether they came as lines or as items. */
import { DEEPEST, signOf, sureSign } from './lists.ts';
import { tidyInline } from './normalise-inline.ts';
import type { Deeper, Inline, List } from './schema.ts';

type Items = Pick<List, 'items' | 'deeper'>;
type Item = { content: Inline; place: Deeper | null };

/**
 * Items tidied, empty ones dropped; a line inside of an item that begins with a sign becomes a deeper item below it. No item
 * stands more than one step below the one before, the first is the list's own. Undefined if none has words.
 */
export function tidyItems({ items, deeper }: Items): Items | undefined {
	const split = items.flatMap((item, at) => splitItem(tidyInline(item), placeOf(deeper?.[at])));
	const tidy = split.filter(({ content }) => content.length);
	if (!tidy.length) return undefined;
	let depth = -1;
	const places = tidy.map(({ place }): Deeper | null => {
		depth = Math.min(place?.depth ?? 0, depth + 1);
		return place && depth ? { depth, sign: place.sign } : null;
	});
	const contents = tidy.map(({ content }) => content);
	return places.some(Boolean) ? { items: contents, deeper: places } : { items: contents };
}

function placeOf(place: Deeper | null | undefined): Deeper | null {
	const sign = place && signOf(place.sign);
	return sign ? { depth: Math.max(1, Math.min(DEEPEST, Math.trunc(place.depth))), sign } : null;
}

function splitItem(content: Inline, place: Deeper | null): Item[] {
	const lines = linesOf(content);
	const found: Item[] = [{ content: lines[0] ?? [], place }];
	const depth = Math.min(DEEPEST, (place?.depth ?? 0) + 1);
	for (const line of lines.slice(1)) {
		const typed = sureSign(line.map(({ text }) => text).join(''));
		const sign = typed && signOf(typed);
		if (sign) found.push({ content: tidyInline(without(line, typed.length)), place: { depth, sign } });
		else found.at(-1)!.content.push({ text: '\n' }, ...line);
	}
	return found.length === 1
		? [{ content, place }]
		: found.map((item) => ({ ...item, content: tidyInline(item.content) }));
}

/** A line without so many of its first characters. */
function without(line: Inline, characters: number): Inline {
	let left = characters;
	return line.map((run) => {
		const text = run.text.slice(left);
		left = Math.max(0, left - run.text.length);
		return { ...run, text };
	});
}

function linesOf(content: Inline): Inline[] {
	const lines: Inline[] = [[]];
	for (const run of content) {
		run.text.split('\n').forEach((text, at) => {
			if (at) lines.push([]);
			if (text) lines.at(-1)!.push({ ...run, text });
		});
	}
	return lines;
}
