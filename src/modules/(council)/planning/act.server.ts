import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { ZodError } from 'zod';
import { RuleViolation } from '#kernel/errors.ts';
import { forPage } from '#kernel/i18n/current.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { Fault } from '#ui/types.ts';
import { faultWords } from './fault-words.server.ts';

/** A form that came back: which one, what is wrong and where, and all that was typed. */
export interface Refused {
	of: string;
	faults: Fault[];
	typed: Record<string, string[]>;
}

/**
 * Runs what a form asks for and leads on (303). What the rules refuse comes back with the form as it was typed (422).
 * @param of name of the form on the page
 * @param work gets the form; @returns the path to go to, without language
 */
export async function act(
	event: Pick<RequestEvent, 'request' | 'locals'>,
	of: string,
	work: (form: FormData) => Promise<string>,
): Promise<ReturnType<typeof fail<Refused>>> {
	const form = await event.request.formData();
	let path: string;
	try {
		path = await work(form);
	} catch (error) {
		const faults = forPage(() => faultsOf(error, event.locals.ctx));
		const status = error instanceof RuleViolation && error.code === 'identity.wait' ? 429 : 422;
		return fail(status, { of, faults, typed: typedOf(form) });
	}
	redirect(303, inLocale(path, event.locals.ctx.locale));
}

/** Values by name; a name may stand there several times. Files and honeypots have none. */
function typedOf(form: FormData): Record<string, string[]> {
	const typed: Record<string, string[]> = {};
	for (const [name, value] of form) if (typeof value === 'string') (typed[name] ??= []).push(value);
	return typed;
}

function faultsOf(error: unknown, ctx: RequestEvent['locals']['ctx']): Fault[] {
	if (error instanceof RuleViolation)
		return [{ field: error.field ?? 'h1', text: faultWords(error.code, error.params, ctx) }];
	if (error instanceof ZodError)
		return error.issues.map(({ path, message }) => ({
			field: path.length ? path.join('-') : 'h1',
			text: faultWords(message, {}, ctx),
		}));
	throw error;
}
