import { act, seen } from './world.ts';
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
