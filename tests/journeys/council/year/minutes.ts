import { act, says, seen } from './world.ts';
import type { Page } from './site.ts';

const of = (slug: string) => `/sitzungen/${slug}/niederschrift`;

/** The id under which the minutes keep an item, by words of its title. */
export function itemId(page: Page, title: string): string {
	const parts = page.html.split(/id="punkt-/).slice(1);
	const found = parts.find((part) => /<h3[\s\S]*?<\/h3>/.exec(part)?.[0].includes(title));
	if (!found) throw new Error(`no item “${title}” in ${page.path}`);
	return found.slice(0, found.indexOf('"'));
}

/** Texts of items by title, then review, both signatures, publication. */
export async function writeMinutes(slug: string, texts: Record<string, string>, chair = 'Dilek Demir'): Promise<void> {
	for (const [title, text] of Object.entries(texts)) {
		const page = await seen(of(slug));
		await act(page, '?/text', { text }, { near: itemId(page, title) });
	}
	await says('/tisch', 'office', ['Niederschrift']);
	await act(of(slug), '?/pruefung');
	await act(of(slug), '?/unterschrift', { function: 'Vorsitzende' }, { who: chair, near: 'value="chair"' });
	await act(of(slug), '?/unterschrift', { function: 'Schriftführung' }, { near: 'value="minuteTaker"' });
	await act(of(slug), '?/veroeffentlichen');
}
