import { fail, type ActionFailure } from '@sveltejs/kit';
import { RuleViolation } from '#kernel/errors.ts';
import { forPage } from '#kernel/i18n/current.ts';
import type { Fault } from '#ui/types.ts';

/** A form that came back: what is wrong, where, and what was typed. */
export interface Refusal {
	faults: Fault[];
	typed: Record<string, string>;
}

export type RuleWords = Record<string, (params: RuleViolation['params']) => string>;

/** The fields of a form as texts; of fields that stand several times the last one counts. */
export async function typedIn(request: Request): Promise<{ typed: Record<string, string>; form: FormData }> {
	const form = await request.formData();
	return { form, typed: Object.fromEntries([...form].map(([name, value]) => [name, String(value)])) };
}

/** @param field id of the field that the fault leads to */
export function refused(field: string, text: string, typed: Record<string, string> = {}): ActionFailure<Refusal> {
	return fail(422, { faults: [{ field, text }], typed });
}

/** What a schema found wrong, in words. @param words by field, or by the schema's code */
export function refusedBy(
	issues: readonly { path: PropertyKey[]; message: string }[],
	words: Record<string, () => string>,
	typed: Record<string, string>,
): ActionFailure<Refusal> {
	const faults = issues.map(({ path, message }) => {
		const field = String(path[0] ?? '');
		const say = words[message] ?? words[field];
		if (!say) throw new Error(`no words for ${message} at ${field}`);
		return { field, text: say() };
	});
	return fail(422, { faults, typed });
}

/**
 * Runs a command; a rule that says no comes back as a sentence at its field.
 * @param field where it leads unless the rule names one
 * @throws what is no rule, and a rule without words (a defect)
 */
export async function orRefused<T>(
	words: RuleWords,
	field: string,
	typed: Record<string, string>,
	act: () => Promise<T>,
): Promise<T | ActionFailure<Refusal>> {
	try {
		return await act();
	} catch (error) {
		const say = error instanceof RuleViolation && words[error.code];
		if (!say) throw error;
		const text = forPage(() => say(error.params));
		return refused(error.field ?? field, text, typed);
	}
}
