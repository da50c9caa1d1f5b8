/** What a refused form on the minutes' page gives back: which one, why, and what was typed. */
export interface Refused {
	failed: string;
	code: string;
	params: Record<string, string | number>;
	field: string;
	typed: Record<string, string>;
	/** What stands stored where somebody else was faster. */
	current?: { writing: string; hash: string };
}

/** What was typed into a form that was refused; nothing for another form, or another object of the same one. */
export function typedIn(
	form: Refused | null,
	act: string,
	object: Record<string, string> = {},
): Record<string, string> | null {
	if (!form || form.failed !== act) return null;
	return Object.entries(object).every(([name, value]) => form.typed[name] === value) ? form.typed : null;
}
