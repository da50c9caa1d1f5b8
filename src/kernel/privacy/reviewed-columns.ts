/**
 * Columns that look personal by their name or neighbourhood and hold no personal data, each with the reason a person
 * found when reviewing it. A new entry needs that thought, not only a green test.
 */
export const reviewedColumns: Record<string, string> = {
	'kernel.town.name': 'name of a town',
	'kernel.town.short_name': 'name of a town',
	'kernel.migration.name': 'name of a migration',
	'kernel.audit_entry.act': 'name of the act, from the code',
	'kernel.audit_entry.actor_kind': 'one of four words',
	'kernel.audit_entry.fields': 'names of columns, from the code',
	'kernel.audit_entry.kind': 'kind of the object, from the code',
	'kernel.audit_entry.personal_hash': 'salted; nothing can be guessed from it once the salt is erased',
	'kernel.audit_entry.request_id': 'random',
	'kernel.audit_value.salt': 'random; goes with its row',
	'kernel.mail.calendar_method': 'one of three words',
	'kernel.mail.locale': 'language of the mail; goes with its row',
	'kernel.mail.message_id': 'random; goes with its row',
	'kernel.mail.state': 'one of five words',
	'kernel.file.name': 'file names are chosen by the office; the text of a file belongs to the record it is attached to',
};
