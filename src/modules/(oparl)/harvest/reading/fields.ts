import { readDay, readMoment } from './dates.ts';
import type { Fault, Findings } from './findings.ts';
import { plainText } from './text.ts';

export type Raw = Record<string, unknown>;

export function isRaw(value: unknown): value is Raw {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface ReadingPlace {
	findings: Findings;
	/** Clock for moments without an offset. */
	timeZone: string;
	/** Address that relative links begin from. */
	base: string;
}

const LONGEST_LINE = 4000;
const LONGEST_TEXT = 200_000;

/** Reads properties of one object. Whatever stands there: a value of the wanted type or nothing, and a finding. */
export class Fields {
	readonly raw: Raw;
	readonly kind: string;
	readonly id: string;
	readonly #place: ReadingPlace;

	constructor(raw: Raw, kind: string, id: string, place: ReadingPlace) {
		this.raw = raw;
		this.kind = kind;
		this.id = id;
		this.#place = place;
	}

	found(fault: Fault, property: string): void {
		this.#place.findings.add(this.kind, fault, property ? `${this.id} ${property}` : this.id);
	}

	/** Properties of something without an id that stands inside. */
	of(raw: Raw): Fields {
		return new Fields(raw, this.kind, this.id, this.#place);
	}

	/** Several lines. */
	text(property: string): string {
		const value = this.#one(property);
		if (value === undefined) return '';
		if (typeof value === 'number' || typeof value === 'boolean') {
			this.found('wrongType', property);
			return String(value);
		}
		if (typeof value !== 'string') {
			this.found('wrongType', property);
			return '';
		}
		const { text, faults } = plainText(value.slice(0, LONGEST_TEXT));
		for (const fault of faults) this.found(fault, property);
		return text;
	}

	/** One line. */
	line(property: string): string {
		return this.text(property)
			.replace(/\s*\n\s*/g, ' ')
			.slice(0, LONGEST_LINE)
			.trim();
	}

	lines(property: string): string[] {
		const given = this.#many(property);
		const lines = given.map((value) => this.of({ value }).line('value'));
		return [...new Set(lines.filter(Boolean))];
	}

	day(property: string): string | null {
		const written = this.#written(property);
		if (!written) return null;
		const day = readDay(written, this.#place.timeZone);
		if (!day) this.found('badDate', property);
		return day;
	}

	/** With the offset of the town's clock where none was said. ISO, UTC. */
	moment(property: string): string | null {
		const written = this.#written(property);
		if (!written) return null;
		const read = readMoment(written, this.#place.timeZone);
		if (!read) {
			this.found('badDate', property);
			return null;
		}
		if (read.guessed) this.found('dateWithoutOffset', property);
		return read.instant.toString();
	}

	/** Was a day alone said, where a moment is wanted? */
	isDayAlone(property: string): boolean {
		const value = this.raw[property];
		return typeof value === 'string' && /^\s*(\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})\s*$/.test(value);
	}

	truth(property: string): boolean | null {
		const value = this.#one(property);
		if (value === undefined || typeof value === 'boolean') return value ?? null;
		const word = typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';
		if (/^(true|1|ja|yes|wahr)$/.test(word)) return this.#spoken(property, true);
		if (/^(false|0|nein|no|falsch)$/.test(word)) return this.#spoken(property, false);
		if (word !== '') this.found('wrongType', property);
		return null;
	}

	#spoken(property: string, value: boolean): boolean {
		this.found('wrongType', property);
		return value;
	}

	/** A whole number that is not negative. */
	number(property: string): number | null {
		const value = this.#one(property);
		if (value === undefined) return null;
		if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
		if (typeof value === 'string' && /^\s*\d{1,15}(?:[.,]0+)?\s*$/.test(value)) {
			this.found('numberAsText', property);
			return Number.parseInt(value, 10);
		}
		this.found('badNumber', property);
		return null;
	}

	link(property: string): string | null {
		const value = this.#one(property);
		return value === undefined ? null : this.#address(value, property);
	}

	links(property: string): string[] {
		const links = this.#many(property).map((value) => this.#address(value, property));
		return [...new Set(links.filter((link) => link !== null))];
	}

	/** Objects or links that stand in a property, whether it should hold one or many. */
	inside(property: string): unknown[] {
		const value = this.raw[property];
		if (value === undefined) return [];
		if (value === null) {
			this.found('nullValue', property);
			return [];
		}
		return Array.isArray(value) ? value.filter((one) => one !== null && one !== undefined) : [value];
	}

	#address(value: unknown, property: string): string | null {
		const given = isRaw(value) ? (value.id ?? value['@id'] ?? value.url) : value;
		if (typeof given !== 'string' || !given.trim()) {
			if (given !== '') this.found('wrongType', property);
			return null;
		}
		return absolute(given, this.#place.base, () => this.found('relativeLink', property));
	}

	#written(property: string): string | null {
		const value = this.#one(property);
		if (typeof value === 'string') return value.trim() || null;
		if (value !== undefined) this.found('wrongType', property);
		return null;
	}

	/** The value where one is wanted; the first of a list. */
	#one(property: string): unknown {
		const value = this.raw[property];
		if (value === null) this.found('nullValue', property);
		if (value === null || value === undefined) return undefined;
		if (!Array.isArray(value)) return value;
		if (value.length) this.found('single', property);
		return value.find((one) => one !== null && one !== undefined);
	}

	#many(property: string): unknown[] {
		const value = this.raw[property];
		if (value !== undefined && value !== null && !Array.isArray(value) && value !== '') this.found('single', property);
		return this.inside(property);
	}
}

/** @returns an absolute address, or null for what is none */
export function absolute(given: string, base: string, relative?: () => void): string | null {
	const text = given.trim();
	if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return URL.canParse(text) ? text : null;
	if (!URL.canParse(text, base)) return null;
	relative?.();
	return new URL(text, base).href;
}
