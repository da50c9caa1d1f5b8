import * as m from '#messages';
import type { ApplicationState } from './rules.ts';

/** What rules of this room say when they say no. */
export const RULE_WORDS: Record<string, (params: Record<string, string | number>) => string> = {
	'council.noCall': () => m.council_entry_no_call(),
	'council.applicationEnded': () => m.council_entry_ended(),
	'council.declarationMissing': ({ text }) => m.council_entry_error_missing({ text: String(text) }),
	'council.applicationStep': () => m.council_entry_error_step(),
	'council.onboardingOffice': () => m.council_entry_error_office(),
};

export const STATE_WORDS: Record<ApplicationState, () => string> = {
	received: m.council_entry_state_received,
	checked: m.council_entry_state_checked,
	proposed: m.council_entry_state_proposed,
	appointed: m.council_entry_state_appointed,
	declined: m.council_entry_state_declined,
	withdrawn: m.council_entry_state_withdrawn,
};

/** Acts of the office that lead to a state. */
export const MOVE_WORDS: Partial<Record<ApplicationState, () => string>> = {
	checked: m.council_entry_move_checked,
	proposed: m.council_entry_move_proposed,
	appointed: m.council_entry_move_appointed,
	declined: m.council_entry_move_declined,
};

/** Steps of the shipped plan of a new term. */
export const STEP_WORDS: Record<string, () => string> = {
	groups: m.council_entry_step_groups,
	call: m.council_entry_step_call,
	callEnds: m.council_entry_step_call_ends,
	check: m.council_entry_step_check,
	delegates: m.council_entry_step_delegates,
	appointment: m.council_entry_step_appointment,
	workshop: m.council_entry_step_workshop,
	duties: m.council_entry_step_duties,
	invitation: m.council_entry_step_invitation,
	constitution: m.council_entry_step_constitution,
};

const USUAL: Record<string, () => string> = {
	age: m.council_entry_declare_age,
	residence: m.council_entry_declare_residence,
	migration: m.council_entry_declare_migration,
	lawful: m.council_entry_declare_lawful,
};

/**
 * A declaration as the form shows it: the usual ones in the reader's language,
 * a town's own in German.
 */
export function declarationChoice(
	{ key, text, citation }: { key: string; text: string; citation: string },
	locale: string,
): { value: string; label: string; hint?: string; lang?: string; dir?: 'ltr' } {
	const said = USUAL[key]?.();
	if (locale === 'de' || !said || !isUsual(key, text))
		return { value: key, label: text, hint: citation || undefined, ...(locale !== 'de' && { lang: 'de', dir: 'ltr' }) };
	return { value: key, label: said, hint: citation || undefined };
}

function isUsual(key: string, text: string): boolean {
	return (USUAL[key] as ((inputs: object, options: object) => string) | undefined)?.({}, { locale: 'de' }) === text;
}
