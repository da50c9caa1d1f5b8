import type { App } from './app.ts';

/** A page as somebody without JavaScript has it: text to read, forms to send. */
export interface PlainPage {
	status: number;
	url: string;
	html: string;
	/** What is read: without tags, scripts and surplus space. */
	text: string;
	/**
	 * Sends the first form that holds all of these hidden or submitted fields, with what is typed; follows the redirect.
	 * @throws Error when the page has no such form
	 */
	send(matching: Record<string, string>, typed?: Record<string, string>): Promise<PlainPage>;
	/** Is there such a form? */
	offers(matching: Record<string, string>): boolean;
}

/** Opens a page of the running application by HTTP, with a session's cookie. */
export async function plainPage(app: Pick<App, 'url'>, path: string, cookie?: string): Promise<PlainPage> {
	const url = new URL(path, app.url);
	const answer = await fetch(url, { headers: headersOf(app, cookie) });
	return read(app, answer, url.href, cookie);
}

function headersOf(app: Pick<App, 'url'>, cookie?: string): Record<string, string> {
	return { accept: 'text/html', origin: app.url, ...(cookie && { cookie }) };
}

async function read(app: Pick<App, 'url'>, answer: Response, url: string, cookie?: string): Promise<PlainPage> {
	const html = await answer.text();
	const find = (matching: Record<string, string>) =>
		formsOf(html).find(({ fields }) =>
			Object.entries(matching).every(([name, value]) => fields.get(name)?.includes(value)),
		);
	return {
		status: answer.status,
		url,
		html,
		text: textOf(html),
		offers: (matching) => find(matching) !== undefined,
		send: async (matching, typed = {}) => {
			const form = find(matching);
			if (!form) throw new Error(`no form with ${JSON.stringify(matching)} on ${url}`);
			const body = new URLSearchParams([...form.hidden, ...Object.entries(matching), ...Object.entries(typed)]);
			for (const [name, value] of Object.entries({ ...matching, ...typed })) body.set(name, value);
			const target = new URL(form.action, url);
			const sent = await fetch(target, { method: 'POST', redirect: 'manual', headers: headersOf(app, cookie), body });
			const location = sent.headers.get('location');
			if (sent.status !== 303 || !location) return read(app, sent, target.href, cookie);
			const next = new URL(location, target);
			return read(app, await fetch(next, { headers: headersOf(app, cookie) }), next.href, cookie);
		},
	};
}

interface Form {
	action: string;
	hidden: [string, string][];
	/** Everything that the form could send, by name. */
	fields: Map<string, string[]>;
}

function formsOf(html: string): Form[] {
	return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) => {
		const hidden: [string, string][] = [];
		const fields = new Map<string, string[]>();
		for (const [tag] of inside.matchAll(/<(?:input|button|select|textarea|option)\b[^>]*>/g)) {
			const name = attribute(tag, 'name');
			if (!name) continue;
			const value = attribute(tag, 'value') ?? '';
			fields.set(name, [...(fields.get(name) ?? []), value]);
			const type = attribute(tag, 'type');
			const ticked = (type === 'radio' || type === 'checkbox') && /\schecked\b/.test(tag);
			if (type === 'hidden' || ticked) hidden.push([name, value]);
		}
		return { action: attribute(head, 'action') ?? '', hidden, fields };
	});
}

function attribute(tag: string, name: string): string | undefined {
	const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
	return found === undefined ? undefined : decode(found);
}

function textOf(html: string): string {
	const bare = html.replaceAll(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ').replaceAll(/<!--[\s\S]*?-->/g, '');
	return decode(bare.replaceAll(/<[^>]+>/g, ' '))
		.replaceAll(/\s+/g, ' ')
		.trim();
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

function decode(text: string): string {
	return text.replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name]!);
}
