import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { ZodError } from 'zod';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { forPage } from '#kernel/i18n/current.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { Fault } from '#ui/types.ts';
import { faultWords } from './faults.server.ts';

/** A form that came back: which one, what is wrong and where, and what was typed. */
export interface Refused {
	of: string;
	faults: Fault[];
	typed: Record<string, string>;
}

/**
 * Runs what a form asks for and leads on (303). What the rules refuse comes back with the form as it was typed (422).
 * @param of name of the form on the page
 * @param work gets the fields; @returns the path to go to, without language
 */
export async function act(
	{ request, locals: { ctx } }: Pick<RequestEvent, 'request' | 'locals'>,
	of: string,
	work: (typed: Record<string, string>) => Promise<string>,
): Promise<ActionFailure<Refused>> {
	const form = await request.formData();
	const typed = Object.fromEntries([...form].map(([name, value]) => [name, typeof value === 'string' ? value : '']));
	let path: string;
	try {
		path = await work(typed);
	} catch (error) {
		const faults = forPage(() => faultsOf(error, ctx));
		return fail(422, { of, faults: inOrder(faults, Object.keys(typed)), typed });
	}
	redirect(303, inLocale(path, ctx.locale));
}

/** As the fields stand on the page, whatever order the rules came in. */
function inOrder(faults: Fault[], fields: readonly string[]): Fault[] {
	const place = ({ field }: Fault) => fields.indexOf(field) + 1 || Infinity;
	return faults.toSorted((a, b) => place(a) - place(b) || 0);
}

function faultsOf(error: unknown, ctx: Ctx): Fault[] {
	if (error instanceof RuleViolation)
		return [{ field: error.field ?? 'h1', text: faultWords(error.code, error.params, ctx) }];
	if (error instanceof ZodError)
		return error.issues.map(({ path, message }) => ({
			field: path.join('-') || 'h1',
			text: faultWords(message, {}, ctx),
		}));
	throw error;
}
