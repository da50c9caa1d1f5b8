import { fail, redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { Conflict, RuleViolation } from '#kernel/errors.ts';
import { UnreadableFile, type UnreadableCode } from '#kernel/files/unreadable.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { Fault } from '#ui/types.ts';

/** What a rule of the room refuses, in words. */
const RULES: Record<string, () => string> = {
	'papers.amendment.same': m.papers_amendments_rule_same,
	'papers.amendment.withdrawn': m.papers_amendments_rule_withdrawn,
	'papers.amendment.noType': m.papers_amendments_rule_no_type,
	'papers.amendment.tooLarge': m.papers_amendments_rule_too_large,
	'papers.amendment.collision': m.papers_amendments_rule_collision,
	'papers.amendment.unknown': m.papers_amendments_rule_unknown,
	'papers.amendment.base': m.papers_amendments_rule_unknown,
	'papers.amendment.undecided': m.papers_amendments_rule_undecided,
	'papers.amendment.nothing': m.papers_amendments_rule_nothing,
};

const FILES: Partial<Record<UnreadableCode, () => string>> = {
	encrypted: m.papers_amendments_file_encrypted,
	empty: m.papers_amendments_file_empty,
	unsupported: m.papers_amendments_file_unsupported,
	'too-large': m.papers_amendments_file_too_large,
	'too-many-pages': m.papers_amendments_file_too_large,
	'unpacked-too-large': m.papers_amendments_file_too_large,
	'too-slow': m.papers_amendments_file_too_large,
};

/** A form that came back: what is wrong where, and what was typed. */
export function refusedForm(faults: Fault[], typed: Record<string, string>, status = 422) {
	return fail(status, { faults, typed });
}

/**
 * Reads a form, runs a command and leads on; what is wrong comes back as sentences at the fields, typed words are kept.
 * @param work gives the path to go to
 */
export async function act<Schema extends z.ZodType>(
	ctx: Ctx,
	form: FormData,
	schema: Schema,
	work: (given: z.infer<Schema>) => Promise<string>,
) {
	const typed = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')) as Record<
		string,
		string
	>;
	const parsed = schema.safeParse(typed);
	if (!parsed.success) {
		const fields = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'title')))];
		return refusedForm(
			fields.map((field) => ({ field, text: fieldWords(field) })),
			typed,
		);
	}
	let path: string;
	try {
		path = await work(parsed.data);
	} catch (error) {
		if (error instanceof RuleViolation)
			return refusedForm([{ field: error.field ?? 'entscheiden', text: wordsOf(error) }], typed);
		if (error instanceof UnreadableFile)
			return refusedForm([{ field: 'file', text: (FILES[error.code] ?? m.papers_amendments_file_damaged)() }], typed);
		if (error instanceof Conflict)
			return refusedForm([{ field: 'entscheiden', text: m.papers_amendments_rule_meanwhile() }], typed, 409);
		throw error;
	}
	redirect(303, inLocale(path, ctx.locale));
}

function fieldWords(field: string): string {
	if (field === 'title') return m.papers_amendments_fault_title();
	if (field === 'operative') return m.papers_amendments_fault_operative();
	return m.papers_amendments_rule_meanwhile();
}

/** @throws Error for a rule without words: that is a defect, not an answer */
function wordsOf({ code }: RuleViolation): string {
	const words = RULES[code];
	if (!words) throw new Error(`no words for the rule ${code}`);
	return words();
}
