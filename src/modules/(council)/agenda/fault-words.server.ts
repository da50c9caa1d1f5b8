import * as m from '#messages';
import type { RuleViolation } from '#kernel/errors.ts';

const RULES: Record<string, () => string> = {
	council_agenda_fault_profile: m.council_agenda_fault_profile,
	council_agenda_fault_over: m.council_agenda_fault_over,
	council_agenda_fault_running: m.council_agenda_fault_running,
	council_agenda_fault_late: m.council_agenda_fault_late,
	council_agenda_fault_closed: m.council_agenda_fault_closed,
	council_agenda_fault_reason: m.council_agenda_fault_reason,
	council_agenda_fault_majority: m.council_agenda_fault_majority,
	council_agenda_fault_not_running: m.council_agenda_fault_not_running,
	council_agenda_fault_start: m.council_agenda_fault_start,
	council_agenda_fault_empty: m.council_agenda_fault_empty,
	council_agenda_fault_short: m.council_agenda_fault_short,
	council_agenda_fault_not_allowed_short: m.council_agenda_fault_not_allowed_short,
	council_agenda_fault_past: m.council_agenda_fault_past,
	council_agenda_fault_file: m.council_agenda_fault_file,
	council_agenda_fault_file_large: m.council_agenda_fault_file_large,
	council_agenda_fault_file_active: m.council_agenda_fault_file_active,
	council_agenda_fault_nobody: m.council_agenda_fault_nobody,
	council_agenda_fault_cancel_reason: m.council_agenda_fault_cancel_reason,
	council_agenda_fault_guest: m.council_agenda_fault_guest,
	council_agenda_fault_guests: m.council_agenda_fault_guests,
	council_agenda_fault_joint: m.council_agenda_fault_joint,
};

/** Words for a rule of this room. @throws Error for one without words: a defect, not an answer */
export function ruleWords({ code }: RuleViolation): string {
	const words = RULES[code];
	if (!words) throw new Error(`no words for the rule ${code}`);
	return words();
}

/** That the agenda room has words for a rule; others are other rooms' business. */
export function knowsRule(code: string): boolean {
	return code in RULES;
}

const FIELDS: Record<string, () => string> = {
	title: m.council_agenda_fault_title,
	date: m.council_agenda_fault_date,
	start: m.council_agenda_fault_time,
	end: m.council_agenda_fault_time,
	body: m.council_agenda_fault_body,
	number: m.council_agenda_fault_number,
	joinUrl: m.council_agenda_fault_url,
	closedCode: m.council_agenda_fault_closed_code,
	closedBasis: m.council_agenda_fault_closed_basis,
	neutralTitle: m.council_agenda_fault_neutral,
	email: m.council_agenda_fault_email,
	name: m.council_agenda_fault_name,
	label: m.council_agenda_fault_name,
	reminders: m.council_agenda_fault_reminders,
	minutes: m.council_agenda_fault_minutes,
	titlePattern: m.council_agenda_fault_pattern,
	arrives: m.council_agenda_fault_time,
};

/** One sentence that says how to go on for a field that was filled in wrongly. */
export function faultAt(field: string): string {
	return (FIELDS[field] ?? m.council_agenda_fault_field)();
}
