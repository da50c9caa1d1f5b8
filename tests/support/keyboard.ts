import type { CDPSession, Page } from 'playwright-core';
import type { App } from './app.ts';

export interface Through {
	/** Pages that were gone through; feeds, files and streams are none. */
	seen: number;
	/** One sentence each, with the page's way before it. */
	faults: string[];
}

/**
 * Goes through pages as somebody without a mouse and somebody with a screen reader have them.
 * @param cookie of the session; @param unfold opens everything that folds first
 */
export async function goThrough(
	app: App,
	cookie: string,
	pages: readonly { way: string; path: string }[],
	{ unfold = false } = {},
): Promise<Through> {
	const page = await app.newPage({ viewport: { width: 1280, height: 900 } });
	await page.context().addCookies(
		cookie.split('; ').map((pair) => {
			const [name = '', ...value] = pair.split('=');
			return { name, value: value.join('='), url: app.url };
		}),
	);
	const reader = await page.context().newCDPSession(page);
	const through: Through = { seen: 0, faults: [] };
	for (const { way, path } of pages) {
		const answer = await page.goto(path, { waitUntil: 'load' }).catch(() => null);
		if (!answer?.headers()['content-type']?.startsWith('text/html')) continue;
		through.seen++;
		if (unfold)
			await page.evaluate(() =>
				document.querySelectorAll('main details').forEach((one) => ((one as HTMLDetailsElement).open = true)),
			);
		const found = [...(await withTab(page)), ...(await asRead(reader))];
		through.faults.push(...found.map((fault) => `${way}: ${fault}`));
	}
	await page.context().close();
	return through;
}

/** What is wrong for somebody who goes through the page by Tab alone. */
async function withTab(page: Page): Promise<string[]> {
	// Fields of dates have several stops, and what scrolls has one: some more than there are elements, but not without end.
	let left = 60 + 4 * (await page.evaluate(beginWatching));
	for (let more = 1; more > 0 && left > 0; more = await page.evaluate(howManyLeft))
		for (let step = 0; step < Math.max(5, more); step++, left--) await page.keyboard.press('Tab');
	return page.evaluate(whatTabFound);
}

/** Runs in the page. Notes each stop of Tab. @returns how many there should be */
function beginWatching(): number {
	const can = 'a[href], button, input, select, textarea, summary, [tabindex]';
	const wanted = [...document.querySelectorAll<HTMLElement>(can)].filter((one) => {
		if (one.tabIndex < 0 || (one as HTMLInputElement).disabled || !one.checkVisibility({ visibilityProperty: true }))
			return false;
		if (one instanceof HTMLInputElement && one.type === 'hidden') return false;
		if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return true;
		// Of a group, the one that is chosen takes the focus, else the first.
		const group = [...document.getElementsByName(one.name)].filter(
			(other): other is HTMLInputElement => other instanceof HTMLInputElement && other.form === one.form,
		);
		return one === (group.find(({ checked }) => checked) ?? group[0]);
	});
	const stops: { of: HTMLElement; seen: boolean; top: number; bottom: number; left: number; right: number }[] = [];
	Object.assign(globalThis, { tabStops: stops, tabWanted: wanted });
	document.addEventListener('focusin', ({ target }) => {
		const of = target as HTMLElement;
		const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(of);
		const seen = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
		const { top, bottom, left, right } = of.getBoundingClientRect();
		const [x, y] = [scrollX, scrollY];
		stops.push({ of, seen, top: top + y, bottom: bottom + y, left: left + x, right: right + x });
	});
	return wanted.length;
}

/** Runs in the page. @returns how many stops nobody has come to yet */
function howManyLeft(): number {
	const { tabStops = [], tabWanted = [] } = globalThis as unknown as {
		tabStops?: { of: HTMLElement }[];
		tabWanted?: HTMLElement[];
	};
	const reached = new Set(tabStops.map(({ of }) => of));
	return tabWanted.filter((one) => !reached.has(one)).length;
}

