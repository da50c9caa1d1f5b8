/** A form of a planning page that came back: which one, what was typed, what is wrong with it. */
export type Returned =
	{ of: string; typed: Record<string, string[]>; faults: { field: string; text: string }[] } | null | undefined;

/** What was typed into one of the page's forms, and its faults by field; empty for all other forms. */
export function returned(form: Returned) {
	return {
		typed: (of: string, name: string): string => (form?.of === of ? (form.typed[name]?.[0] ?? '') : ''),
		errorOf: (of: string, field: string): string | undefined =>
			form?.of === of ? form.faults.find((fault) => fault.field === field)?.text : undefined,
	};
}
