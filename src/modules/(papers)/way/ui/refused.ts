import type { Fault } from '#ui/types.ts';

/** A form of the page that came back; see forms.server.ts. */
export interface Returned {
	of: string;
	id: string;
	faults: Fault[];
	typed: Record<string, string>;
	jointly: string[];
}

/** What came back for one form of the page: its faults and what was typed, nothing for the others. */
export function returnedTo(form: Returned | null | undefined, of: string, id = '') {
	const mine = form?.of === of && form.id === id ? form : null;
	return {
		typed: mine?.typed,
		jointly: mine?.jointly,
		errorOf: (field: string) => mine?.faults.find((fault) => fault.field === field)?.text,
		is: mine !== null,
	};
}
