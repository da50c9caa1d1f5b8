/** A reader without JavaScript: pages by HTTP, forms as a browser would send them. */
export interface Page {
	status: number;
	/** Path with query, without host. */
	path: string;
	html: string;
	/** What is read in the main part: without tags and surplus space. */
	text: string;
	/** The text of the part of the page under a heading, up to the next heading of the same rank or a higher one. */
	under(heading: string): string;
	/** Cells of all table rows in the main part. */
	rows(): string[][];
	/** Entries of all lists in the main part. */
	items(): string[];
	/** The first form with this action (and these words in it); undefined when there is none. */
	form(action: string, near?: string): Form | undefined;
}

export interface Form {
	action: string;
	/** Words of the heading that it stands under. */
	heading: string;
	html: string;
	/** What a browser would send without anybody touching it; the buttons are not in it. */
	values: [string, string][];
}

/** What is typed or chosen: a value, or the words beside it in a list; null leaves a field out (an unticked box). */
export type Typed = Record<string, string | null>;

export class Site {
	readonly url: string;

	constructor(url: string) {
		this.url = url;
	}

	async get(path: string, cookie = ''): Promise<Page> {
		const answer = await fetch(this.url + path, { headers: headers(this.url, cookie), redirect: 'manual' });
		const location = answer.headers.get('location');
		if (location && answer.status >= 300 && answer.status < 400) return this.get(pathOf(location, this.url), cookie);
		return read(answer, path);
	}

	/** @returns the bytes of a file, with its kind */
	async file(path: string, cookie = ''): Promise<{ status: number; type: string; bytes: Uint8Array }> {
		const answer = await fetch(this.url + path, { headers: cookie ? { cookie } : {} });
		const bytes = new Uint8Array(await answer.arrayBuffer());
		return { status: answer.status, type: answer.headers.get('content-type') ?? '', bytes };
	}

	/** Sends a form of the page as it stands there, with what is typed. @throws Error when the page has no such form */
	async send(page: Page, action: string, typed: Typed = {}, cookie = '', near?: string): Promise<Page> {
		const form = page.form(action, near);
		if (!form)
			throw new Error(`no form ${action} ${near ?? ''} on ${page.path} (${page.status}): ${page.text.slice(0, 400)}`);
		const body = new URLSearchParams(form.values);
		for (const [name, value] of Object.entries(typed)) {
			if (value === null) body.delete(name);
			else body.set(name, valueOf(form, name, value, page.path));
		}
		const target = new URL(form.action, this.url + page.path);
		const sent = await fetch(target, { method: 'POST', redirect: 'manual', headers: headers(this.url, cookie), body });
		const location = sent.headers.get('location');
		if (sent.status === 303 && location) return this.get(pathOf(location, target.href), cookie);
		return read(sent, target.pathname + target.search);
	}
}

function headers(origin: string, cookie: string): Record<string, string> {
	return { accept: 'text/html', origin, ...(cookie && { cookie }) };
}

function pathOf(location: string, base: string): string {
	const { pathname, search } = new URL(location, base);
	return pathname + search;
}

