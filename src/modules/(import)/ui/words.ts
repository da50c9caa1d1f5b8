import * as m from '#messages';

const messages = m as unknown as Record<string, ((params?: Record<string, unknown>) => string) | undefined>;

function word(key: string, fallback: string, params?: Record<string, unknown>): string {
	return messages[key]?.(params) ?? fallback;
}

/** Label of a field by the last part of its pointer. */
export const fieldLabel = (key: string) => word(`import_field_${key}`, key);
export const groupLabel = (list: string | null) => word(`import_group_${list ?? 'head'}`, list ?? '');
export const kindLabel = (kind: string | null) => word(`import_kind_${kind ?? 'unknown'}`, kind ?? '');
export const stateLabel = (state: string) => word(`import_state_${state}`, state);
export const noteText = (key: string) => word(`import_note_${key.replaceAll('-', '_')}`, key);
export const warningText = (code: string) => word(`import_warning_${code.replaceAll('-', '_')}`, code);

export const roleLabel = (role: string) => word(`import_role_${role}`, role);
export const relationLabel = (kind: string) => word(`import_relation_${kind}`, kind);

/** Why a file could not be read, in one sentence. */
export function errorText(error: { code: string; params: Record<string, string | number> }): string {
	return word(`import_error_${error.code.replaceAll('-', '_')}`, m.import_error_damaged(), {
		format: '?',
		...error.params,
	});
}

/** Leads to what a document became: "Zur Sitzung", "übernommen als A0193/22". */
export const recordLink = ({ number }: { number: string | null }) =>
	number ? m.import_taken_as({ number }) : m.import_taken_link();

/** The sentence of a broken rule. */
export const ruleText = (code: string, params: Record<string, string | number>) =>
	word(`import_rule_${code}`, code, params);

/** An entry of the attendance list in one line: "Anna Amari für Bert Blum · Grüne Elbe · anwesend". */
export function attendanceLine(inputs: readonly { spec: { key: string }; value: string }[]): string {
	const value = (key: string) => inputs.find(({ spec }) => spec.key === key)?.value ?? '';
	const principal = value('substituteFor');
	const name = principal ? m.import_name_for({ name: value('name'), principal }) : value('name');
	const status = word(`import_status_${value('status')}`, '');
	const times = [
		value('from') && `${fieldLabel('from')} ${value('from')}`,
		value('until') && `${fieldLabel('until')} ${value('until')}`,
	]
		.filter(Boolean)
		.join(' ');
	return [name, value('org'), status, times].filter(Boolean).join(' · ');
}

/** Several values in one line, in words: "ja, 9". */
export function spoken(inputs: readonly { spec: { type: string }; value: string }[]): string {
	const said: Record<string, () => string> = { yes: m.import_yes, no: m.import_no };
	return inputs
		.map(({ spec, value }) => (spec.type === 'yesNo' ? (said[value]?.() ?? '') : value))
		.filter(Boolean)
		.join(', ');
}
