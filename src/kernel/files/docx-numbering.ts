import { cleanFlowText } from './clean.ts';
import { formatNumber } from './list-number.ts';
import { child, childrenNamed, type XmlNode } from './xml.ts';

type Level = {
	start: number;
	format: string;
	/** As in the file: `%1.%2`. */
	pattern: string;
	suffix: string;
	restart: number | null;
	style: string | null;
	legal: boolean;
};

type Abstract = { levels: Map<number, Level>; styleLink: string | null };
type Num = { abstractId: string; startOverrides: Map<number, number>; levels: Map<number, Level> };

/** Where a paragraph stands in a list. */
export type ListPlace = { numId: string; level: number };

/** Counts through a document's lists and gives the label that each paragraph shows. */
export class DocxNumbering {
	readonly #abstracts = new Map<string, Abstract>();
	readonly #nums = new Map<string, Num>();
	readonly #counters = new Map<string, (number | undefined)[]>();
	readonly #begun = new Set<string>();

	constructor(numbering: XmlNode | null) {
		if (!numbering) return;
		for (const node of childrenNamed(numbering, 'w:abstractNum')) {
			this.#abstracts.set(node.attributes['w:abstractNumId'] ?? '', readAbstract(node));
		}
		for (const node of childrenNamed(numbering, 'w:num')) {
			this.#nums.set(node.attributes['w:numId'] ?? '', readNum(node));
		}
	}

	/** The level that belongs to a paragraph style (headings with numbers name no level themselves). */
	levelOfStyle(numId: string, style: string): number {
		const num = this.#nums.get(numId);
		for (const [index, level] of (num && this.#abstracts.get(num.abstractId)?.levels) ?? []) {
			if (level.style === style) return index;
		}
		return 0;
	}

	/** Counts one paragraph and returns its label with the space after it, `''` if it shows none. */
	label({ numId, level }: ListPlace): string {
		const num = this.#nums.get(numId);
		if (!num) return '';
		const shown = this.#level(num, level);
		if (!shown) return '';
		const counters = this.#count(numId, num, level, shown);
		return this.#render(num, shown, counters);
	}

	#count(numId: string, num: Num, level: number, shown: Level): (number | undefined)[] {
		const counters = this.#counters.get(num.abstractId) ?? [];
		this.#counters.set(num.abstractId, counters);
		if (!this.#begun.has(numId)) {
			this.#begun.add(numId);
			for (const [at, start] of num.startOverrides) counters[at] = start - 1;
		}
		counters[level] = (counters[level] ?? shown.start - 1) + 1;
		for (let deeper = level + 1; deeper < 9; deeper++) {
			const restart = this.#level(num, deeper)?.restart;
			if (restart === 0 || (restart && level >= restart)) continue;
			counters[deeper] = undefined;
		}
		return counters;
	}

	#render(num: Num, shown: Level, counters: (number | undefined)[]): string {
		if (shown.format === 'none' && !/%\d/.test(shown.pattern)) return cleanFlowText(shown.pattern).trim();
		const text = shown.pattern.replace(/%(\d)/g, (_, digit: string) => {
			const level = this.#level(num, Number(digit) - 1);
			const value = counters[Number(digit) - 1] ?? level?.start ?? 1;
			return formatNumber(value, shown.legal ? 'decimal' : (level?.format ?? 'decimal'));
		});
		const label = cleanFlowText(text).trim();
		if (label === '') return shown.format === 'bullet' ? '• ' : '';
		return shown.suffix === 'nothing' ? label : `${label} `;
	}

	#level(num: Num, level: number): Level | undefined {
		return num.levels.get(level) ?? this.#levelsOf(num.abstractId).get(level);
	}

	/** A list that points to a numbering style takes its levels from the list that defines the style. */
	#levelsOf(abstractId: string): Map<number, Level> {
		const abstract = this.#abstracts.get(abstractId);
		if (!abstract) return new Map();
		if (abstract.levels.size > 0 || !abstract.styleLink) return abstract.levels;
		const owner = [...this.#abstracts.values()].find(
			(other) => other.levels.size > 0 && other.styleLink === `=${abstract.styleLink}`,
		);
		return owner?.levels ?? abstract.levels;
	}
}

function readAbstract(node: XmlNode): Abstract {
	const levels = new Map(childrenNamed(node, 'w:lvl').map((level) => [levelIndex(level), readLevel(level)]));
	const uses = value(child(node, 'w:numStyleLink'));
	const defines = value(child(node, 'w:styleLink'));
	return { levels, styleLink: uses ?? (defines === null ? null : `=${defines}`) };
}

function readNum(node: XmlNode): Num {
	const overrides = childrenNamed(node, 'w:lvlOverride');
	const startOverrides = new Map<number, number>();
	const levels = new Map<number, Level>();
	for (const override of overrides) {
		const start = value(child(override, 'w:startOverride'));
		const level = child(override, 'w:lvl');
		if (start !== null) startOverrides.set(levelIndex(override), Number(start) || 0);
		if (level) levels.set(levelIndex(override), readLevel(level));
	}
	return { abstractId: value(child(node, 'w:abstractNumId')) ?? '', startOverrides, levels };
}

function readLevel(node: XmlNode): Level {
	const restart = value(child(node, 'w:lvlRestart'));
	const legal = child(node, 'w:isLgl');
	return {
		start: Number(value(child(node, 'w:start')) ?? 0) || 0,
		format: value(child(node, 'w:numFmt')) ?? 'decimal',
		pattern: value(child(node, 'w:lvlText')) ?? '',
		suffix: value(child(node, 'w:suff')) ?? 'tab',
		restart: restart === null ? null : Number(restart),
		style: value(child(node, 'w:pStyle')),
		legal: legal !== undefined && !/^(0|false|off)$/.test(legal.attributes['w:val'] ?? ''),
	};
}

function levelIndex(node: XmlNode): number {
	return Number(node.attributes['w:ilvl'] ?? 0) || 0;
}

function value(node: XmlNode | undefined): string | null {
	return node?.attributes['w:val'] ?? null;
}