async function read(answer: Response, path: string): Promise<Page> {
	const html = await answer.text();
	const main = (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replaceAll(/<dialog\b[\s\S]*?<\/dialog>/g, '');
	return {
		status: answer.status,
		path,
		html,
		text: plain(main),
		under: (heading) => under(main, heading),
		rows: () =>
			[...main.matchAll(/<tr\b[\s\S]*?<\/tr>/g)].map(([row]) =>
				[...row.matchAll(/<t[hd]\b[^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => plain(cell!)),
			),
		items: () => [...main.matchAll(/<li\b[^>]*>([\s\S]*?)<\/li>/g)].map(([, item]) => plain(item!)),
		form: (action, near) => formsOf(main).find((form) => isOf(form, action) && (!near || isNear(form, near))),
	};
}

function isNear({ html, heading }: Form, words: string): boolean {
	return html.includes(words) || plain(html).includes(words) || heading.includes(words);
}

function isOf({ action: whole, html }: Form, wanted: string): boolean {
	const action = whole.split('#')[0]!;
	// Forms of a session's room share one action and say in a hidden field what they do.
	if (wanted.startsWith('art=')) return html.includes(`name="art" value="${wanted.slice(4)}"`);
	const own = action.slice(action.indexOf('?'));
	return wanted === action || own === wanted || own.startsWith(`${wanted}&`);
}

function formsOf(html: string): Form[] {
	return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)]
		.filter(([, head]) => attribute(`<form ${head}>`, 'method')?.toLowerCase() === 'post')
		.map(({ index, 1: head, 2: inside }) => ({
			heading: plain([...html.slice(0, index).matchAll(/<h[1-6]\b[^>]*>([\s\S]*?)<\/h[1-6]>/g)].at(-1)?.[1] ?? ''),
			action: attribute(`<form ${head}>`, 'action') ?? '',
			html: `${head} ${inside}`,
			values: valuesIn(inside!),
		}));
}

function valuesIn(html: string): [string, string][] {
	const values: [string, string][] = [];
	for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
		const name = attribute(tag, 'name');
		const type = attribute(tag, 'type') ?? 'text';
		if (!name || type === 'submit' || type === 'file') continue;
		if ((type === 'checkbox' || type === 'radio') && !/\schecked\b/.test(tag)) continue;
		values.push([name, attribute(tag, 'value') ?? (type === 'checkbox' ? 'on' : '')]);
	}
	for (const [, head, inner] of html.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
		const options = optionsIn(inner!);
		const chosen = options.find(({ selected }) => selected) ?? options[0];
		if (chosen) values.push([attribute(`<select ${head}>`, 'name') ?? '', chosen.value]);
	}
	for (const [, head, inner] of html.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
		values.push([attribute(`<textarea ${head}>`, 'name') ?? '', decode(inner!.replace(/^\n/, ''))]);
	return values;
}

interface Option {
	value: string;
	label: string;
	selected: boolean;
}

function optionsIn(html: string): Option[] {
	return [...html.matchAll(/<option\b([^>]*)>([\s\S]*?)<\/option>/g)].map(([, head, label]) => ({
		value: attribute(`<option ${head}>`, 'value') ?? plain(label!),
		label: plain(label!),
		selected: /\sselected\b/.test(head!),
	}));
}

/** Choices of a list in a form, by their words. */
export function choicesOf(form: Form | undefined, name: string): string[] {
	const select = form && selectOf(form, name);
	return select
		? optionsIn(select)
				.filter(({ value }) => value)
				.map(({ label }) => label)
		: [];
}

function selectOf(form: Form, name: string): string | undefined {
	return [...form.html.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)].find(
		([, head]) => attribute(`<select ${head}>`, 'name') === name,
	)?.[2];
}

/** A list takes the words of a choice for its value, so that nobody has to know an id. */
function valueOf(form: Form, name: string, given: string, path: string): string {
	const select = selectOf(form, name);
	if (!select) return given;
	const options = optionsIn(select);
	const found =
		options.find(({ value }) => value === given) ??
		options.find(({ label }) => label === given) ??
		options.find(({ label }) => label.includes(given));
	if (!found)
		throw new Error(`${name} on ${path} offers no “${given}”: ${options.map(({ label }) => label).join(' | ')}`);
	return found.value;
}

function under(html: string, heading: string): string {
	const heads = [...html.matchAll(/<h([1-6])\b[^>]*>([\s\S]*?)<\/h\1>/g)];
	const at = heads.findIndex(([, , words]) => plain(words!) === heading || plain(words!).startsWith(heading));
	if (at < 0)
		throw new Error(`no heading “${heading}”, only: ${heads.map(([, , words]) => plain(words!)).join(' | ')}`);
	const rank = Number(heads[at]![1]);
	const next = heads.slice(at + 1).find(([, level]) => Number(level) <= rank);
	return plain(html.slice(heads[at]!.index, next?.index));
}

function attribute(tag: string, name: string): string | undefined {
	const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
	return found === undefined ? undefined : decode(found);
}

export function plain(html: string): string {
	return decode(
		html
			.replaceAll(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ')
			.replaceAll(/<!--[\s\S]*?-->/g, '')
			.replaceAll(/<[^>]+>/g, ' '),
	)
		.replaceAll(/[\s\u00a0\u202f]+/g, ' ')
		.replaceAll(/ ([,.;:])/g, '$1')
		.trim();
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ', shy: '' };

function decode(text: string): string {
	return text.replaceAll(/&(amp|lt|gt|quot|#39|nbsp|shy);/g, (_, name: string) => ENTITIES[name]!);
}
