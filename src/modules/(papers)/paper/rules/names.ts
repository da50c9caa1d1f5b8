/** Who is meant by @names in a remark. Pure. */

export interface Named {
	id: string;
	/** As the person is called: "Jonna Wiebold". */
	name: string;
}

/**
 * People called by @name: the whole name, or its first or last word where it means nobody else. Capital letters don't matter.
 * @returns each once, in the order in which they are called
 */
export function calledIn(text: string, people: readonly Named[]): Named[] {
	const found = new Set<Named>();
	for (const match of text.matchAll(/(?<![\p{L}\p{N}])@([\p{L}\p{M}\-.' ]+)/gu)) {
		const after = words(match[1]!);
		const whole = people.filter(({ name }) => startsWith(after, words(name)));
		const longest = Math.max(...whole.map(({ name }) => words(name).length), 0);
		const best = whole.filter(({ name }) => words(name).length === longest);
		const short = people.filter(({ name }) => [words(name).at(0), words(name).at(-1)].includes(after[0]));
		const meant = best.length ? best : short;
		if (meant.length === 1) found.add(meant[0]!);
	}
	return [...found];
}

function words(text: string): string[] {
	return text
		.toLocaleLowerCase('de')
		.split(/[\s.]+/)
		.filter(Boolean);
}

function startsWith(text: readonly string[], start: readonly string[]): boolean {
	return start.length > 0 && start.every((word, index) => text[index] === word);
}
