/** Items of a list with those that stand deeper: signs, and the list as a tree. Pure, safe for the browser. */
import type { Inline, List } from './schema.ts';

/** Deepest level below a list's own items. */
export const DEEPEST = 3;

/** A deeper item that is not told by a figure or a letter. */
export const DASH = '–';

/** Figures with a point or a bracket, letters, Roman figures, and figures of several levels; a dash. */
const FIGURE = String.raw`\(?(?:\d{1,3}|\p{L}{1,2}|[ivxlcdm]{1,7})[.)]{1,2}|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?`;
const SIGN = new RegExp(`^(?:${DASH}|${FIGURE})$`, 'iu');
const BULLETS = /^[-*•–—·▪◦‣∙]$/;

/** The sign of a deeper item in its one form; undefined for what is none. */
export function signOf(text: string): string | undefined {
	const sign = text.trim().normalize('NFC');
	if (BULLETS.test(sign)) return DASH;
	return SIGN.test(sign) ? sign : undefined;
}

const TYPED = new RegExp(`^(?:[-*•–]|${FIGURE})(?= +\\S)`, 'iu');

/** The sign that a typed line begins with, as it was typed. */
export function typedSign(line: string): string | undefined {
	return TYPED.exec(line)?.[0];
}

/** Lines inside of an item that surely begin a deeper one; `19. April` and `z. B.` are words. */
const SURE = /^(?:[-–•]|\(?(?:\d{1,3}|\p{Ll}|(\p{Ll})\1|[ivx]{1,5})\))(?= +\S)/u;

export function sureSign(line: string): string | undefined {
	return SURE.exec(line)?.[0];
}

/** What a list says of its items. */
type Items = Pick<List, 'ordered' | 'start' | 'items' | 'deeper'>;

export interface ListItem {
	content: Inline;
	/** 0 for the list's own items. */
	depth: number;
	/** As it is shown: `-`, or the number and a point; of deeper items their own. */
	sign: string;
}

/** Every item with its sign; only the list's own items are counted. */
export function itemsOf({ ordered, start = 1, items, deeper }: Items): ListItem[] {
	let own = 0;
	return items.map((content, at) => {
		const place = deeper?.[at];
		if (place) return { content, ...place };
		return { content, depth: 0, sign: ordered ? `${start + own++}.` : '-' };
	});
}

export interface ItemTree<Item> {
	item: Item;
	inner: ItemTree<Item>[];
}

/** Items as a tree by their depths; one that is too deep stands directly below the one before. */
export function treeOf<Item extends { depth: number }>(items: readonly Item[]): ItemTree<Item>[] {
	const roots: ItemTree<Item>[] = [];
	const open: ItemTree<Item>[][] = [roots];
	for (const item of items) {
		open.length = Math.min(item.depth + 1, open.length);
		const node: ItemTree<Item> = { item, inner: [] };
		open.at(-1)!.push(node);
		open.push(node.inner);
	}
	return roots;
}

/** What counts in a sign, for programs that count themselves: `b)` is the second letter with a bracket behind. */
export interface CountedSign {
	format: 'letter' | 'LETTER' | 'roman' | 'ROMAN' | 'figure';
	before: string;
	after: string;
	count: number;
}

/** Undefined for a dash and for signs that no program counts alike: their words have to stand there themselves. */
export function countedSign(sign: string): CountedSign | undefined {
	const [, before = '', core = '', after = ''] = /^(\(?)([\p{L}\d]+)([.)]{1,2})$/u.exec(sign) ?? [];
	if (!core) return undefined;
	if (/^\d+$/.test(core))
		return core.startsWith('0') ? undefined : { format: 'figure', before, after, count: Number(core) };
	const small = core.toLowerCase();
	const [letter, roman] = core === small ? (['letter', 'roman'] as const) : (['LETTER', 'ROMAN'] as const);
	if (core !== small && core !== core.toUpperCase()) return undefined;
	if (/^[a-z]$/.test(small)) return { format: letter, before, after, count: small.charCodeAt(0) - 96 };
	const count = romanValue(small);
	return count ? { format: roman, before, after, count } : undefined;
}

const ROMAN: [string, number][] = [
	['m', 1000],
	['cm', 900],
	['d', 500],
	['cd', 400],
	['c', 100],
	['xc', 90],
	['l', 50],
	['xl', 40],
	['x', 10],
	['ix', 9],
	['v', 5],
	['iv', 4],
	['i', 1],
];

/** 0 for what is no Roman figure in its usual writing. */
function romanValue(text: string): number {
	let [value, left] = [0, text];
	for (const [sign, worth] of ROMAN) {
		const most = sign.length === 1 && /[mcxi]/.test(sign) ? 3 : 1;
		for (let n = 0; n < most && left.startsWith(sign); n++) {
			value += worth;
			left = left.slice(sign.length);
		}
	}
	return left ? 0 : value;
}
