import type { ModuleDeclaration } from '#kernel/module.ts';

export const opendata: ModuleDeclaration = {
	id: 'opendata',
	needs: ['registry', 'council', 'papers'],
	navigation: [
		{
			path: '/offene-daten/lizenz',
			label: 'opendata_choose',
			order: 95,
			permission: 'opendata.licence',
			place: 'desk',
		},
	],
	permissions: {
		'opendata.public': { roles: ['everyone'] },
		// under which licence everybody may use the town's data
		'opendata.licence': { roles: ['administrator'] },
	},
};
