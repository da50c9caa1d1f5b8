import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { ZodError } from 'zod';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { forPage } from '#kernel/i18n/current.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { Fault } from '#ui/types.ts';
import { refusalWords } from '../../session/fault-words.server.ts';

/** A form that came back: which one, what is wrong and where, and all that was typed. */
export interface Refused {
	of: string;
	faults: Fault[];
	typed: Record<string, string>;
}

type Words = (params: RuleViolation['params'], ctx: Ctx) => string;

const WORDS: Record<string, Words> = {
	'written.off': () => m.council_votes_written_off(),
	'written.tooSoon': ({ date }, ctx) =>
		m.council_votes_written_too_soon({ date: formatDay(String(date), 'long', ctx.locale) }),
	'written.nobody': () => m.council_votes_written_nobody(),
	'written.other': ({ name }) => m.council_agenda_answer_other({ name: String(name) }),
	'written.over': () => m.council_votes_written_over(),
	'written.sure': () => m.council_votes_written_sure(),
	'written.choose': () => m.council_votes_written_choose(),
	choose: () => m.council_votes_written_choose(),
	title: () => m.council_votes_written_fault_title(),
	text: () => m.council_votes_written_fault_text(),
	reason: () => m.council_votes_written_fault_reason(),
	day: () => m.council_votes_written_fault_day(),
	unreadable: () => m.council_session_unreadable(),
	'written.unknown': () => m.council_agenda_answer_unknown(),
	long: () => m.council_votes_written_fault_long(),
};

/**
 * Runs what a form of the written procedure asks for and leads on (303); what the rules refuse comes back as it was typed
 * (422). @param work gets what was typed; @returns the path to go to, without language
 */
export async function act(
	event: Pick<RequestEvent, 'request' | 'locals'>,
	of: string,
	work: (typed: Record<string, string>) => Promise<string>,
): Promise<ReturnType<typeof fail<Refused>>> {
	const { ctx } = event.locals;
	const form = await event.request.formData();
	const typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
	let path: string;
	try {
		path = await work(typed);
	} catch (error) {
		return fail(422, { of, faults: forPage(() => faultsOf(error, ctx)), typed });
	}
	redirect(303, inLocale(path, ctx.locale));
}

function faultsOf(error: unknown, ctx: Ctx): Fault[] {
	if (error instanceof RuleViolation) {
		const words = WORDS[error.code];
		return [{ field: error.field ?? 'h1', text: words ? words(error.params, ctx) : refusalWords(error) }];
	}
	if (error instanceof ZodError)
		return error.issues.map(({ path, message }) => {
			const words = WORDS[message];
			if (!words) throw error;
			return { field: String(path[0] ?? 'h1'), text: words({}, ctx) };
		});
	throw error;
}
