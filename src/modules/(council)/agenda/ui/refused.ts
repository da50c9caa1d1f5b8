/** A form of the agenda's page that came back, with what was typed. */
export type AgendaForm = {
	of: string;
	typed: Record<string, string>;
	faults: { field: string; text: string }[];
} | null;

/** Faults and typed values of one form among many of the same kind: the one about this item. */
export function refusedForm(form: AgendaForm) {
	return {
		errorsOf: (of: string, id?: string) => (field: string) =>
			form?.of === of && (id === undefined || form.typed.id === id || form.typed.item === id)
				? form.faults.find((fault) => fault.field === field)?.text
				: undefined,
		typedFor: (of: string, id?: string) =>
			form?.of === of && (id === undefined || form.typed.id === id) ? form.typed : undefined,
	};
}
