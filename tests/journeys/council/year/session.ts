import { act, BODY, seen } from './world.ts';
import type { Page, Typed } from './site.ts';

/** A session as the office runs it: every act is a form of the room's page. */
export class Room {
	readonly slug: string;

	constructor(slug: string) {
		this.slug = slug;
	}

	page(item = ''): Promise<Page> {
		return seen(`/sitzungen/${this.slug}/verlauf${item && `?punkt=${item}`}`);
	}

	/** Something that is not about one item. `near` tells the form of one person from those of others. */
	async does(kind: string, typed: Typed = {}, near?: string): Promise<Page> {
		return act(await this.page(), `art=${kind}`, typed, near ? { near } : {});
	}

	/** Something about the item with these words in its title. */
	async at(title: string, kind: string, typed: Typed = {}): Promise<Page> {
		const id = await this.item(title);
		return act(await this.page(id), `art=${kind}`, typed, { near: id });
	}

	async item(title: string): Promise<string> {
		const { html } = await this.page();
		for (const [, id, panel] of html.matchAll(/data-panel="([^"]+)"[\s\S]*?<h2[^>]*>([\s\S]*?)<\/h2>/g))
			if (panel!.includes(title)) return id!;
		throw new Error(`no item “${title}” in ${this.slug}`);
	}

	/** Takes the roll: a mark for each name. */
	async roll(marks: Record<string, 'present' | 'remote' | 'excused' | 'unexcused' | 'unknown'>): Promise<Page> {
		const page = await this.page();
		const rows = [...page.html.matchAll(/<th scope="row" id="roll-([^"]+)"\s*>\s*([^<]*?)\s*</g)];
		const typed: Typed = {};
		for (const [name, mark] of Object.entries(marks)) {
			const row = rows.find(([, , words]) => words === name);
			if (!row) throw new Error(`${name} is not on the roll: ${rows.map(([, , words]) => words).join(', ')}`);
			typed[`mark:${row[1]}`] = mark;
		}
		return act(page, 'art=roll', typed);
	}
}

/** Plans a session of the council, with further items, and invites to it. */
export async function convene(date: string, typed: Typed, topics: string[], closed?: Typed): Promise<Page> {
	const form = `/sitzungen/neu?gremium=${BODY}&tag=${date}`;
	let page = await act(form, form, { place: 'Altes Rathaus, Saal', ...typed });
	for (const title of topics) page = await act(page, '?/neu', { title, kind: 'topic' });
	if (closed) page = await act(page, '?/neu', { kind: 'topic', ...closed });
	return act(`/sitzungen/${date}/einladung`, '?/senden');
}

/** Fields of a round of an election, for which the form has a name for each candidate. */
export function byCandidate(page: Page, figures: Record<string, string>): Typed {
	const labels = [...page.html.matchAll(/<label[^>]*for="(votes-[^"]+)-[0-9a-f-]{36}"[^>]*>([\s\S]*?)<\/label>/g)];
	return Object.fromEntries(
		Object.entries(figures).map(([name, figure]) => {
			const label = labels.find(([, , words]) => words!.includes(`Stimmen für ${name}`));
			return [label?.[1] ?? name, figure];
		}),
	);
}

/** A motion under the item that is open, its vote, the figures. Without a wording: the vote of the next body on the motion there is. */
export async function vote(
	room: Room,
	title: string,
	text: string,
	figures: Record<string, string>,
	body?: string,
): Promise<Page> {
	const item = await room.item(title);
	let page = await room.page(item);
	if (text) page = await act(page, 'art=motion', { text, kind: 'main' }, { near: item });
	page = await act(page, 'art=openVote', {}, { near: body ?? item });
	return act(page, 'art=figures', figures, { near: item });
}

/** Whoever's presence nobody noted was not there: said in the minutes, before anybody signs. */
export async function settle(slug: string): Promise<void> {
	const page = await seen(`/sitzungen/${slug}/niederschrift`);
	const form = page.form('?/anwesenheit');
	if (form) await act(page, '?/anwesenheit', Object.fromEntries(form.values.map(([name]) => [name, 'absent'])));
}
