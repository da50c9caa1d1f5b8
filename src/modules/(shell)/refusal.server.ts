import { fail, type ActionFailure } from '@sveltejs/kit';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import type { Fault } from '#ui/types.ts';
import { ruleWords } from './rule-words.server.ts';

/** A form that came back: what is wrong, where, and what was typed (never a password or a code). */
export interface Refusal {
	faults: Fault[];
	typed: Record<string, string>;
}

/**
 * Runs an act of the sign-in; what it refuses comes back as words at the field.
 * @param field id of the field a refusal leads to, unless the rule names one
 */
export async function orRefusal<T>(
	ctx: Ctx,
	field: string,
	typed: Record<string, string>,
	act: () => Promise<T>,
): Promise<T | ActionFailure<Refusal>> {
	try {
		return await act();
	} catch (error) {
		if (!(error instanceof RuleViolation) || error.code === 'identity.signInAgain') throw error;
		const status = error.code === 'identity.wait' ? 429 : 422;
		return fail(status, { faults: [{ field: error.field ?? field, text: ruleWords(error, ctx) }], typed });
	}
}

export function refuse(field: string, text: string, typed: Record<string, string> = {}): ActionFailure<Refusal> {
	return fail(422, { faults: [{ field, text }], typed });
}
