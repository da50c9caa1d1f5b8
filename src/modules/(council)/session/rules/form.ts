/** How a form of the session's screen says what it does; read by the server's action and by the screen's script alike. */
export const FIELD = { kind: 'art', clientId: 'vorgang', base: 'stand', anchor: 'anker', back: 'zurueck' } as const;
/** A field that belongs to one row of the list: `mark:<id>`. */
const MARK = 'mark:';
const OWN = new Set<string>(Object.values(FIELD));

export interface FormOperation {
	kind: string;
	clientId: string;
	base: string;
	payload: Record<string, unknown>;
}

/** The operation that a form stands for. Marks of the roll are gathered; files never occur. */
export function operationOf(entries: Iterable<[string, unknown]>): FormOperation {
	const fields = new Map<string, string>();
	const marks: Record<string, string> = {};
	for (const [name, value] of entries) {
		if (typeof value !== 'string') continue;
		if (name.startsWith(MARK)) {
			if (value) marks[name.slice(MARK.length)] = value;
		} else fields.set(name, value);
	}
	const payload: Record<string, unknown> = Object.fromEntries([...fields].filter(([name]) => !OWN.has(name)));
	if (Object.keys(marks).length) payload.marks = marks;
	return {
		kind: fields.get(FIELD.kind) ?? '',
		clientId: fields.get(FIELD.clientId) ?? '',
		base: fields.get(FIELD.base) ?? '',
		payload,
	};
}
