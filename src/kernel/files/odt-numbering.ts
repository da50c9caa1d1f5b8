import { cleanFlowText } from './clean.ts';
import { formatNumber } from './list-number.ts';
import type { ListLevel } from './odt-styles.ts';

/** The numbers reached in one list, by level (1 is the outermost). */
export class ListCounter {
	readonly #values: (number | undefined)[] = [];

	/** Counts one item of that level; deeper levels begin anew. `start` overrides what comes next. */
	count(level: number, look: ListLevel | undefined, start: number | null): void {
		const next = (this.#values[level] ?? (look?.start ?? 1) - 1) + 1;
		this.#values[level] = start ?? next;
		this.#values.length = level + 1;
	}

	/** The label that the level shows now, with a space after it; `''` if it shows none. */
	label(level: number, levels: (level: number) => ListLevel | undefined): string {
		const look = levels(level);
		if (!look) return '';
		if (look.format === null) return `${cleanFlowText(look.bullet).trim() || '•'} `;
		const label = cleanFlowText(this.#text(look, level, levels)).trim();
		return label === '' ? '' : `${label} `;
	}

	#text(look: ListLevel, level: number, levels: (level: number) => ListLevel | undefined): string {
		if (look.pattern !== null) {
			return look.pattern.replace(/%(\d+)%/g, (_, digits: string) => this.#number(Number(digits), levels));
		}
		if (look.format === '') return '';
		const first = Math.max(1, level - look.shownLevels + 1);
		const numbers = Array.from({ length: level - first + 1 }, (_, index) => this.#number(first + index, levels));
		return look.prefix + numbers.filter((number) => number !== '').join('.') + look.suffix;
	}

	#number(level: number, levels: (level: number) => ListLevel | undefined): string {
		const look = levels(level);
		return formatNumber(this.#values[level] ?? look?.start ?? 1, look?.format ?? '');
	}
}
