/** What was not as the specification wants it, counted per kind with an example: for the report of a run. Pure. */

/** Each has a sentence in the messages of the office (`oparl_finding_…`). */
export const FAULTS = [
	'addressWithoutId',
	'badDate',
	'badNumber',
	'brokenJson',
	'controlCharacters',
	'cycle',
	'dateWithoutOffset',
	'doubleId',
	'doubleReference',
	'endBeforeStart',
	'html',
	'listLoop',
	'listMissing',
	'mojibake',
	'noBeginning',
	'noFunction',
	'noName',
	'notFound',
	'notInList',
	'notKept',
	'nullValue',
	'numberAsText',
	'orphan',
	'overlap',
	'relativeLink',
	'reversedRelation',
	'single',
	'tooLarge',
	'unknownRole',
	'unknownWord',
	'unreachable',
	'wrongType',
	'wrongValue',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface Finding {
	/** Type of the object, e.g. Paper; `List` for what concerns a list as a whole. */
	kind: string;
	fault: Fault;
	count: number;
	/** Where it was seen first: an id or address, and the property. */
	example: string;
}

/** Collects findings. A fault of a thousand objects is one line. */
export class Findings {
	#found = new Map<string, Finding>();

	constructor(known: readonly Finding[] = []) {
		for (const one of known) this.#found.set(`${one.kind} ${one.fault}`, { ...one });
	}

	add(kind: string, fault: Fault, example: string): void {
		const key = `${kind} ${fault}`;
		const known = this.#found.get(key);
		if (known) known.count++;
		else this.#found.set(key, { kind, fault, count: 1, example: example.slice(0, 300) });
	}

	/** Adds those of others. */
	take(others: Findings): void {
		for (const one of others.#found.values()) {
			const key = `${one.kind} ${one.fault}`;
			const known = this.#found.get(key);
			if (known) known.count += one.count;
			else this.#found.set(key, { ...one });
		}
	}

	has(kind: string, fault: Fault): boolean {
		return this.#found.has(`${kind} ${fault}`);
	}

	/** By kind, the most frequent first. */
	list(): Finding[] {
		return [...this.#found.values()].sort(
			(a, b) => a.kind.localeCompare(b.kind) || b.count - a.count || a.fault.localeCompare(b.fault),
		);
	}
}
