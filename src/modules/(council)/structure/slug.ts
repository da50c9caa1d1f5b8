const SPELLED: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** An address made of a name: "Beirat für Integration" becomes beirat-fuer-integration, at most 60 characters. */
export function slugOf(name: string): string {
	const plain = name
		.toLowerCase()
		.replace(/[äöüß]/g, (letter) => SPELLED[letter]!)
		.normalize('NFD')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	return plain.slice(0, 60).replace(/-+$/, '') || 'gremium';
}

/** The same address, or with the next number behind it that is not taken; taken from then on. */
export function free(slug: string, taken: Set<string>): string {
	let found = slug;
	for (let n = 2; taken.has(found); n++) found = `${slug}-${n}`;
	taken.add(found);
	return found;
}
