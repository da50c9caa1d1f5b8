import nouns from '../styles/nouns.json' with { type: 'json' };
import results from '../styles/results.json' with { type: 'json' };
import roundTable from '../styles/round-table.json' with { type: 'json' };

/** How a town writes of people: Teilnehmer*innen, Teilnehmer:innen, both words, a neutral word, Teilnehmer/-innen (R8-07). */
export const GENDERS = ['star', 'colon', 'pair', 'neutral', 'slash'] as const;
export type Gender = (typeof GENDERS)[number];

export const STYLES = ['results', 'roundTable'] as const;
export type StyleName = (typeof STYLES)[number];

export type Sentence = keyof typeof results;

/** A house style: templates of standard sentences by their key. What it does not say, the results style says. */
export interface Style {
	name: StyleName;
	gender: Gender;
	templates: Record<Sentence, string>;
}

const SHIPPED: Record<StyleName, Partial<Record<Sentence, string>>> = { results, roundTable };

/** The style of a body: what is shipped, and over it what the body says otherwise. Unknown keys are left out. */
export function styleOf(name: StyleName, gender: Gender, own: Record<string, string> = {}): Style {
	const known = Object.fromEntries(Object.entries(own).filter(([key, text]) => key in results && text.trim()));
	return { name, gender, templates: { ...results, ...SHIPPED[name], ...known } };
}

/** Is this a sentence that a house style may say in its own words? */
export function isSentence(key: string): key is Sentence {
	return key in results;
}

export type Values = Record<string, string | number>;

/**
 * A standard sentence with its values. `{chair}` is a value, `{members}` a noun in the town's gendered form,
 * `{abstain|eine Enthaltung|# Enthaltungen}` one or many of a number. What is given nowhere stays visible as it stands.
 */
export function say(style: Style, key: Sentence, values: Values = {}): string {
	return style.templates[key].replace(/\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g, (whole, name: string, one, many) => {
		const value = values[name] ?? nounOf(style, name);
		if (value === undefined) return whole;
		if (one === undefined) return String(value);
		return (Number(value) === 1 ? String(one) : String(many)).replaceAll('#', String(value));
	});
}

function nounOf({ gender }: Style, name: string): string | undefined {
	return (nouns as Record<string, Record<Gender, string>>)[name]?.[gender];
}

/** Values that a template asks for, nouns left out: what a form says may be used. */
export function placeholders(template: string): string[] {
	const named = [...template.matchAll(/\{(\w+)(?:\|[^{}]*)?\}/g)].map(([, name]) => name!);
	return [...new Set(named)].filter((name) => !(name in nouns));
}

/** What a changed template must not do: ask for values that this sentence is never given. */
export function unknownPlaceholders(key: Sentence, template: string): string[] {
	const known = placeholders(results[key]);
	return placeholders(template).filter((name) => !known.includes(name));
}
