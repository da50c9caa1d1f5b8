/**
 * pdf.js leaves soft hyphens out of its text, also where they are the printed hyphen at the end of a line (Typst and
 * some word processors write them so). The drawing operations still have them: this finds, for each piece of text,
 * whether one follows.
 */
export class SoftHyphens {
	readonly #plain: string;
	/** Positions in `#plain` before which a soft hyphen was drawn. */
	readonly #at: ReadonlySet<number>;
	#next = 0;

	/** @param drawn all letters in the order in which the page draws them */
	constructor(drawn: string) {
		const parts = drawn.includes('\u00AD') ? bare(drawn).split('\u00AD') : [];
		this.#plain = parts.join('');
		let position = 0;
		this.#at = new Set(parts.slice(0, -1).map((part) => (position += part.length)));
	}

	/** To be asked for every piece of text in order: does a soft hyphen stand after it? */
	follows(text: string): boolean {
		const wanted = bare(text);
		if (this.#at.size === 0 || wanted === '') return false;
		const found = this.#plain.indexOf(wanted, this.#next);
		// Text that the two lists order differently (right-to-left) is passed over.
		if (found < 0 || found > this.#next + 300) return false;
		this.#next = found + wanted.length;
		return this.#at.has(this.#next);
	}
}

function bare(text: string): string {
	return text.normalize('NFKC').replace(/\s+/g, '');
}
