/** What a check found, counted by rule: one broken habit of a server is one line with an example, not ten thousand. */
export class Findings {
	readonly #found = new Map<string, { count: number; example: string }>();
	readonly counts: Record<string, number> = {};

	/** @param where address at which the rule is broken */
	add(rule: string, where: string): void {
		const known = this.#found.get(rule);
		if (known) known.count++;
		else this.#found.set(rule, { count: 1, example: where });
	}

	saw(type: string): void {
		this.counts[type] = (this.counts[type] ?? 0) + 1;
	}

	get list(): { rule: string; count: number; example: string }[] {
		return [...this.#found].map(([rule, { count, example }]) => ({ rule, count, example }));
	}
}
