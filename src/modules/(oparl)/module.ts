import type { ModuleDeclaration } from '#kernel/module.ts';

export const oparl: ModuleDeclaration = {
	id: 'oparl',
	needs: ['registry', 'council', 'papers'],
	navigation: [],
	permissions: {
		'oparl.harvest': { roles: ['office', 'administrator'] },
	},
};
