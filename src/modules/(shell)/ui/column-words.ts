import * as m from '#messages';
import { modules } from '../../../modules.ts';

const COLUMNS: Record<string, () => string> = {
	to_address: m.shell_column_to_address,
	to_name: m.shell_column_to_name,
	reply_to: m.shell_column_reply_to,
	unsubscribe_url: m.shell_column_unsubscribe_url,
	subject: m.shell_column_subject,
	text: m.shell_column_text,
	html: m.shell_column_html,
	calendar: m.shell_column_calendar,
	name: m.shell_column_name,
	content: m.shell_column_content,
	response: m.shell_column_response,
	account_id: m.shell_column_account_id,
	plain: m.shell_column_plain,
	values: m.shell_column_values,
	given_name: m.shell_column_given_name,
	family_name: m.shell_column_family_name,
	affix: m.shell_column_affix,
	form_of_address: m.shell_column_form_of_address,
	email: m.shell_column_email,
	phone: m.shell_column_phone,
	locale: m.shell_column_locale,
	kind: m.shell_column_kind,
	post: m.shell_column_post,
	role_label: m.shell_column_role_label,
	end_reason: m.shell_column_end_reason,
	duty: m.shell_column_duty,
	function: m.shell_column_function,
	organisation: m.shell_column_organisation,
	grouping: m.shell_column_grouping,
	status: m.shell_column_status,
	substitute_for_name: m.shell_column_substitute_for_name,
	present_from: m.shell_column_present_from,
	present_until: m.shell_column_present_until,
	unexcused_since: m.shell_column_unexcused_since,
	chair_name: m.shell_column_chair_name,
	minutes_taker_name: m.shell_column_minutes_taker_name,
	cancel_note: m.shell_column_cancel_note,
	title: m.shell_column_title,
	result_note: m.shell_column_result_note,
	outcome_plain: m.shell_column_outcome_plain,
	what: m.shell_column_what,
	who: m.shell_column_who,
	done_note: m.shell_column_done_note,
	challenged_by: m.shell_column_challenged_by,
	reason: m.shell_column_reason,
	wanted: m.shell_column_wanted,
	decision_note: m.shell_column_decision_note,
	note: m.shell_column_note,
	public_text: m.shell_column_public_text,
	withdrawn_reason: m.shell_column_withdrawn_reason,
	before: m.shell_column_before,
	computed: m.shell_column_computed,
	reading: m.shell_column_reading,
	corrected: m.shell_column_corrected,
	error: m.shell_column_error,
	message: m.shell_column_message,
	page: m.shell_column_page,
	created_at: m.shell_column_created_at,
	second_step: m.shell_column_second_step,
	device: m.shell_column_device,
	signed_in_at: m.shell_column_signed_in_at,
	seen_at: m.shell_column_seen_at,
	expires_at: m.shell_column_expires_at,
	synced: m.shell_column_synced,
	provider: m.shell_column_provider,
};

/**
 * A column with personal data in the reader's language. Modules bring words for columns of their own as messages named
 * `<module>_column_<name>`. @throws Error for a column without words: a test looks at all
 */
export function columnWords(name: string): string {
	const catalogue = m as unknown as Record<string, (() => string) | undefined>;
	const own = modules.map(({ id }) => catalogue[`${id}_column_${name}`]).find(Boolean);
	const found = COLUMNS[name] ?? own;
	if (!found) throw new Error(`no words for the column ${name}`);
	return found();
}
