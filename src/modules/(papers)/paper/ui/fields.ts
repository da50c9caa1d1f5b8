import type { Fault } from '#ui/types.ts';

/** A form that came back. */
export interface Back {
	of: string;
	faults: Fault[];
	typed: Record<string, string>;
	topics?: string[];
	districts?: string[];
	collision?: { revision: number; theirs: Record<string, string>; parts: string[] };
}

/** One form of a page: values and faults of its fields; what was typed comes first. */
export function fieldsOf(of: string, back: Back | null | undefined, values: Record<string, string | undefined> = {}) {
	const mine = back?.of === of ? back : null;
	return {
		back: mine !== null,
		faults: mine?.faults ?? [],
		value: (name: string) => (mine ? (mine.typed[name] ?? '') : (values[name] ?? '')),
		field: (name: string) => ({
			name,
			value: mine ? (mine.typed[name] ?? '') : (values[name] ?? ''),
			error: mine?.faults.find((fault) => fault.field === name)?.text,
		}),
	};
}
export type Fields = ReturnType<typeof fieldsOf>;
