import { fail, redirect, type ActionFailure } from '@sveltejs/kit';
import type { z } from 'zod';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { forPage } from '#kernel/i18n/current.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { Fault } from '#ui/types.ts';
import { ruleWords } from './rule-words.ts';

/** A form that came back: which one, what is wrong where, and everything that was typed. */
export interface Refused {
	of: string;
	faults: Fault[];
	typed: Record<string, string>;
}

interface Act<S extends z.ZodType> {
	/** Name of the action, so that the page knows which of its forms came back. */
	of: string;
	/** Body whose structure is changed; left out for acts of the whole town. */
	councilBodyId?: string;
	schema: S;
	/** @returns where to go on, without language prefix */
	run: (given: z.output<S>) => Promise<string>;
}

/**
 * One form: permission, reading, command, redirect. What can't be read and what a rule refuses comes back with everything
 * that was typed (422); a repeated name becomes a list for the schema.
 * @throws NotFound, Forbidden, and whatever is a defect
 */
export async function act<S extends z.ZodType>(
	{ locals: { ctx }, request }: { locals: { ctx: Ctx }; request: Request },
	{ of, councilBodyId, schema, run }: Act<S>,
): Promise<ActionFailure<Refused & Record<string, unknown>>> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const form = await request.formData();
	const typed: Record<string, string> = {};
	for (const [name, value] of form) if (typeof value === 'string') typed[name] = value;
	const parsed = schema.safeParse(typed);
	if (!parsed.success) return fail(422, { of, faults: forPage(() => faultsOf(parsed.error)), typed });
	let path: string;
	try {
		path = await run(parsed.data);
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		const text = forPage(() => ruleWords(error, ctx.locale));
		return fail(422, { of, faults: [{ field: error.field ?? of, text }], typed });
	}
	redirect(303, inLocale(path, ctx.locale));
}

/** One sentence a field: the first that is wrong there. */
function faultsOf(error: z.ZodError): Fault[] {
	const faults = new Map<string, string>();
	for (const issue of error.issues) {
		const field = String(issue.path[0] ?? '');
		if (!faults.has(field)) faults.set(field, wordsOf(issue));
	}
	return [...faults].map(([field, text]) => ({ field, text }));
}

function wordsOf(issue: z.core.$ZodIssue): string {
	if (issue.code === 'custom') return m.council_structure_fault_missing();
	if (issue.code === 'invalid_format' && issue.format === 'date') return m.council_structure_fault_day();
	if (issue.code === 'invalid_format' && issue.format === 'url') return m.council_structure_fault_url();
	if (issue.code === 'invalid_format' && issue.format === 'email') return m.council_structure_fault_email();
	if (issue.code === 'too_big') return m.council_structure_fault_long();
	if (issue.code === 'invalid_value') return m.council_structure_fault_choose();
	if (issue.code === 'invalid_type' && issue.expected !== 'string') return m.council_structure_fault_number();
	return m.council_structure_fault_missing();
}
