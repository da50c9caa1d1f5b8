import { fail, type ActionFailure } from '@sveltejs/kit';
import type { z } from 'zod';
import { RuleViolation } from '#kernel/errors.ts';
import type { Fault } from '#ui/types.ts';
import { faultAt, ruleWords } from './fault-words.server.ts';

/** A form that came back: which one, what is wrong where, and what was typed. */
export interface Refused {
	of: string;
	faults: Fault[];
	typed: Record<string, string>;
}

export type Typed = Record<string, string>;

/** The words of a form; files are left out. */
export function typedOf(form: FormData): Typed {
	return Object.fromEntries([...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

/**
 * Reads a form and runs an act with it; what either refuses comes back as words at the field, with all that was typed.
 * @param of names the form on a page with several
 */
export async function acted<Schema extends z.ZodType>(
	of: string,
	schema: Schema,
	typed: Typed,
	act: (given: z.output<Schema>) => Promise<unknown>,
): Promise<ActionFailure<Refused> | undefined> {
	const parsed = schema.safeParse(typed);
	if (!parsed.success) {
		const faults = new Map<string, string>();
		for (const issue of parsed.error.issues) {
			const field = String(issue.path[0] ?? of);
			if (!faults.has(field)) faults.set(field, faultAt(field));
		}
		return fail(422, { of, faults: [...faults].map(([field, text]) => ({ field, text })), typed });
	}
	return orRefused(of, typed, () => act(parsed.data));
}

/** Runs an act; a rule that says no comes back as words. */
export async function orRefused(
	of: string,
	typed: Typed,
	act: () => Promise<unknown>,
): Promise<ActionFailure<Refused> | undefined> {
	try {
		await act();
		return undefined;
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		return fail(422, { of, faults: [{ field: error.field ?? of, text: ruleWords(error) }], typed });
	}
}
