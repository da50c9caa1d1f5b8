import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { ZodError } from 'zod';
import * as m from '#messages';
import { RuleViolation } from '#kernel/errors.ts';
import { forPage } from '#kernel/i18n/current.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { Fault } from '#ui/types.ts';

/** A form that came back: which one, what is wrong and where, and all that was typed. */
export interface Refused {
	of: string;
	faults: Fault[];
	typed: Record<string, string[]>;
}

/** What forms of this room are told, by the code of a schema or rule. */
const WORDS: Record<string, (params: RuleViolation['params']) => string> = {
	title: m.papers_statement_error_title,
	long: m.papers_statement_error_long,
	day: m.papers_statement_error_day,
	number: m.papers_statement_error_number,
	reminders: m.papers_statement_error_reminders,
	citation: m.papers_statement_error_citation,
	answer: m.papers_statement_error_answer,
	kind: m.papers_statement_error_answer,
	result: m.papers_treatment_error_result,
	organisation: m.papers_treatment_error_organisation,
	answerText: m.papers_treatment_error_answer,
	'papers.statementSavedSince': m.papers_statement_error_saved_since,
	'papers.statementStep': m.papers_statement_error_step,
	'papers.departmentMissing': m.papers_statement_error_department,
	'papers.reasonMissing': m.papers_statement_error_reason,
	'papers.textMissing': m.papers_statement_error_text,
	'papers.counterMissing': m.papers_statement_error_counter,
	'papers.recommendationMissing': m.papers_statement_error_recommendation,
	'papers.silent': ({ count }) => m.papers_statement_error_silent({ count: Number(count) }),
	'papers.coSignNobody': m.papers_statement_error_cosign_nobody,
	'papers.remarksMissing': m.papers_statement_error_remarks,
	'papers.approvalNote': m.papers_statement_error_approval_note,
	'papers.future': m.papers_statement_error_future,
	'papers.notFiled': m.papers_statement_error_not_filed,
	'papers.noStatementType': m.papers_statement_error_no_type,
	'papers.amendment.noType': m.papers_statement_error_no_amendment,
	'papers.statementNotApproved': m.papers_statement_error_not_approved,
	'papers.statementChanged': m.papers_statement_error_changed,
	'papers.statementBeforeMotion': ({ reference }) =>
		m.papers_statement_error_before_motion({ reference: String(reference) }),
	'papers.coSignMissing': m.papers_statement_error_gate,
	'papers.statementBegun': m.papers_statement_error_begun,
	'papers.paperUnknown': m.papers_statement_error_paper,
	'papers.treatmentOrder': m.papers_treatment_error_order,
	'papers.treatmentClosed': m.papers_treatment_error_closed,
};

/**
 * Runs what a form asks for and leads on (303). What the rules refuse comes back with the form as it was typed (422).
 * @param of name of the form on the page
 * @param work gets the form; @returns the path to go to, without language
 */
export async function act(
	event: Pick<RequestEvent, 'request' | 'locals'>,
	of: string,
	work: (form: FormData, text: (name: string) => string) => Promise<string>,
): Promise<ActionFailure<Refused>> {
	const form = await event.request.formData();
	let path: string;
	try {
		path = await work(form, (name) => String(form.get(name) ?? ''));
	} catch (error) {
		return fail(422, { of, faults: forPage(() => faultsOf(error)), typed: typedOf(form) });
	}
	redirect(303, inLocale(path, event.locals.ctx.locale));
}

/** Values by name; a name may stand there several times. Files have none. */
function typedOf(form: FormData): Record<string, string[]> {
	const typed: Record<string, string[]> = {};
	for (const [name, value] of form) if (typeof value === 'string') (typed[name] ??= []).push(value);
	return typed;
}

function faultsOf(error: unknown): Fault[] {
	if (error instanceof RuleViolation && WORDS[error.code])
		return [{ field: error.field ?? 'h1', text: WORDS[error.code]!(error.params) }];
	if (error instanceof ZodError)
		return error.issues.map(({ path, message }) => ({
			field: path.length ? path.join('-') : 'h1',
			text: (WORDS[message] ?? m.papers_statement_error_answer)({}),
		}));
	throw error;
}
