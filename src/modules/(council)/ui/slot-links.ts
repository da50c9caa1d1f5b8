/** A link of a later module at an item, as components need it. */
export interface ItemLink {
	href: string;
	label: string;
	reference?: string;
	wording?: string;
	amends?: boolean;
}

/** Links by the id of their item. */
export type ItemLinks = Record<string, ItemLink[]>;

/** Numbers of papers that no link stands for. */
export function unlinked(papers: readonly string[], links: readonly ItemLink[]): string[] {
	return papers.filter((paper) => !links.some(({ reference }) => reference === paper));
}

/** What the paper of an item proposes, as it is put to the vote; undefined for an item without one, or with several. */
export function wordingOf(links: ItemLinks, itemId: string): string | undefined {
	const wordings = (links[itemId] ?? []).flatMap(({ wording, amends }) => (wording && !amends ? wording : []));
	return wordings.length === 1 ? wordings[0] : undefined;
}

/** A change of the item's paper that was brought in as a paper of its own, as it is put to the vote. */
export interface Amending {
	reference: string;
	wording: string;
}

/** The changes that lie on the table of an item. */
export function amendingOf(links: ItemLinks, itemId: string): Amending[] {
	return (links[itemId] ?? []).flatMap(({ wording, amends, reference = '' }) =>
		wording && amends ? { reference, wording } : [],
	);
}
