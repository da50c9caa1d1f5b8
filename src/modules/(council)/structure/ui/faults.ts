import type { Fault } from '#ui/types.ts';

interface Refused {
	of: string;
	faults: Fault[];
	typed: Record<string, string>;
}

/** Faults of a form that came back, leading to the fields of that form: several forms of a page have fields of the same name. */
export function summaryOf(form: Refused | null): Fault[] {
	return form ? form.faults.map(({ field, text }) => ({ field: `${form.of}-${field}`, text })) : [];
}

/** One form of a page: ids, values and faults of its fields; what was typed comes first. */
export function formOf(of: string, form: Refused | null, values: Record<string, string | null | undefined> = {}) {
	const back = form?.of === of ? form : null;
	return {
		field: (name: string) => ({
			name,
			id: `${of}-${name}`,
			value: back ? (back.typed[name] ?? '') : (values[name] ?? ''),
			error: back?.faults.find((fault) => fault.field === name)?.text,
		}),
		/** A box: ticked as it was sent, else as given. */
		box: (name: string, ticked = false) => ({
			name,
			id: `${of}-${name}`,
			checked: back ? name in back.typed : ticked,
		}),
	};
}
