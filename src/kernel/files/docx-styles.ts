import { child, childrenNamed, type XmlNode } from './xml.ts';

/** What a paragraph's own properties and its chain of styles come to. Gaps are points. */
export type ParagraphLook = {
	gapBefore: number;
	gapAfter: number;
	heading: boolean;
	/** Depth of a heading, from 0; null for text. */
	outline: number | null;
	numbering: { numId: string; level: number | null; style: string | null } | null;
};

const MAX_CHAIN = 20;

/** Looks up paragraph properties through direct formatting, styles and the document's defaults. */
export class DocxStyles {
	readonly #styles = new Map<string, XmlNode>();
	#defaultStyle = '';
	#defaults: XmlNode | undefined;

	constructor(styles: XmlNode | null) {
		if (!styles) return;
		this.#defaults = child(child(child(styles, 'w:docDefaults'), 'w:pPrDefault'), 'w:pPr');
		for (const style of childrenNamed(styles, 'w:style')) {
			const id = style.attributes['w:styleId'] ?? '';
			this.#styles.set(id, style);
			const isDefault = /^(1|true|on)$/.test(style.attributes['w:default'] ?? '');
			if (isDefault && style.attributes['w:type'] === 'paragraph') this.#defaultStyle = id;
		}
	}

	/** `properties` is the paragraph's `w:pPr`, if it has one. */
	look(properties: XmlNode | undefined): ParagraphLook {
		const styleId = val(child(properties, 'w:pStyle')) ?? this.#defaultStyle;
		const chain = this.#chain(styleId);
		const sources = [properties, ...chain.map((style) => child(style, 'w:pPr')), this.#defaults];
		const outline = firstValue(sources, 'w:outlineLvl');
		return {
			gapBefore: this.#gap(sources, 'w:before'),
			gapAfter: this.#gap(sources, 'w:after'),
			heading: outline !== null && Number(outline) < 9,
			outline: outline !== null && Number(outline) < 9 ? Number(outline) || 0 : null,
			numbering: numberingOf(properties, chain),
		};
	}

	#gap(sources: (XmlNode | undefined)[], side: 'w:before' | 'w:after'): number {
		for (const source of sources) {
			const twips = child(source, 'w:spacing')?.attributes[side];
			if (twips !== undefined) return Number(twips) / 20 || 0;
		}
		return 0;
	}

	/** The style and those it is based on, nearest first. */
	#chain(styleId: string): XmlNode[] {
		const chain: XmlNode[] = [];
		let style = this.#styles.get(styleId);
		while (style && chain.length < MAX_CHAIN) {
			chain.push(style);
			style = this.#styles.get(val(child(style, 'w:basedOn')) ?? '');
		}
		return chain;
	}
}

function numberingOf(properties: XmlNode | undefined, chain: XmlNode[]): ParagraphLook['numbering'] {
	const direct = child(properties, 'w:numPr');
	const directLevel = val(child(direct, 'w:ilvl'));
	const numId = val(child(direct, 'w:numId'));
	if (numId !== null) return place(numId, directLevel, null);
	for (const style of chain) {
		const inherited = child(child(style, 'w:pPr'), 'w:numPr');
		const styleNumId = val(child(inherited, 'w:numId'));
		if (styleNumId === null) continue;
		const level = directLevel ?? val(child(inherited, 'w:ilvl'));
		return place(styleNumId, level, (chain[0] ?? style).attributes['w:styleId'] ?? null);
	}
	return null;
}

/** List number 0 takes a paragraph out of the list of its style. */
function place(numId: string, level: string | null, style: string | null): ParagraphLook['numbering'] {
	if (numId === '0') return null;
	return { numId, level: level === null ? null : Number(level) || 0, style };
}

function firstValue(sources: (XmlNode | undefined)[], name: string): string | null {
	for (const source of sources) {
		const found = val(child(source, name));
		if (found !== null) return found;
	}
	return null;
}

function val(node: XmlNode | undefined): string | null {
	return node?.attributes['w:val'] ?? null;
}
