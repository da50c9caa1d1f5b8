import type { ModuleDeclaration } from '#kernel/module.ts';

export const registry: ModuleDeclaration = {
	id: 'registry',
	needs: [],
	navigation: [],
	permissions: {
		'registry.read': { roles: ['office', 'administrator'] },
		'registry.edit': { roles: ['office', 'administrator'] },
		// who may do what: given by administrators alone
		'registry.duties': { roles: ['administrator'] },
	},
};
