import type { ModuleDeclaration } from '#kernel/module.ts';

export const imports: ModuleDeclaration = {
	id: 'import',
	needs: ['registry', 'council', 'papers'],
	navigation: [{ path: '/einlesen', label: 'import_nav', order: 80, permission: 'import.review' }],
	permissions: {
		'import.review': { roles: ['office'] },
	},
};
