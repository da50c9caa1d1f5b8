/** Styles of lists in OpenDocument texts: those of lists themselves, and one for each form of a deeper item's sign. */
import { countedSign, DASH, DEEPEST, type CountedSign } from '../../text/lists.ts';

const FORMATS: Record<CountedSign['format'], string> = {
	letter: 'a',
	LETTER: 'A',
	roman: 'i',
	ROMAN: 'I',
	figure: '1',
};
/** Names of styles hold letters and figures alone. */
const NAMES: Record<string, string> = { '.': 'Point', '(': 'Open', ')': 'Close' };

export class ListStyles {
	readonly #deeper = new Map<string, string>();

	/** The style of a deeper item. `start`: where it counts; null where no program counts like that, and the words say the sign. */
	deeper(sign: string): { name: string; start: number | null; said: boolean } {
		const counted = countedSign(sign);
		if (counted) {
			const { format, before, after, count } = counted;
			const name = `Deeper ${before}${format}${after}`.replace(/[ .()]/g, (one) => NAMES[one] ?? '');
			const form = `style:num-format="${FORMATS[format]}" style:num-prefix="${before}" style:num-suffix="${after}"`;
			this.#use(name, 'number', form);
			return { name, start: count, said: false };
		}
		if (sign === DASH) this.#use('Dashes', 'bullet', `text:bullet-char="${DASH}"`);
		else this.#use('Unsigned', 'number', 'style:num-format=""');
		return { name: sign === DASH ? 'Dashes' : 'Unsigned', start: null, said: sign !== DASH };
	}

	#use(name: string, kind: 'bullet' | 'number', form: string): void {
		const depths = Array.from({ length: DEEPEST }, (_, at) => level(at + 1, kind, form));
		this.#deeper.set(name, style(name, depths.join('')));
	}

	xml(): string {
		return [
			style('Bullets', level(0, 'bullet', 'text:bullet-char="•"')),
			style('Numbers', level(0, 'number', 'style:num-format="1" style:num-suffix="."')),
			...this.#deeper.values(),
		].join('');
	}
}

function level(depth: number, kind: 'bullet' | 'number', form: string): string {
	return `<text:list-level-style-${kind} text:level="${depth + 1}" ${form}><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="${depth + 1}cm" fo:text-indent="-0.5cm"/></style:list-level-properties></text:list-level-style-${kind}>`;
}

function style(name: string, levels: string): string {
	return `<text:list-style style:name="${name}">${levels}</text:list-style>`;
}
