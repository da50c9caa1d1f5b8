import { child, childrenNamed, elements, type XmlNode } from './xml.ts';

/** One level of a list style, as far as its label needs it. */
export type ListLevel = {
	/** ODF's number format (`1`, `a`, `I` …), null for a bullet. */
	format: string | null;
	bullet: string;
	prefix: string;
	suffix: string;
	/** How many levels the label shows: 2 gives `1.1`. */
	shownLevels: number;
	start: number;
	/** Newer files: the label with `%1%` for the number of level 1. */
	pattern: string | null;
};

/** Distances of a paragraph to its neighbours, points. */
export type Gaps = { gapBefore: number; gapAfter: number };

const MAX_CHAIN = 20;
const POINTS: Record<string, number> = { pt: 1, in: 72, cm: 72 / 2.54, mm: 72 / 25.4, pc: 12, px: 0.75 };

/** The styles of an OpenDocument text: those of `styles.xml` and the automatic ones of `content.xml`. */
export class OdtStyles {
	readonly #paragraphs = new Map<string, XmlNode>();
	readonly #lists = new Map<string, Map<number, ListLevel>>();
	readonly #outline = new Map<number, ListLevel>();

	constructor(parts: (XmlNode | null)[]) {
		for (const style of parts.flatMap((part) => elements(part ?? undefined)).flatMap((group) => elements(group))) {
			const name = style.attributes['style:name'] ?? '';
			if (style.name === 'style:style' && style.attributes['style:family'] === 'paragraph') {
				this.#paragraphs.set(name, style);
			} else if (style.name === 'text:list-style') this.#lists.set(name, readLevels(style));
			else if (style.name === 'text:outline-style') {
				for (const [level, look] of readLevels(style)) this.#outline.set(level, look);
			}
		}
	}

	listLevel(style: string, level: number): ListLevel | undefined {
		return this.#lists.get(style)?.get(level);
	}

	/** The numbering of headings; levels without numbers have the format `''`. */
	outlineLevel(level: number): ListLevel | undefined {
		return this.#outline.get(level);
	}

	/** The list style that a paragraph style brings with it. */
	listStyleOf(paragraphStyle: string): string | null {
		for (const style of this.#chain(paragraphStyle)) {
			const name = style.attributes['style:list-style-name'];
			if (name !== undefined) return name || null;
		}
		return null;
	}

	gaps(paragraphStyle: string): Gaps {
		const chain = this.#chain(paragraphStyle).map((style) => child(style, 'style:paragraph-properties'));
		const first = (name: string) =>
			chain.map((look) => look?.attributes[name] ?? look?.attributes['fo:margin']).find((value) => value !== undefined);
		return { gapBefore: points(first('fo:margin-top')), gapAfter: points(first('fo:margin-bottom')) };
	}

	#chain(name: string): XmlNode[] {
		const chain: XmlNode[] = [];
		let style = this.#paragraphs.get(name);
		while (style && chain.length < MAX_CHAIN) {
			chain.push(style);
			style = this.#paragraphs.get(style.attributes['style:parent-style-name'] ?? '');
		}
		return chain;
	}
}

function readLevels(style: XmlNode): Map<number, ListLevel> {
	const levels = new Map<number, ListLevel>();
	const names = ['text:list-level-style-number', 'text:list-level-style-bullet', 'text:outline-level-style'];
	for (const node of names.flatMap((name) => childrenNamed(style, name))) {
		levels.set(Number(node.attributes['text:level'] ?? 1), readLevel(node));
	}
	return levels;
}

function readLevel({ name, attributes }: XmlNode): ListLevel {
	return {
		format: name === 'text:list-level-style-bullet' ? null : (attributes['style:num-format'] ?? ''),
		bullet: attributes['text:bullet-char'] ?? '•',
		prefix: attributes['style:num-prefix'] ?? '',
		suffix: attributes['style:num-suffix'] ?? '',
		shownLevels: Number(attributes['text:display-levels'] ?? 1) || 1,
		start: Number(attributes['text:start-value'] ?? 1),
		pattern: attributes['style:num-list-format'] ?? attributes['loext:num-list-format'] ?? null,
	};
}

function points(length: string | undefined): number {
	const match = /^(-?[\d.]+)([a-z]+)$/.exec(length ?? '');
	return match ? Number(match[1]) * (POINTS[match[2]!] ?? 0) : 0;
}
