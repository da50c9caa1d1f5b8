import type { ModuleDeclaration } from '#kernel/module.ts';

export const shell: ModuleDeclaration = {
	id: 'shell',
	needs: ['registry', 'council'],
	navigation: [
		{ path: '/personen', label: 'shell_people', order: 90, permission: 'registry.read', place: 'desk' },
		{ path: '/personen/rollenregeln', label: 'shell_rules', order: 90.5, permission: 'registry.duties', place: 'desk' },
		{ path: '/protokollierung', label: 'shell_audit', order: 91, permission: 'shell.audit', place: 'desk' },
		{
			path: '/barrierefreiheit/rueckmeldungen',
			label: 'shell_feedback_list',
			order: 92,
			permission: 'shell.feedback',
			place: 'desk',
		},
		{
			path: '/datenschutz/verzeichnis',
			label: 'shell_data_record_nav',
			order: 93,
			permission: 'shell.processing',
			place: 'desk',
		},
		{ path: '/betrieb', label: 'shell_operation', order: 94, permission: 'shell.operation', place: 'desk' },
	],
	permissions: {
		'shell.public': { roles: ['everyone'] },
		'shell.desk': { roles: ['account'] },
		'shell.account': { roles: ['account'] },
		'shell.audit': { roles: ['auditor', 'administrator'] },
		// messages about barriers
		'shell.feedback': { roles: ['office', 'administrator'] },
		// everything about a person: hand out, correct, erase; and the retention run
		'shell.privacy': { roles: ['administrator'] },
		// jobs that failed, mails that did not arrive: names addresses
		'shell.operation': { roles: ['administrator'] },
		// the record of processing names no person
		'shell.processing': { roles: ['office', 'administrator', 'auditor'] },
	},
};
