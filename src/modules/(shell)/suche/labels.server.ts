import * as m from '#messages';
import { formatNumber } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import { installedModules } from '#kernel/module.ts';
import { words } from '../../../navigation.ts';
import type { Facet, Question } from './schema.ts';

/** A facet's value for readers; values of a record (bodies, topics, types) are German and stay so. */
export function valueWords(facet: Facet, value: string): string {
	if (facet === 'kind') return kindWords(value);
	if (facet === 'result') return resultWords(value);
	return value;
}

/** @returns the kind's own name where its module gave none: a defect that a reader can still work with */
export function kindWords(kind: string): string {
	const label = installedModules().servers.find(({ kinds }) => kind in kinds)?.kinds[kind]?.label;
	return label ? words(label)() : kind;
}

function resultWords(value: string): string {
	return (m as unknown as Record<string, (() => string) | undefined>)[`council_result_${value}`]?.() ?? value;
}

/** A question in words: "Sprachkurs · Vorlagen · 2026". */
export function questionWords({ text, chosen }: Pick<Question, 'text' | 'chosen'>): string {
	const narrowed = Object.entries(chosen).map(([facet, value]) => valueWords(facet as Facet, value));
	return [text.trim(), ...narrowed].filter(Boolean).join(' · ');
}

/** "Über 10.000 Treffer" */
export function overWords(count: number, locale: Locale): string {
	return m.shell_search_over({ count: formatNumber(count, locale) });
}
