/** A link of a later module at an item, as components need it. */
export interface ItemLink {
	href: string;
	label: string;
	reference?: string;
	wording?: string;
}

/** Links by the id of their item. */
export type ItemLinks = Record<string, ItemLink[]>;

/** Numbers of papers that no link stands for. */
export function unlinked(papers: readonly string[], links: readonly ItemLink[]): string[] {
	return papers.filter((paper) => !links.some(({ reference }) => reference === paper));
}

/** What the paper of an item proposes, as it is put to the vote; undefined for an item without one, or with several. */
export function wordingOf(links: ItemLinks, itemId: string): string | undefined {
	const wordings = (links[itemId] ?? []).flatMap(({ wording }) => wording ?? []);
	return wordings.length === 1 ? wordings[0] : undefined;
}
