import type { PersonalTable } from './declaration.ts';

const ofMail = {
	sql: 'exists (select 1 from kernel.mail m where m.body_id = t.body_id and m.id = t.mail_id and m.person_id = :person)',
};

/** Personal data of the kernel's own rooms. */
export const kernelPersonal: PersonalTable[] = [
	{
		table: 'kernel.mail',
		purpose: 'kernel_privacy_mail',
		basis: 'kernel_privacy_basis_task',
		person: { column: 'person_id' },
		columns: {
			to_address: { retention: 'log-90d', erase: 'delete-row' },
			to_name: { retention: 'log-90d', erase: 'delete-row' },
			reply_to: { retention: 'log-90d', erase: 'delete-row' },
			unsubscribe_url: { retention: 'log-90d', erase: 'delete-row' },
			subject: { retention: 'log-90d', erase: 'delete-row' },
			text: { retention: 'log-90d', erase: 'delete-row' },
			html: { retention: 'log-90d', erase: 'delete-row' },
			calendar: { retention: 'log-90d', erase: 'delete-row' },
		},
		from: 'queued_at',
	},
	{
		table: 'kernel.mail_attachment',
		purpose: 'kernel_privacy_mail',
		basis: 'kernel_privacy_basis_task',
		person: ofMail,
		// goes with its mail
		columns: {
			name: { retention: 'log-90d', erase: 'delete-row' },
			content: { retention: 'log-90d', erase: 'delete-row' },
		},
		from: null,
	},
	{
		table: 'kernel.mail_delivery',
		purpose: 'kernel_privacy_mail',
		basis: 'kernel_privacy_basis_task',
		person: ofMail,
		columns: { response: { retention: 'log-90d', erase: 'delete-row' } },
		from: 'at',
	},
	{
		table: 'kernel.audit_entry',
		purpose: 'kernel_privacy_audit',
		basis: 'kernel_privacy_basis_security',
		person: { column: 'person_id' },
		// Sealed. The ids lead nowhere once person and account are erased.
		columns: {
			account_id: { retention: 'permanent', erase: 'keep' },
			plain: { retention: 'permanent', erase: 'keep' },
		},
		from: null,
	},
	{
		// What was done in a session with the words of that moment: needed for the way back, and to find what was lost.
		table: 'kernel.operation',
		purpose: 'kernel_privacy_audit',
		basis: 'kernel_privacy_basis_security',
		person: { column: 'person_id' },
		columns: {
			room: { retention: 'audit-12m', erase: 'delete-row' },
			kind: { retention: 'audit-12m', erase: 'delete-row' },
			account_id: { retention: 'audit-12m', erase: 'delete-row' },
			payload: { retention: 'audit-12m', erase: 'delete-row' },
			result: { retention: 'audit-12m', erase: 'delete-row' },
			undo: { retention: 'audit-12m', erase: 'delete-row' },
		},
		from: 'recorded_at',
	},
	{
		table: 'kernel.audit_value',
		purpose: 'kernel_privacy_audit',
		basis: 'kernel_privacy_basis_security',
		person: { column: 'subject_id' },
		columns: { values: { retention: 'audit-12m', erase: 'delete-row' } },
		from: 'at',
	},
];