/** Runs in the page. */
function whatTabFound(): string[] {
	const { tabStops, tabWanted } = globalThis as unknown as {
		tabStops?: { of: HTMLElement; seen: boolean; top: number; bottom: number; left: number; right: number }[];
		tabWanted: HTMLElement[];
	};
	if (!tabStops) return ['goes away while somebody goes through it'];
	const nameOf = (of: HTMLElement) =>
		`${of.tagName.toLowerCase()} "${(of.getAttribute('aria-label') ?? of.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 60) || of.id || (of as HTMLInputElement).name}"`;
	const faults: string[] = [];
	const reached = new Set(tabStops.map(({ of }) => of));
	// Parts that follow the session come anew while somebody goes through them, with the same names.
	const names = new Set([...reached].map(nameOf));
	const came = (one: HTMLElement) => reached.has(one) || (!one.isConnected && names.has(nameOf(one)));
	for (const one of tabWanted) if (!came(one)) faults.push(`Tab does not reach ${nameOf(one)}`);
	for (const { of, seen } of tabStops) if (!seen) faults.push(`nobody sees that ${nameOf(of)} has the focus`);
	for (const [at, now] of tabStops.entries()) {
		const before = tabStops[at - 1];
		if (!before || now.of === tabStops[0]!.of) continue;
		const overlap = Math.min(now.right, before.right) - Math.max(now.left, before.left);
		const narrow = Math.min(now.right - now.left, before.right - before.left);
		if (now.bottom <= before.top && overlap > narrow / 2)
			faults.push(`Tab goes up from ${nameOf(before.of)} to ${nameOf(now.of)}`);
	}
	return [...new Set(faults)];
}

interface Heard {
	ignored?: boolean;
	nodeId: string;
	parentId?: string;
	role?: { value?: string };
	name?: { value?: string };
	backendDOMNodeId?: number;
	childIds?: string[];
}

const NAMED =
	/^(button|link|textbox|searchbox|combobox|listbox|checkbox|radio|spinbutton|dialog|img|image|heading|region|radiogroup|group|table|navigation|progressbar|meter|switch|tab)$/;

/** What is wrong in the tree that a screen reader gets. */
async function asRead(reader: CDPSession): Promise<string[]> {
	const { nodes } = (await reader.send('Accessibility.getFullAXTree')) as { nodes: Heard[] };
	const byId = new Map(nodes.map((node) => [node.nodeId, node]));
	const roleOf = (node: Heard) => node.role?.value ?? '';
	const textOf = (node: Heard) => (node.name?.value ?? '').trim();
	const above = (node: Heard): Heard[] => {
		const parent = node.parentId ? byId.get(node.parentId) : undefined;
		return parent ? [parent, ...above(parent)] : [];
	};
	const below = (node: Heard): Heard[] =>
		(node.childIds ?? []).flatMap((id) => {
			const child = byId.get(id);
			return child ? [child, ...below(child)] : [];
		});
	const heard = nodes.filter(({ ignored }) => !ignored);
	const faults: string[] = [];
	for (const node of heard) {
		const near = () => above(node).map(textOf).find(Boolean) ?? '';
		// What folds is a group to the browser, and named by what opens it.
		const folds = roleOf(node) === 'group' && below(node).some((one) => roleOf(one) === 'DisclosureTriangle');
		if (NAMED.test(roleOf(node)) && !textOf(node) && !folds)
			faults.push(`a ${roleOf(node)} has no name (in "${near()}")`);
		if (roleOf(node) === 'table' && !below(node).some((one) => /^(column|row)header$/.test(roleOf(one))))
			faults.push(`the table "${textOf(node)}" has no headers`);
	}
	const main = heard.find((node) => roleOf(node) === 'main');
	if (!main) return [...faults, 'has no main part'];
	const acts = below(main).filter((node) => !node.ignored && roleOf(node) === 'button');
	// Fields of dates bring a button of the browser's own.
	const times = Map.groupBy(acts, textOf);
	times.delete('Show date picker Show date picker');
	for (const [name, same] of times)
		if (name && same.length > 1) faults.push(`${same.length} buttons are called "${name}"`);
	const levels = heard.filter((node) => roleOf(node) === 'heading').length;
	if (!levels) faults.push('has no heading');
	return [...new Set(faults)];
}
