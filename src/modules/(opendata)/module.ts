import type { ModuleDeclaration } from '#kernel/module.ts';

export const opendata: ModuleDeclaration = {
	id: 'opendata',
	needs: ['registry', 'council', 'papers'],
	navigation: [],
	permissions: {
		'opendata.public': { roles: ['everyone'] },
	},
};
