/** Numbers of lists in Word files: each list counts for itself, deeper items show the very signs that they carry. */
import { countedSign, type CountedSign } from '../../text/lists.ts';
import type { Deeper } from '../../text/schema.ts';
import { xml } from '../../text/xml.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const FORMATS: Record<CountedSign['format'], string> = {
	letter: 'lowerLetter',
	LETTER: 'upperLetter',
	roman: 'lowerRoman',
	ROMAN: 'upperRoman',
	figure: 'decimal',
};

/** Where a paragraph counts. */
export interface Numbered {
	number: number;
	level: number;
}

/** The properties of a paragraph that is an item. */
export function numberingOf({ number, level }: Numbered): string {
	return `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${number}"/></w:numPr>`;
}

interface Form {
	level: number;
	format: string;
	/** As Word writes it: `%2)`. */
	pattern: string;
}

export class Lists {
	/** The first two are bullets and figures of lists themselves. */
	readonly #forms: Form[] = [
		{ level: 0, format: 'bullet', pattern: '•' },
		{ level: 0, format: 'decimal', pattern: '%1.' },
	];
	/** Which form each number has, and where it begins; bullets begin nowhere. */
	readonly #numbers: { form: number; start: number | null }[] = [{ form: 0, start: null }];
	/** The last number of each form of deeper items, and what it shows. */
	readonly #last = new Map<number, { number: number; count: number }>();

	ordered(start: number): number {
		return this.#numbers.push({ form: 1, start });
	}

	/** A number that only this list of bullets has. */
	bullets(): number {
		return this.#numbers.push({ form: 0, start: null });
	}

	/**
	 * The number of a deeper item. One that follows on the item before goes on with its number, so that Word does as well.
	 * @param alone never: where items can be refused, each has to show its sign by itself
	 */
	deeper({ depth, sign }: Deeper, { alone = false } = {}): number {
		const counted = countedSign(sign);
		const pattern = counted ? `${counted.before}%${depth + 1}${counted.after}` : sign;
		const form = this.#form({ level: depth, format: counted ? FORMATS[counted.format] : 'bullet', pattern });
		const last = this.#last.get(form);
		const goesOn = last && (!counted || (!alone && last.count + 1 === counted.count));
		const number = goesOn ? last.number : this.#numbers.push({ form, start: counted?.count ?? null });
		this.#last.set(form, { number, count: counted?.count ?? 0 });
		return number;
	}

	#form(wanted: Form): number {
		const same = ({ level, format, pattern }: Form) =>
			level === wanted.level && format === wanted.format && pattern === wanted.pattern;
		const known = this.#forms.findIndex(same);
		return known < 0 ? this.#forms.push(wanted) - 1 : known;
	}

	numberingXml(): string {
		const forms = this.#forms.map(({ level, format, pattern }, at) => {
			const inset = 567 * (level + 1);
			return `<w:abstractNum w:abstractNumId="${at}"><w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${xml(pattern)}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${inset}" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum>`;
		});
		const numbers = this.#numbers.map(({ form, start }, at) => {
			const level = this.#forms[form]!.level;
			const begin =
				start === null ? '' : `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${start}"/></w:lvlOverride>`;
			return `<w:num w:numId="${at + 1}"><w:abstractNumId w:val="${form}"/>${begin}</w:num>`;
		});
		return `<w:numbering ${W}>${forms.join('')}${numbers.join('')}</w:numbering>`;
	}
}
