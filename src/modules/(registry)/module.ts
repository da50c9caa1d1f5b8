import type { ModuleDeclaration } from '#kernel/module.ts';

export const registry: ModuleDeclaration = {
	id: 'registry',
	needs: [],
	navigation: [],
	permissions: {
		'registry.read': { roles: ['office', 'administrator'] },
		// who is behind an id: for the audit log
		'registry.names': { roles: ['office', 'administrator', 'auditor'] },
		'registry.edit': { roles: ['office', 'administrator'] },
		// who may do what: given by administrators alone
		'registry.duties': { roles: ['administrator'] },
	},
};
