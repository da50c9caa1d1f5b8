import type { ModuleDeclaration } from '#kernel/module.ts';

export const oparl: ModuleDeclaration = {
	id: 'oparl',
	needs: ['registry', 'council', 'papers', 'opendata'],
	navigation: [{ path: '/systeme', label: 'oparl_systems', order: 82, permission: 'oparl.harvest', place: 'desk' }],
	permissions: {
		'oparl.harvest': { roles: ['office', 'administrator'] },
	},
};
